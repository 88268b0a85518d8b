import type { KnownBlock, View } from '@slack/types';
import {
  type Instant,
  inZone,
  inZones,
  isDue,
  lasting,
  later,
  placeOf,
  relative,
  shortTime,
} from '../../kernel/instants.js';
import { counted, cut, listed } from '../../kernel/text.js';
import type { Client } from '../../people/people.js';
import {
  actions,
  button,
  type Content,
  context,
  escaped,
  input,
  modal,
  moment,
  section,
  textInput,
} from '../../platform/slack/blocks.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Incident } from '../register/index.js';
import { mark, type Release } from '../release/index.js';
import { concerns } from './calendar.js';
import { latest, negotiationOf, type Proposal, scopeChanges, shownOf } from './negotiation.js';

export interface Scene {
  readonly release: Release;
  readonly incidents: readonly Stored<Incident>[];
  readonly client: Client;
  readonly ourZone: string;
  readonly now: Instant;
}

/** The one message of the whole negotiation, which later tells the client how their release fares. */
export function dateMessage(scene: Scene): Content | undefined {
  const { release } = scene;
  const proposal = latest(release);
  if (proposal === undefined) return undefined;
  const course = underWay(scene);
  if (course !== undefined) return told(scene, course, []);
  switch (proposal.status) {
    case 'open':
      return proposal.side === 'us'
        ? asked(scene, proposal)
        : told(
            scene,
            `:hourglass_flowing_sand: ${release.id}: you asked for ${both(scene, proposal)}. We will answer here.`,
            [],
          );
    case 'accepted':
      return told(
        scene,
        `:white_check_mark: ${release.id}: agreed for ${both(scene, proposal)}. Accepted by ${nameOf(scene, proposal)}, ${shortTime(proposal.decidedAt, scene.now, scene.client.zone)} ${placeOf(scene.client.zone)}.`,
        [],
      );
    case 'declined':
      return told(
        scene,
        `:x: ${release.id}: ${both(scene, proposal)} was declined by ${nameOf(scene, proposal)}: ${proposal.reason} We will propose another date here.`,
        [],
      );
    case 'expired':
      return told(
        scene,
        `:hourglass_flowing_sand: ${release.id}: nobody answered about ${both(scene, proposal)} in time, so that date is open again. We will propose another one here.`,
        [],
      );
    default:
      return told(
        scene,
        `:hourglass_flowing_sand: ${release.id}: ${both(scene, proposal)} no longer stands. We will propose another date here.`,
        [],
      );
  }
}

function nameOf({ client }: Scene, proposal: Proposal & { decidedBy: { name: string } }): string {
  return proposal.side === 'us' ? `${proposal.decidedBy.name} (${client.name})` : proposal.decidedBy.name;
}

const both = ({ client, ourZone }: Scene, { instant }: Proposal): string =>
  inZones(instant, ourZone, client.zone);

function underWay({ release, client, ourZone, now }: Scene): string | undefined {
  const time = (at: Instant): string => `${shortTime(at, now, client.zone)} ${placeOf(client.zone)}`;
  switch (release.status) {
    case 'deploying':
      return `${mark(release)} ${release.id}: going live now.`;
    case 'verifying':
      return `${mark(release)} ${release.id}: live since ${time(release.liveSince)}, and being checked.`;
    case 'needs a human':
      return `:hourglass_flowing_sand: ${release.id}: going live takes longer than planned. We are looking at it and will tell you here.`;
    case 'live':
    case 'closed':
      return `${mark(release)} ${release.id}: live since ${time(release.liveSince)}, checked until ${time(release.checkedUntil)}.`;
    case 'rolled back':
      return `${mark(release)} ${release.id}: taken back at ${time(release.at)}; nothing of it is live. We will come back with a new date.`;
    case 'cancelled':
      return `:x: ${release.id} is cancelled and will not go live: ${release.reason}`;
    case 'agreed':
    case 'preparing':
    case 'frozen':
      return isDue(later(release.date.instant, client.deployment.startWithin), now)
        ? `:hourglass_flowing_sand: ${release.id}: it did not go live at the agreed time, ${inZones(release.date.instant, ourZone, client.zone)}. We will tell you here how it goes on.`
        : undefined;
    default:
      return undefined;
  }
}

