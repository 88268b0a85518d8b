import { clientOf, incidentId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import type { People } from '../../people/people.js';
import type { Permissions } from '../../people/permissions.js';
import type { Answer, CommandRequest, SlackApp } from '../../platform/slack/app.js';
import type { Inputs } from '../../platform/slack/inputs.js';
import { addressed, headed, subcommands, type Verbs } from '../../platform/slack/subcommands.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Incident } from './incident.js';
import type { Incidents } from './incident.store.js';
import * as views from './register.views.js';
import type { RegisterUseCases } from './use-cases.js';

interface Needs {
  readonly useCases: RegisterUseCases;
  readonly incidents: Incidents;
  readonly people: People;
  readonly permissions: Permissions;
}

/** `/incident`, its buttons, its modals, and the shortcut "Make this an incident". */
export const registerCommands =
  (needs: Needs) =>
  (slack: SlackApp): void => {
    slack.command('/incident', subcommands(verbs(needs)));
    buttons(needs, slack);
    modals(needs, slack);
    slack.shortcut('make_incident', async ({ by, channel, message }) => {
      await needs.permissions.may(by, 'register an incident');
      const client = needs.people.clientIn(channel);
      const first = {
        ...(client ? { client: client.key } : {}),
        title: message.text.split('\n')[0] ?? '',
        description: message.text,
      };
      return {
        modal: views.registerModal(needs.people.clients(), { channel, askedBy: message.user ?? '' }, first),
      };
    });
  };

function verbs(needs: Needs): Verbs {
  const { useCases, people, permissions, incidents } = needs;
  const clientKey = ({ channel }: CommandRequest): string | undefined => people.clientIn(channel)?.key;

  /** A verb that takes an incident and words, does one thing and says how the incident stands now. */
  const verb = (
    takes: string,
    does: string,
    act: (request: CommandRequest, id: string, rest: string) => Promise<Stored<Incident>>,
  ) => ({
    takes,
    does,
    run: async (request: CommandRequest): Promise<Answer> => {
      const [head, rest] = headed(request.text);
      const { state } = await act(request, incidentId(head, clientKey(request)), rest);
      return { text: views.incidentLine(state) };
    },
  });

  const registerAtOnce = async (request: CommandRequest, client: string, title: string): Promise<Answer> => {
    const { state } = await useCases.registerIncident(request.by, { client, title });
    return {
      text: `${state.id} is registered: ${state.title}. Add tasks with /incident task ${state.id} @somebody what`,
    };
  };

  return {
    command: '/incident',
    about:
      'Registers what clients ask for and brings it to resolved. Without a word it opens the form; `/incident acme The title` registers at once.',
    bare: async (request) => {
      await permissions.may(request.by, 'register an incident');
      const client = clientKey(request);
      return {
        modal: views.registerModal(
          people.clients(),
          { channel: request.channel },
          client === undefined ? {} : { client },
        ),
      };
    },
    otherwise: (request) => {
      const [head, title] = headed(request.text);
      const client = people.clients().find(({ key }) => key === head.toLowerCase());
      return client === undefined ? undefined : registerAtOnce(request, client.key, title);
    },
    verbs: {
      list: {
        takes: '[client]',
        does: 'shows what is not closed',
        run: async (request) => {
          await permissions.may(request.by, 'read the register');
          const client = people.client(
            request.text || (clientKey(request) ?? people.clients()[0]?.key ?? ''),
          );
          const open = (await incidents.ofClient(client.key)).filter(
            ({ state }) => !['closed', 'rejected'].includes(state.status),
          );
          return views.incidentList(
            open,
            `Open incidents of ${client.name}`,
            `No open incidents of ${client.name}. /incident ${client.key} and a title registers one.`,
          );
        },
      },
      show: {
        takes: 'ACME-42',
        does: 'shows everything about one',
        run: async (request) => {
          await permissions.may(request.by, 'read the register');
          const id = incidentId(headed(request.text)[0], clientKey(request));
          return views.incidentInFull(await found(incidents, id), people.client(clientOf(id)));
        },
      },
      find: {
        takes: 'words',
        does: 'looks through titles, requirements and components',
        run: async (request) => {
          await permissions.may(request.by, 'read the register');
          const words = request.text.split(/\s+/u).filter(Boolean).slice(0, 8);
          if (words.length === 0)
            throw new Refusal('unreadable', 'What should I look for? /incident find invoice total');
          const holding = await incidents.holding(clientKey(request), words);
          return views.incidentList(
            holding,
            `Found for "${request.text}"`,
            `Nothing holds "${request.text}". /incident list shows what is open.`,
          );
        },
      },
      task: verb('ACME-42 @dev what', 'gives somebody a task', (request, id, rest) => {
        const to = addressed(rest);
        if (to === undefined)
          throw new Refusal(
            'unreadable',
            `Whose task is it? Write it like /incident task ${id} @somebody what is to be done`,
          );
        return useCases.allotTask(request.by, id, to[0], to[1]);
      }),
      done: verb(
        'ACME-42 [task number]',
        'marks your tasks done, or the one of that number',
        (request, id, rest) =>
          useCases.finishTask(request.by, id, rest === '' ? undefined : wholeNumber(rest, id)),
      ),
      resolve: verb(
        'ACME-42',
        'resolves it when tasks, requirements and test document are there',
        (request, id) => useCases.resolveIncident(request.by, id),
      ),
      component: verb(
        'ACME-42 billing.dll 4.1 to 4.2',
        'records what it changes in production',
        (request, id, rest) => {
          const [name, change] = headed(rest);
          return useCases.recordComponent(request.by, id, name, change);
        },
      ),
      hold: verb('ACME-42 why', 'puts it on hold', (request, id, rest) =>
        useCases.holdIncident(request.by, id, rest),
      ),
      resume: verb('ACME-42', 'takes it up again', (request, id) => useCases.resumeIncident(request.by, id)),
      reopen: verb(
        'ACME-42 why',
        'takes it up again after it was resolved, live or rejected',
        (request, id, rest) => useCases.reopenIncident(request.by, id, rest),
      ),
      reject: verb('ACME-42 why', 'says that it will not be done', (request, id, rest) =>
        useCases.rejectIncident(request.by, id, rest),
      ),
    },
  };
}

function wholeNumber(typed: string, id: string): number {
  if (/^\d{1,3}$/u.test(typed)) return Number(typed);
  throw new Refusal(
    'unreadable',
    `"${typed}" is not the number of a task. Write /incident done ${id} for all of yours, or /incident done ${id} 2`,
  );
}

async function found(incidents: Incidents, id: string): Promise<Stored<Incident>> {
  const stored = await incidents.find(id);
  if (stored === undefined)
    throw new Refusal('not-found', `There is no ${id}. /incident list shows what is open.`);
  return stored;
}

function buttons({ useCases, incidents, people, permissions }: Needs, slack: SlackApp): void {
  slack.press('incident.work', async ({ by, value }) => {
    await permissions.may(by, 'work on an incident');
    return { modal: views.workModal((await found(incidents, value)).state) };
  });
  slack.press('incident.add-task', async ({ by, value }) => {
    await permissions.may(by, 'work on an incident');
    return { modal: views.taskModal(value) };
  });
  slack.press('incident.add-component', async ({ by, value }) => {
    await permissions.may(by, 'work on an incident');
    return { modal: views.componentModal(value) };
  });
  slack.press('incident.resolve', async ({ by, value }) => {
    const { state } = await useCases.resolveIncident(by, value);
    return { text: views.incidentLine(state) };
  });
  slack.press('incident.show', async ({ by, value }) => {
    await permissions.may(by, 'read the register');
    return views.incidentInFull(await found(incidents, value), people.client(clientOf(value)));
  });
  slack.press('incident.comment', async ({ by, value, channel }) => {
    await permissions.mayOrClient(by, 'register an incident', people.client(clientOf(value)));
    const { state } = await found(incidents, value);
    return { modal: views.commentModal(value, state.title, { channel: channel ?? '' }) };
  });
  slack.press('incident.request', async ({ by, value, channel }) => {
    const client = people.client(value);
    await permissions.mayOrClient(by, 'register an incident', client);
    return { modal: views.requestModal(client, { channel: channel ?? '' }) };
  });
  slack.press('incident.authorise', async ({ by, value }) => {
    const [id = '', shown = ''] = value.split('|');
    const { state } = await useCases.authoriseIncident(by, id, shown);
    return { text: `Thank you. ${state.id} is authorised: ${state.title}.` };
  });
  slack.press('incident.send-back', async ({ by, value }) => {
    const [id = '', shown = ''] = value.split('|');
    await permissions.mayDecideFor(by, people.client(clientOf(id)));
    const { state } = await found(incidents, id);
    return { modal: views.sendBackModal(id, shown, state.title) };
  });
}

const positions = (inputs: Inputs, name: string): number[] =>
  [0, 1, 2]
    .flatMap((group) => inputs.chosen(`${name}${group}`))
    .map(Number)
    .filter(Number.isInteger);

function modals({ useCases }: Needs, slack: SlackApp): void {
  slack.submit('incident.register', async ({ by, inputs, keeps }) => {
    const { state } = await useCases.registerIncident(by, {
      client: inputs.text('client') ?? '',
      title: inputs.text('title') ?? '',
      description: inputs.text('description'),
      impact: inputs.text('impact'),
      priority: inputs.text('priority'),
      requirements: inputs.text('requirements'),
      ...(keeps['askedBy'] ? { askedBy: keeps['askedBy'] } : {}),
    });
    return { text: `${state.id} is registered: ${state.title}.` };
  });
  slack.submit('incident.request', async ({ by, inputs, keeps }) => {
    const { state } = await useCases.registerIncident(by, {
      client: keeps['client'] ?? '',
      title: inputs.text('title') ?? '',
      description: inputs.text('description'),
      impact: inputs.text('impact'),
      priority: inputs.text('priority'),
    });
    return { text: `Thank you. It is ${state.id}: ${state.title}.` };
  });
  slack.submit('incident.work', async ({ by, inputs, keeps }) => {
    const checked = positions(inputs, 'checked');
    const shown = (keeps['shown'] ?? '').split(' ').filter(Boolean).map(Number);
    const { state } = await useCases.recordWork(by, keeps['id'] ?? '', {
      done: positions(inputs, 'done'),
      checked,
      unchecked: shown.filter((at) => !checked.includes(at)),
      requirements: inputs.text('requirements'),
      testDocument: inputs.text('testDocument'),
      resolve: inputs.chosen('resolve').includes('yes'),
    });
    return { text: views.incidentLine(state) };
  });
  slack.submit('incident.add-task', async ({ by, inputs, keeps }) => {
    await useCases.allotTask(by, keeps['id'] ?? '', inputs.text('who') ?? '', inputs.text('what') ?? '');
    return undefined;
  });
  slack.submit('incident.add-component', async ({ by, inputs, keeps }) => {
    await useCases.recordComponent(
      by,
      keeps['id'] ?? '',
      inputs.text('components') ?? '',
      inputs.text('change') ?? '',
    );
    return undefined;
  });
  slack.submit('incident.comment', async ({ by, inputs, keeps }) => {
    const { state } = await useCases.commentOnIncident(by, keeps['id'] ?? '', inputs.text('comment') ?? '');
    return { text: `Your comment on ${state.id} is with the team.` };
  });
  slack.submit('incident.send-back', async ({ by, inputs, keeps }) => {
    await useCases.sendIncidentBack(by, keeps['id'] ?? '', keeps['shown'] ?? '', inputs.text('reason') ?? '');
    return undefined;
  });
}
