import { clientOf, incidentId, incidentReference, releaseId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Answer, CommandRequest, SlackApp } from '../../platform/slack/app.js';
import { headed, type Subcommand } from '../../platform/slack/subcommands.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Incident } from '../register/index.js';
import type { ReleaseNeeds } from './needs.js';
import type { Release } from './release.js';
import * as views from './release.views.js';
import type { ReleaseUseCases } from './use-cases.js';

interface Needs extends ReleaseNeeds {
  readonly useCases: ReleaseUseCases;
}

/** The verbs of `/release` that are this step's, with its buttons and modals. */
export const releaseCommands = (needs: Needs) => ({
  verbs: verbs(needs),
  register: (slack: SlackApp): void => {
    slack.press('release.new', async ({ by, value }) => {
      await needs.permissions.may(by, 'shape a release');
      return { modal: views.newReleaseModal(needs.people.client(value), await free(needs, value), {}) };
    });
    slack.submit('release.new', async ({ by, inputs, keeps }) => {
      const ids = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((group) => inputs.chosen(`scope${group}`));
      const { state } = await needs.useCases.createRelease(by, keeps['client'] ?? '', ids);
      return { text: `${state.id} is created. Next: /release propose ${state.id} and a date` };
    });
    slack.press('release.scope', async ({ by, value }) => {
      await needs.permissions.may(by, 'shape a release');
      const { state } = await known(needs, value);
      const inside = await needs.incidents.named(state.scope);
      return { modal: views.scopeModal(state, [...inside, ...(await free(needs, clientOf(value)))]) };
    });
    slack.submit('release.scope', async ({ by, inputs, keeps }) => {
      const id = keeps['id'] ?? '';
      const wanted = [0, 1, 2, 3, 4].flatMap((group) => inputs.chosen(`scope${group}`));
      // Compared with what was shown, so that what somebody else changed in the meantime stays.
      const shown = (keeps['shown'] ?? '').split(' ').filter(Boolean);
      const added = wanted.filter((one) => !shown.includes(one));
      const removed = shown.filter((one) => !wanted.includes(one));
      await needs.useCases.rescopeRelease(by, id, added, removed);
      return undefined;
    });
    slack.press('release.cancel', async ({ by, value, channel }) => {
      await needs.permissions.may(by, 'shape a release');
      return { modal: views.cancelModal(value, { channel: channel ?? '' }) };
    });
    slack.submit('release.cancel', async ({ by, inputs, keeps }) => {
      const { state } = await needs.useCases.cancelRelease(
        by,
        keeps['id'] ?? '',
        inputs.text('reason') ?? '',
      );
      return { text: `${state.id} is cancelled.` };
    });
  },
});

async function known({ releases }: Needs, id: string): Promise<Stored<Release>> {
  const stored = await releases.find(id);
  if (stored === undefined) throw new Refusal('not-found', `There is no ${id}. /release list shows them.`);
  return stored;
}

/** Authorised incidents of a client that no open release has. */
async function free({ incidents, releases }: Needs, client: string): Promise<Stored<Incident>[]> {
  const taken = (await releases.open(client)).flatMap(({ state }) => state.claims ?? []);
  return (await incidents.ofClient(client, ['authorised'])).filter(({ id }) => !taken.includes(id));
}

function verbs(needs: Needs): Record<string, Subcommand> {
  const { useCases, people, permissions } = needs;
  const clientKey = ({ channel }: CommandRequest): string | undefined => people.clientIn(channel)?.key;

  const scopeVerb = (does: string, act: ReleaseUseCases['addToRelease']): Subcommand => ({
    takes: 'ACME-R7 ACME-42 …',
    does,
    run: async (request): Promise<Answer> => {
      const [head, rest] = headed(request.text);
      const id = releaseId(head, clientKey(request));
      const ids = rest
        .split(/[\s,]+/u)
        .filter(Boolean)
        .map((one) => incidentId(one, clientOf(id)));
      const { state } = await act(request.by, id, ids);
      return {
        text: `${state.id} holds ${state.scope.join(', ')}.${state.status === 'negotiating' ? ' The client is asked about the date with this scope.' : ''}`,
      };
    },
  });

  return {
    new: {
      takes: '[acme] [ACME-42 …]',
      does: 'makes a release of authorised incidents',
      run: async (request) => {
        await permissions.may(request.by, 'shape a release');
        const words = request.text.split(/[\s,]+/u).filter(Boolean);
        const named = people.clients().find(({ key }) => key === words[0]?.toLowerCase());
        const [first] = people.clients();
        const key =
          named?.key ?? clientKey(request) ?? (people.clients().length === 1 ? first?.key : undefined);
        const references = named === undefined ? words : words.slice(1);
        const client =
          key ??
          references
            .map((one) => incidentReference(one, undefined))
            .find(Boolean)
            ?.split('-')[0];
        if (client === undefined)
          throw new Refusal(
            'unreadable',
            `For which client? Write /release new and one of: ${people
              .clients()
              .map((one) => one.key)
              .join(', ')}`,
          );
        if (references.length > 0) {
          const ids = references.map((one) => incidentId(one, client.toLowerCase()));
          const { state } = await useCases.createRelease(request.by, client, ids);
          return {
            text: `${state.id} is created with ${state.scope.join(', ')}. Next: /release propose ${state.id} and a date`,
          };
        }
        const found = people.client(client);
        return {
          modal: views.newReleaseModal(found, await free(needs, found.key), { channel: request.channel }),
        };
      },
    },
    add: scopeVerb('takes authorised incidents in', useCases.addToRelease),
    remove: scopeVerb('takes incidents out', useCases.removeFromRelease),
    cancel: {
      takes: 'ACME-R7 why',
      does: 'gives it up; its incidents are free again',
      run: async (request) => {
        const [head, why] = headed(request.text);
        const id = releaseId(head, clientKey(request));
        await permissions.may(request.by, 'shape a release');
        if (why === '') {
          const { state } = await known(needs, id);
          return { modal: views.cancelModal(state.id, { channel: request.channel }) };
        }
        const { state } = await useCases.cancelRelease(request.by, id, why);
        return { text: `${state.id} is cancelled.` };
      },
    },
  };
}
