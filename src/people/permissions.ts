import type { Role } from '../config/house.js';
import type { By } from '../kernel/by.js';
import { Refusal } from '../kernel/refusal.js';
import { listed } from '../kernel/text.js';
import type { Actor, Client, People } from './people.js';

type Grant = { readonly roles: readonly Role[]; readonly words: string };

const team: readonly Role[] = ['admin', 'release manager', 'developer', 'on-call'];
const builders: readonly Role[] = ['admin', 'release manager', 'developer'];
const leads: readonly Role[] = ['admin', 'release manager'];

/** Who may do what, as the table of the design has it. What only a client's approver may do stands in `mayDecideFor`. */
export const grants = {
  'register an incident': { roles: team, words: 'register incidents' },
  'work on an incident': { roles: builders, words: 'work on incidents' },
  'read the register': { roles: team, words: 'read the work register' },
  'shape a release': { roles: leads, words: 'create or change releases' },
  'answer a checklist item': { roles: team, words: 'answer checklist items' },
  freeze: { roles: leads, words: 'freeze or thaw staging' },
  override: { roles: leads, words: 'override what blocks a release' },
  'start a deployment': { roles: leads, words: 'start a deployment' },
  'stop a deployment': {
    roles: ['admin', 'release manager', 'on-call'],
    words: 'stop a deployment or roll it back',
  },
  'acknowledge an alert': { roles: team, words: 'acknowledge alerts' },
  'send release notes': { roles: leads, words: 'send release notes' },
  'accept a lesson': { roles: leads, words: 'accept lessons into the checklist' },
  'change settings': { roles: ['admin'], words: 'change roles and settings' },
} as const satisfies Record<string, Grant>;

export type Act = keyof typeof grants;

export interface Permissions {
  /** Gives the actor when they may do this; else refuses with why, and who can. */
  may(by: By, act: Act): Promise<Actor>;
  /** Gives the actor when they decide for this client; else refuses with why, and who can. */
  mayDecideFor(by: By, client: Client): Promise<Actor>;
  /** Like `may`, but the client's own approvers may too. */
  mayOrClient(by: By, act: Act, client: Client): Promise<Actor>;
}

export function permissions(people: People): Permissions {
  const named = async (roles: readonly Role[]): Promise<string> => {
    const found = await Promise.all(roles.map((role) => people.holders(role)));
    const names = [...new Set(found.flat().map(({ name }) => name))];
    return names.length === 0 ? 'an admin' : listed(names.slice(0, 6), 'or');
  };

  const refuse = async (act: Act): Promise<never> => {
    const { roles, words } = grants[act];
    throw new Refusal(
      'not-permitted',
      `Only ${listed(roles.map(plural), 'and')} can ${words}. Please ask ${await named(roles)}.`,
    );
  };

  const may = async (by: By, act: Act): Promise<Actor> => {
    const actor = await people.actor(by);
    const { roles } = grants[act];
    return actor.roles.some((role) => (roles as readonly Role[]).includes(role)) ? actor : refuse(act);
  };

  const mayDecideFor = async (by: By, client: Client): Promise<Actor> => {
    const actor = await people.actor(by);
    if (actor.approves.includes(client.key)) return actor;
    const who = listed(
      client.approvers.map(({ name }) => name),
      'or',
    );
    throw new Refusal(
      'not-permitted',
      `Only people who decide for ${client.name} can do this: ${who}. Nothing was changed.`,
    );
  };

  return {
    may,
    mayDecideFor,
    mayOrClient: async (by, act, client) => {
      const actor = await people.actor(by);
      return actor.approves.includes(client.key) ? actor : may(by, act);
    },
  };
}

const plural = (role: Role): string => (role === 'on-call' ? 'people on call' : `${role}s`);
