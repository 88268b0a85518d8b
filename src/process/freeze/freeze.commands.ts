import { releaseId } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Answer, CommandRequest, SlackApp } from '../../platform/slack/app.js';
import { headed, subcommands } from '../../platform/slack/subcommands.js';
import type { ReleaseNeeds } from '../release/index.js';
import { environmentsStand } from './freeze.views.js';
import type { FreezeUseCases } from './use-cases.js';

interface Needs extends ReleaseNeeds {
  readonly useCases: FreezeUseCases;
}

/** `/freeze`, and the board's button for it. */
export const freezeCommands =
  (needs: Needs) =>
  (slack: SlackApp): void => {
    const { useCases, people, permissions } = needs;

    const status = async ({ by, channel }: CommandRequest): Promise<Answer> => {
      await permissions.may(by, 'read the register');
      const here = people.clientIn(channel);
      const clients = here === undefined ? people.clients() : [here];
      const asked = clients.flatMap(({ key, environments }) =>
        Object.keys(environments).map((name) => useCases.askGate(key, name)),
      );
      return environmentsStand(
        (await Promise.all(asked)).filter((one) => one !== undefined),
        people.house.zone,
      );
    };

    const freeze = async (request: CommandRequest): Promise<Answer> => {
      const [head, rest] = headed(request.text);
      const id = releaseId(head, people.clientIn(request.channel)?.key);
      const because = /^because\s+([\s\S]+)$/iu.exec(rest)?.[1];
      if (rest !== '' && because === undefined) {
        throw new Refusal(
          'unreadable',
          `Write /freeze ${id}, or with a reason when something is missing: /freeze ${id} because …`,
        );
      }
      const { state } = await useCases.freezeStaging(request.by, id, because);
      return {
        text: `Staging of ${people.client(state.client).name} is frozen for ${state.id}. The gate is closed until it is verified.`,
      };
    };

    slack.command(
      '/freeze',
      subcommands({
        command: '/freeze',
        about: 'Freezes staging for a release: /freeze ACME-R7. Without a word it shows what is frozen.',
        bare: status,
        otherwise: (request) => (/^\S*\d/u.test(headed(request.text)[0]) ? freeze(request) : undefined),
        verbs: {
          status: { takes: '', does: 'shows what is frozen, for what and by whom', run: status },
          thaw: {
            takes: 'ACME-R7 or acme [why]',
            does: 'lets staging move again before the deployment',
            run: async (request) => {
              const [head, why] = headed(request.text);
              const id = await frozenFor(needs, head, request.channel);
              const { state } = await useCases.thawStaging(request.by, id, why);
              return { text: `Staging takes updates again; ${state.id} is being prepared.` };
            },
          },
        },
      }),
    );
    slack.press('freeze.freeze', async ({ by, value }) => {
      const { state } = await useCases.freezeStaging(by, value);
      return { text: `Staging is frozen for ${state.id}. The gate is closed until it is verified.` };
    });
    slack.press('freeze.thaw', async ({ by, value }) => {
      const { state } = await useCases.thawStaging(by, value, '');
      return { text: `Staging takes updates again; ${state.id} is being prepared.` };
    });
  };

/** The release meant by its id, or by the client whose staging it holds. */
async function frozenFor({ people, releases }: Needs, typed: string, channel: string): Promise<string> {
  const client =
    people.clients().find(({ key }) => key === typed.toLowerCase()) ??
    (typed === '' ? people.clientIn(channel) : undefined);
  if (client === undefined) return releaseId(typed, people.clientIn(channel)?.key);
  const held = await releases.holding(`${client.key}/${client.staging}`);
  if (held === undefined) throw new Refusal('wrong-state', `Staging of ${client.name} is not frozen.`);
  return held.id;
}
