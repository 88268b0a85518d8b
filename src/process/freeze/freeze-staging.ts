import type { By } from '../../kernel/by.js';
import { inZone } from '../../kernel/instants.js';
import { clientOf } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import { prose } from '../../kernel/text.js';
import { isDuplicate } from '../../platform/store/connection.js';
import type { Stored } from '../../platform/store/documents.js';
import { isComparable } from '../comparison/index.js';
import { agreedDate, type Release, type ReleaseNeeds } from '../release/index.js';
import { freeze, thaw } from './freeze.js';

/** Freezes and thaws staging. One release holds an environment at a time; a unique index sees to it. */
export const freezeStaging = ({ releases, incidents, people, permissions, clock }: ReleaseNeeds) => {
  const heldBy = async (environment: string): Promise<Refusal> => {
    const other = await releases.holding(environment);
    if (other === undefined || !('frozen' in other.state))
      return new Refusal('busy', 'Somebody else froze staging just now. Please look with /freeze.');
    const { by, since } = other.state.frozen;
    return new Refusal(
      'held-elsewhere',
      `Staging is frozen for ${other.id} until it is verified (${by.name}, since ${inZone(since, people.house.zone)}). Wait for its thaw, or ask ${by.name}.`,
    );
  };

  return {
    freezeStaging: async (by: By, id: string, because?: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, because === undefined ? 'freeze' : 'override');
      const client = people.client(clientOf(id));
      const environment = `${client.key}/${client.staging}`;
      const override = because === undefined ? undefined : prose(because, 'The reason', 1_000, 'reason');
      const before = await releases.find(id);
      const inside = (await incidents.named(before?.state.scope ?? [])).map(({ state }) => state);
      const now = clock.now();
      try {
        return await releases.change(id, { by: actor.by, now }, (release) => {
          const next = freeze(
            release,
            inside,
            { environment, override, comparable: isComparable(client) },
            actor.by,
            now,
          );
          const although =
            'frozen' in next && next.frozen.override !== undefined
              ? ` although something was missing: ${next.frozen.override}`
              : '';
          return { next, did: `froze ${environment}${although}` };
        });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        throw await heldBy(environment);
      }
    },

    thawStaging: async (by: By, id: string, why: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'freeze');
      const reason = why === '' ? '' : `: ${prose(why, 'The reason', 1_000)}`;
      return releases.change(id, { by: actor.by, now: clock.now() }, (release) => ({
        next: thaw(release),
        did: `thawed staging${reason}`,
      }));
    },
  };
};

/** How an environment stands, for people and for the gate. */
export type GateAnswer =
  | { readonly open: true; readonly environment: string }
  | {
      readonly open: false;
      readonly environment: string;
      readonly heldBy: string;
      readonly since: string;
      readonly by: string;
      readonly until: string | undefined;
    };

/** Tells whether an environment takes updates. Undefined for an environment that is not configured. */
export const askGate =
  ({ releases, people }: Pick<ReleaseNeeds, 'releases' | 'people'>) =>
  async (clientKey: string, environmentName: string): Promise<GateAnswer | undefined> => {
    const client = people.clients().find(({ key }) => key === clientKey.toLowerCase());
    if (client === undefined || !Object.hasOwn(client.environments, environmentName)) return undefined;
    const environment = `${client.key}/${environmentName}`;
    const held = await releases.holding(environment);
    if (held === undefined || !('frozen' in held.state)) return { open: true, environment };
    const { by, since } = held.state.frozen;
    return {
      open: false,
      environment,
      heldBy: held.id,
      since,
      by: by.name,
      until: agreedDate(held.state)?.instant,
    };
  };
