import { clientOf, releaseId } from '../kernel/references.js';
import { Refusal } from '../kernel/refusal.js';
import type { Answer, CommandRequest, SlackApp } from '../platform/slack/app.js';
import { context, escaped } from '../platform/slack/blocks.js';
import { headed, type Subcommand, subcommands } from '../platform/slack/subcommands.js';
import type { Stored } from '../platform/store/documents.js';
import { board, releaseList } from './board.js';
import { lookAt, type ReactionNeeds } from './reactions.js';
import type { Release, ReleaseNeeds } from './release/index.js';

type Needs = Pick<ReactionNeeds, 'incidents' | 'releases' | 'people' | 'clock'> &
  Pick<ReleaseNeeds, 'permissions'>;

/** `/release` with the verbs of every step, and what belongs to no single one: show and list. */
export const boardCommands =
  (needs: Needs, verbsOfSteps: Readonly<Record<string, Subcommand>>) =>
  (slack: SlackApp): void => {
    const { people, permissions } = needs;
    const show = async (by: CommandRequest['by'], id: string): Promise<Answer> => {
      await permissions.may(by, 'read the register');
      const stored = await found(needs, id);
      const content = board(await lookAt(needs, stored.state));
      const record = stored.history
        .slice(-20)
        .map(({ at, by: who, did }) => `${at.slice(0, 16).replace('T', ' ')} UTC ${who.name} ${did}`);
      return {
        text: `${content.text}\n${record.join('\n')}`,
        blocks: [...(content.blocks ?? []), context(escaped(record.join('\n')))],
      };
    };
    const list = async (request: CommandRequest): Promise<Answer> => {
      await permissions.may(request.by, 'read the register');
      const here = people.clientIn(request.channel);
      const clients =
        request.text === ''
          ? here === undefined
            ? people.clients()
            : [here]
          : [people.client(request.text)];
      const stored = (await Promise.all(clients.map(({ key }) => needs.releases.ofClient(key)))).flat();
      const looks = await Promise.all(stored.slice(0, 15).map(({ state }) => lookAt(needs, state)));
      const waiting = (
        await Promise.all(clients.map(({ key }) => needs.incidents.ofClient(key, ['authorised'])))
      )
        .flat()
        .map(({ id }) => id);
      const [first] = clients;
      const teach =
        waiting.length === 0
          ? 'Nothing is authorised yet; the client authorises in the shared channel once an incident is resolved.'
          : `Authorised incidents are waiting: ${waiting.join(', ')}. /release new ${first?.key ?? ''}`;
      return releaseList(looks, `No releases yet. ${teach}`);
    };

    slack.command(
      '/release',
      subcommands({
        command: '/release',
        about:
          'Groups authorised incidents, agrees a date with the client, and sees the release through. Without a word it lists the releases.',
        bare: list,
        otherwise: (request) =>
          /^\S*\d$/u.test(request.text)
            ? show(request.by, releaseId(request.text, people.clientIn(request.channel)?.key))
            : undefined,
        verbs: {
          ...verbsOfSteps,
          show: {
            takes: 'ACME-R7',
            does: 'shows where it stands, what comes next, and its record',
            run: (request) =>
              show(request.by, releaseId(headed(request.text)[0], people.clientIn(request.channel)?.key)),
          },
          list: { takes: '[acme]', does: 'lists the releases', run: list },
        },
      }),
    );
    slack.press('release.show', async ({ by, value }) => show(by, value));
  };

async function found({ releases }: Needs, id: string): Promise<Stored<Release>> {
  const stored = await releases.find(id);
  if (stored !== undefined) return stored;
  throw new Refusal('not-found', `There is no ${id}. /release list ${clientOf(id)} shows them.`);
}
