import type { KnownBlock, PlainTextOption, View } from '@slack/types';
import { placeOf } from '../../kernel/instants.js';
import { counted, cut, listed } from '../../kernel/text.js';
import type { Client } from '../../people/people.js';
import {
  actions,
  button,
  type Content,
  context,
  escaped,
  fields,
  input,
  modal,
  moment,
  option,
  overflow,
  type Press,
  section,
  select,
  textInput,
  ticks,
} from '../../platform/slack/blocks.js';
import type { Entry, Stored } from '../../platform/store/documents.js';
import { authorisedContent, type Incident, isOpen, priorities } from './incident.js';

/** `ACME-42 · The invoice total is wrong · in progress`. */
export function incidentLine(incident: Incident): string {
  return `${incident.id} · ${incident.title} · ${standing(incident)}`;
}

function standing(incident: Incident): string {
  switch (incident.status) {
    case 'scheduled':
      return `scheduled in ${incident.release}`;
    case 'live':
      return `live with ${incident.release}`;
    case 'closed':
      return `closed with ${incident.release}`;
    case 'on hold':
    case 'rejected':
      return `${incident.status}: ${cut(incident.reason, 80)}`;
    default:
      return incident.status;
  }
}

/** The card in the team's channel. */
export function incidentCard({ state: incident, history }: Stored<Incident>, client: Client): Content {
  const text = incidentLine(incident);
  const blocks: KnownBlock[] = [
    section(
      `*${escaped(incident.id)} · ${escaped(incident.title)}* · ${escaped(standing(incident))}`,
      menu(incident),
    ),
  ];
  if (incident.description !== '') blocks.push(section(escaped(cut(incident.description, 600))));
  blocks.push(fields(facts(incident, client)));
  if (incident.sentBack !== undefined)
    blocks.push(
      section(
        `:leftwards_arrow_with_hook: sent back by ${escaped(client.name)}: ${escaped(incident.sentBack)}`,
      ),
    );
  const last = history.at(-1);
  const changed =
    last === undefined ? '' : ` · last change ${moment(last.at, client.zone)} by ${escaped(last.by.name)}`;
  blocks.push(context(`Registered ${moment(incident.registeredAt, client.zone)}${changed}`));
  const pressable = presses(incident);
  if (pressable.length > 0) blocks.push(actions('incident', pressable.map(button)));
  return { text, blocks };
}

function facts(incident: Incident, client: Client): [string, string][] {
  const { tasks, requirements, testDocuments, components } = incident;
  const open = tasks.filter(({ done }) => !done);
  const pairs: [string, string][] = [
    ['Client', `${escaped(client.name)}, asked by ${escaped(incident.askedBy)}`],
    ['Priority', incident.priority],
    [
      'Tasks',
      tasks.length === 0
        ? 'none yet'
        : `${tasks.length - open.length} of ${tasks.length} done${open.length > 0 ? ` (${escaped(listed([...new Set(open.map(({ name }) => name))]))})` : ''}`,
    ],
    [
      'Requirements',
      requirements.length === 0
        ? 'none yet'
        : `${requirements.filter(({ checked }) => checked).length} of ${requirements.length} checked`,
    ],
    ['Test documents', testDocuments.length === 0 ? 'none yet' : String(testDocuments.length)],
  ];
  if (components.length > 0)
    pairs.push(['Components', escaped(cut(listed(components.map(({ name }) => name)), 300))]);
  if (incident.impact !== '') pairs.push(['Users will notice', escaped(cut(incident.impact, 300))]);
  if ('release' in incident) pairs.push(['Release', incident.release]);
  if ('authorisation' in incident)
    pairs.push([
      'Authorised',
      `by ${escaped(incident.authorisation.by.name)}, ${moment(incident.authorisation.at, client.zone)}`,
    ]);
  return pairs;
}

function presses(incident: Incident): Press[] {
  if (!isOpen(incident)) return [];
  return [
    { label: 'Work on it', action: 'incident.work', value: incident.id, style: 'primary' },
    { label: 'Add task', action: 'incident.add-task', value: incident.id },
    { label: 'Resolve', action: 'incident.resolve', value: incident.id },
  ];
}

function menu(incident: Incident): ReturnType<typeof overflow> {
  const { id } = incident;
  return overflow('incident', [
    { label: 'Show everything', action: 'incident.show', value: id },
    { label: 'Record a component…', action: 'incident.add-component', value: id },
    { label: 'Comment…', action: 'incident.comment', value: id },
  ]);
}