function whatChanges({ incidents }: Scene): string[] {
  return incidents.map(({ state }) => state.title);
}

function noticeOf({ release, incidents }: Scene): string {
  return [release.notice, ...incidents.map(({ state }) => state.impact)].filter(Boolean).join(' ');
}

function asked(scene: Scene, proposal: Proposal): Content {
  const { release, client, now } = scene;
  const question = `Release ${release.id}: is ${both(scene, proposal)} right for you?`;
  const value = `${release.id}|${shownOf(release, proposal)}`;
  const until = `Please answer by ${inZone(proposal.answerBy, client.zone)} (${relative(proposal.answerBy, proposal.at)}). ${listed(
    client.approvers.map(({ name }) => name),
    'or',
  )} can answer.`;
  const extra: KnownBlock[] = [
    section(`In your own zone: ${moment(proposal.instant, client.zone)}.`),
    ...(proposal.words === '' ? [] : [section(`> ${escaped(proposal.words).replaceAll('\n', '\n> ')}`)]),
    ...concerns(proposal.instant, client).map((one) => context(escaped(one))),
    context(escaped(until)),
    actions('date', [
      button({ label: 'Accept', action: 'negotiation.accept', value, style: 'primary' }),
      button({ label: 'Another time…', action: 'negotiation.counter', value }),
      button({ label: 'Decline…', action: 'negotiation.decline', value }),
      button({ label: 'Ask a question', action: 'negotiation.ask', value: release.id }),
    ]),
  ];
  return told({ ...scene, now }, `:hourglass_flowing_sand: ${question}`, extra, until);
}

function told(scene: Scene, line: string, extra: readonly KnownBlock[], until = ''): Content {
  const changes = whatChanges(scene);
  const notice = noticeOf(scene);
  const { added, removed } = scopeChanges(scene.release);
  const changed = [...added.map((id) => `+ ${id}`), ...removed.map((id) => `− ${id}`)].join(', ');
  const lines = [
    ...(changed === '' ? [] : [`*New since you agreed:* ${escaped(changed)}`]),
    `*What changes:* ${escaped(cut(changes.join('; '), 1_200))}`,
    `*What your users notice:* ${escaped(cut(notice === '' ? 'nothing was noted' : notice, 1_200))}`,
  ];
  const rounds = earlierRounds(scene);
  const words = line.replace(/^:[a-z_]+: /u, '');
  return {
    text: [
      words,
      ...(changed === '' ? [] : [`New since you agreed: ${changed}`]),
      `What changes: ${changes.join('; ')}.`,
      `What your users notice: ${notice || 'nothing was noted'}.`,
      until,
    ]
      .filter(Boolean)
      .join(' '),
    blocks: [
      section(`${escaped(line).replace(/^(:[a-z_]+:) (.*)$/su, '$1 *$2*')}`),
      section(lines.join('\n')),
      ...extra,
      ...(rounds.length > 0 ? [context(escaped(rounds.join('\n')))] : []),
    ],
  };
}

function earlierRounds({ release, client, now }: Scene): string[] {
  return negotiationOf(release)
    .proposals.slice(0, -1)
    .map((one) => {
      const who = one.side === 'client' ? 'you asked for' : 'we proposed';
      const end = one.status === 'declined' ? `, declined: ${one.reason}` : `, ${one.status}`;
      return `${shortTime(one.at, now, client.zone)} ${who} ${inZone(one.instant, client.zone)}${end}`;
    });
}