/** What everybody in the shared channel reads of an incident: never our people's tasks, never our file names. */
export function clientCard({ state: incident, history }: Stored<Incident>, client: Client): Content {
  const { id, title } = incident;
  const named = `*${escaped(id)}: ${escaped(title)}*`;
  const comment = button({ label: 'Comment', action: 'incident.comment', value: id });
  if (incident.status === 'resolved') return goAhead(incident, client);
  if (incident.sentBack !== undefined && isOpen(incident)) {
    const by = history.findLast(({ did }) => did.startsWith('sent it back'));
    const decided = `Sent back${by === undefined ? '' : ` by ${by.by.name} (${client.name})`}: ${incident.sentBack}`;
    return {
      text: `${id} is being worked on again: ${title}. ${decided}`,
      blocks: [
        section(`${named}\n:leftwards_arrow_with_hook: ${escaped(decided)}`),
        context('We will ask here again before it goes live.'),
        actions('client', [comment]),
      ],
    };
  }
  if ('authorisation' in incident) {
    const { by, at } = incident.authorisation;
    const so = {
      authorised: 'It will go out with one of the next releases.',
      scheduled: `It goes out with ${'release' in incident ? incident.release : ''}.`,
      live: 'It is live.',
      closed: 'It is live.',
    }[incident.status];
    return {
      text: `${id} is authorised: ${title}. Authorised by ${by.name}. ${so}`,
      blocks: [
        section(
          `${named}\n:white_check_mark: Authorised by ${escaped(by.name)} (${escaped(client.name)}), ${moment(at, client.zone)}. ${so}`,
        ),
        actions('client', [comment]),
      ],
    };
  }
  const words = {
    rejected: 'will not be done',
    'on hold': 'is on hold',
    reopened: 'is being worked on again',
  } as const;
  const status =
    incident.status === 'rejected' || incident.status === 'on hold' || incident.status === 'reopened'
      ? words[incident.status]
      : 'is registered';
  const why = 'reason' in incident ? ` ${incident.reason}` : '';
  const promise = incident.status === 'rejected' ? '' : ' We will ask here before it goes live.';
  return {
    text: `${id} ${status}: ${title}.${why}${promise}`,
    blocks: [section(`${named} ${status}.${escaped(why)}${promise}`), actions('client', [comment])],
  };
}

function goAhead(incident: Incident, client: Client): Content {
  const { id, title, impact, requirements, testDocuments } = incident;
  const value = `${id}|${authorisedContent(incident)}`;
  const asked = `May ${id} go live? ${title}`;
  const users = impact === '' ? 'nothing was noted' : impact;
  const tested = `${counted(requirements.length, 'requirement')} of ${requirements.length} checked, ${counted(testDocuments.length, 'test document')} filed`;
  const who = `${listed(
    client.approvers.map(({ name }) => name),
    'or',
  )} can answer.`;
  return {
    text: `${asked}. What your users will notice: ${users}. How it was tested: ${tested}. ${who}`,
    blocks: [
      section(`:hourglass_flowing_sand: *May ${escaped(id)} go live?* ${escaped(title)}`),
      ...(incident.description === '' ? [] : [section(escaped(cut(incident.description, 1_000)))]),
      section(`*What your users will notice:* ${escaped(users)}`),
      section(
        `*How it was tested:* ${tested}\n${requirements.map(({ text }) => `:white_check_mark: ${escaped(text)}`).join('\n')}`,
      ),
      context(`${escaped(who)} Times here are in your own zone; ours is ${placeOf(client.zone)}.`),
      actions('go-ahead', [
        button({ label: 'Authorise', action: 'incident.authorise', value, style: 'primary' }),
        button({ label: 'Send back…', action: 'incident.send-back', value }),
        button({ label: 'Comment', action: 'incident.comment', value: id }),
      ]),
    ],
  };
}

/** A line of the card's thread. */
export function incidentHappening(entry: Entry): Content {
  const text = `${entry.by.name} ${entry.did}`;
  return { text, blocks: [context(escaped(text))] };
}

/** Lists incidents, or says how the first one is made. */
export function incidentList(
  incidents: readonly Stored<Incident>[],
  heading: string,
  empty: string,
): Content {
  if (incidents.length === 0) return { text: empty };
  const lines = incidents.slice(0, 40).map(({ state }) => incidentLine(state));
  const more =
    incidents.length > 40
      ? [context(`and ${incidents.length - 40} more; /incident find narrows it down`)]
      : [];
  const shown = lines.map((one) => `• ${escaped(one)}`);
  const parts = [shown.slice(0, 20), shown.slice(20)].filter((part) => part.length > 0);
  return {
    text: `${heading}\n${lines.join('\n')}`,
    blocks: [section(`*${escaped(heading)}*`), ...parts.map((part) => section(part.join('\n'))), ...more],
  };
}

/** Everything about one incident. */
export function incidentInFull(stored: Stored<Incident>, client: Client): Content {
  const { state: incident, history } = stored;
  const { tasks, requirements, testDocuments, components, comments } = incident;
  const mark = (done: unknown): string => (done === undefined ? '○' : '✓');
  const parts: [string, string[]][] = [
    ['Tasks', tasks.map(({ what, name, done }, at) => `${mark(done)} ${at + 1}. ${what} (${name})`)],
    [
      'Requirements',
      requirements.map(
        ({ text, checked }) => `${mark(checked)} ${text}${checked ? ` (${checked.by.name})` : ''}`,
      ),
    ],
    ['Test documents', testDocuments.map(({ text, by }) => `${text} (${by.name})`)],
    ['Components', componentLines(components)],
    ['Comments', comments.map(({ by, text }) => `${by.name}: ${text}`)],
    [
      'History',
      history
        .slice(-15)
        .map(({ by, did, at }) => `${at.slice(0, 16).replace('T', ' ')} UTC ${by.name} ${did}`),
    ],
  ];
  const told = parts.filter(([, lines]) => lines.length > 0);
  const card = incidentCard(stored, client);
  return {
    text: `${incidentLine(incident)}\n${told.map(([title, lines]) => `${title}: ${lines.join('; ')}`).join('\n')}`,
    blocks: [
      ...(card.blocks ?? []),
      ...told.map(([title, lines]) => section(`*${title}*\n${escaped(lines.join('\n'))}`)),
    ],
  };
}

const mostComponents = 20;

function componentLines(components: Incident['components']): string[] {
  const lines = components.map(({ name, change }) => `${name}${change === '' ? '' : `: ${change}`}`);
  const more = lines.length - mostComponents;
  return more > 0 ? [...lines.slice(0, mostComponents), `and ${more} more`] : lines;
}

/** The modal that registers an incident. */
export function registerModal(
  clients: readonly Client[],
  keeps: Readonly<Record<string, string>>,
  first: { client?: string; title?: string; description?: string } = {},
): View {
  return modal(
    'incident.register',
    'New incident',
    [
      input(
        'client',
        'Client',
        select(
          'client',
          clients.map(({ key, name }) => option(name, key)),
          first.client ?? clients[0]?.key,
        ),
      ),
      textInput('title', 'Title', {
        most: 150,
        placeholder: 'What is wrong, or wanted, in one line',
        initial: cut(first.title ?? '', 150),
      }),
      textInput('description', 'Description', {
        multiline: true,
        optional: true,
        initial: cut(first.description ?? '', 3_000),
      }),
      textInput('requirements', 'Requirements', {
        multiline: true,
        optional: true,
        hint: 'One a line: what must be true when it is done. Each is checked before it is resolved.',
      }),
      textInput('impact', 'Impact on users', {
        multiline: true,
        optional: true,
        most: 1_000,
        hint: 'What the client’s users will notice. The client reads this.',
      }),
      input(
        'priority',
        'Priority',
        select(
          'priority',
          priorities.map((one) => option(one, one)),
          'normal',
        ),
      ),
    ],
    { submit: 'Register', keeps },
  );
}

const numbered = <T>(all: readonly T[], label: (one: T) => string): PlainTextOption[] =>
  all.map((one, at) => option(cut(label(one), 75), String(at)));

// Slack gives a group of checkboxes at most ten.
function groups(
  name: string,
  label: string,
  options: readonly PlainTextOption[],
  ticked: readonly string[],
): KnownBlock[] {
  return Array.from({ length: Math.ceil(options.length / 10) }, (_, at) => {
    const part = options.slice(at * 10, at * 10 + 10);
    const from = at === 0 ? label : `${label}, from ${at * 10 + 1}`;
    return input(`${name}${at}`, from, ticks(`${name}${at}`, part, ticked), { optional: true });
  });
}