/** What our own side reads when the client asked for another time; undefined while nothing waits for us. */
export function counterMessage(scene: Scene): Content | undefined {
  const { release, client } = scene;
  const counters = negotiationOf(release).proposals.filter(({ side }) => side === 'client');
  const proposal = counters.at(-1);
  if (proposal === undefined) return undefined;
  const line = `${release.id}: ${proposal.by.name} (${client.name}) asks for ${both(scene, proposal)}${proposal.words === '' ? '' : `: ${proposal.words}`}`;
  if (proposal.status !== 'open')
    return {
      text: `${line} · ${proposal.status}`,
      blocks: [section(escaped(line)), context(proposal.status)],
    };
  const value = `${release.id}|${shownOf(release, proposal)}`;
  return {
    text: `${line}. Release managers can accept it or propose another date.`,
    blocks: [
      section(`:hourglass_flowing_sand: ${escaped(line)}`),
      ...concerns(proposal.instant, client).map((one) => context(escaped(one))),
      actions('counter', [
        button({ label: 'Accept this date', action: 'negotiation.accept-counter', value, style: 'primary' }),
        button({ label: 'Propose another…', action: 'negotiation.propose', value: release.id }),
      ]),
    ],
  };
}

/** What the proposer is told at once: the date in both zones, and what speaks against it. */
export function proposed(release: Release, client: Client, ourZone: string): Content {
  const proposal = latest(release);
  if (proposal === undefined) return { text: `${release.id} has no proposal.` };
  const said = concerns(proposal.instant, client);
  const wait = lasting(Math.max(0, Date.parse(proposal.answerBy) - Date.parse(proposal.at)));
  return {
    text: [
      `${release.id}: ${inZones(proposal.instant, ourZone, client.zone)} is proposed to ${client.name}. They have ${wait} to answer.`,
      ...said,
    ].join(' '),
  };
}

export function proposeModal(release: Release, zone: string, keeps: Readonly<Record<string, string>>): View {
  return modal(
    'negotiation.propose',
    `Date for ${release.id}`,
    [
      section(`${counted(release.scope.length, 'incident')}: ${escaped(release.scope.join(', '))}`),
      textInput('date', 'When', {
        most: 100,
        placeholder: 'next tuesday 6pm',
        hint: `In your zone, ${placeOf(zone)}. The client sees it in both.`,
      }),
      textInput('notice', 'What their users notice while it goes live', {
        multiline: true,
        optional: true,
        most: 1_000,
        initial: release.notice,
      }),
      textInput('words', 'A word to the client', { multiline: true, optional: true, most: 1_000 }),
    ],
    { submit: 'Propose', keeps: { ...keeps, id: release.id } },
  );
}

export function counterModal(release: Release, shown: string, client: Client, proposal: Proposal): View {
  const [date = '', time = ''] = inIso(proposal.instant, client.zone);
  return modal(
    'negotiation.counter',
    `Another time`,
    [
      section(
        `*${escaped(release.id)}* was proposed for ${escaped(inZone(proposal.instant, client.zone))}. What suits you better?`,
      ),
      input('date', 'Day', { type: 'datepicker', action_id: 'date', initial_date: date }),
      input(
        'time',
        'Time',
        { type: 'timepicker', action_id: 'time', initial_time: time },
        { hint: `${placeOf(client.zone)} time` },
      ),
      textInput('words', 'A word to us', { multiline: true, optional: true, most: 1_000 }),
    ],
    { submit: 'Ask for it', keeps: { id: release.id, shown } },
  );
}

function inIso(instant: Instant, zone: string): [string, string] {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(new Date(instant))
    .split(' ');
  return [parts[0] ?? '', parts[1] ?? ''];
}

export function declineModal(id: string, shown: string): View {
  return modal(
    'negotiation.decline',
    `Decline the date`,
    [
      section(`${escaped(id)} will not go live at this date. We will propose another one.`),
      textInput('reason', 'Why does it not suit you?', { multiline: true, most: 1_000 }),
    ],
    { submit: 'Decline', keeps: { id, shown } },
  );
}

export function questionModal(id: string): View {
  return modal(
    'negotiation.ask',
    'Ask a question',
    [
      section(`About ${escaped(id)}. The team answers in this channel.`),
      textInput('question', 'Your question', { multiline: true, most: 2_000 }),
    ],
    {
      submit: 'Ask',
      keeps: { id },
    },
  );
}