/** The modal in which a developer brings an incident to its end: ticks, test document, resolution. */
export function workModal(incident: Incident): View {
  const done = incident.tasks.flatMap((task, at) => (task.done ? [String(at)] : []));
  const checked = incident.requirements.flatMap((one, at) => (one.checked ? [String(at)] : []));
  return modal(
    'incident.work',
    `Work on ${incident.id}`,
    [
      section(`*${escaped(incident.title)}*`),
      ...groups(
        'done',
        'Tasks that are done',
        numbered(incident.tasks, ({ what, name }) => `${what} (${name})`),
        done,
      ),
      ...groups(
        'checked',
        'Requirements that are met',
        numbered(incident.requirements, ({ text }) => text),
        checked,
      ),
      textInput('requirements', 'Further requirements that are met', {
        multiline: true,
        optional: true,
        hint: 'One a line; they count as checked by you.',
      }),
      textInput('testDocument', 'Test document', {
        optional: incident.testDocuments.length > 0,
        most: 1_000,
        hint:
          incident.testDocuments.length > 0
            ? `${counted(incident.testDocuments.length, 'document is', 'documents are')} filed already.`
            : 'A link, or in words what was tested and how.',
      }),
      input(
        'resolve',
        'And then',
        ticks('resolve', [option('Resolve it: the client is asked for the go-ahead', 'yes')], ['yes']),
        { optional: true },
      ),
    ],
    { submit: 'Record', keeps: { id: incident.id, shown: checked.join(' ') } },
  );
}

export function taskModal(id: string): View {
  return modal(
    'incident.add-task',
    `Task for ${id}`,
    [
      input('who', 'Who', { type: 'users_select', action_id: 'who' }),
      textInput('what', 'What is to be done', { most: 300 }),
    ],
    { submit: 'Allot', keeps: { id } },
  );
}

export function componentModal(id: string): View {
  return modal(
    'incident.add-component',
    `Component of ${id}`,
    [
      textInput('components', 'Component', {
        most: 200,
        placeholder: 'billing.dll, table invoices, parameter vat.rate',
      }),
      textInput('change', 'What changed', { optional: true, most: 300, placeholder: '4.1 to 4.2' }),
    ],
    { submit: 'Record', keeps: { id } },
  );
}

export function commentModal(id: string, title: string, keeps: Readonly<Record<string, string>>): View {
  return modal(
    'incident.comment',
    `Comment on ${id}`,
    [section(escaped(title)), textInput('comment', 'Your comment', { multiline: true, most: 2_000 })],
    {
      submit: 'Send',
      keeps: { ...keeps, id },
    },
  );
}

export function sendBackModal(id: string, shown: string, title: string): View {
  return modal(
    'incident.send-back',
    `Send back ${id}`,
    [
      section(escaped(title)),
      textInput('reason', 'What is not right yet?', {
        multiline: true,
        most: 1_000,
        hint: 'The team reads this and works on it again. You are asked again afterwards.',
      }),
    ],
    { submit: 'Send back', keeps: { id, shown } },
  );
}

/** What a shared channel says from the start: what happens here, and the button for a new request. */
export function welcome(client: Client): Content {
  const who = listed(
    client.approvers.map(({ name }) => name),
    'and',
  );
  const text = `Requests of ${client.name} are registered here and go live in releases. We ask ${who} in this channel before anything goes live, and about every date.`;
  return {
    text: `${text} To ask for something, press New request.`,
    blocks: [
      section(escaped(text)),
      actions('welcome', [button({ label: 'New request', action: 'incident.request', value: client.key })]),
    ],
  };
}

/** What a client's person fills in: their words, nothing of ours. */
export function requestModal(client: Client, keeps: Readonly<Record<string, string>>): View {
  return modal(
    'incident.request',
    'New request',
    [
      textInput('title', 'What do you need, in one line?', { most: 150 }),
      textInput('description', 'Tell us more', {
        multiline: true,
        optional: true,
        hint: 'What happens now, what should happen instead, where you saw it.',
      }),
      textInput('impact', 'What would your users notice?', { multiline: true, optional: true, most: 1_000 }),
      input(
        'priority',
        'How urgent is it?',
        select(
          'priority',
          priorities.map((one) => option(one, one)),
          'normal',
        ),
      ),
    ],
    { submit: 'Send', keeps: { ...keeps, client: client.key } },
  );
}
