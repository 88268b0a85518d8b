import { type Role, roles } from '../config/house.js';
import type { By } from '../kernel/by.js';
import type { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { People } from './people.js';
import type { Permissions } from './permissions.js';
import type { RoleStore } from './roles.store.js';

export interface PeopleNeeds {
  readonly people: People;
  readonly permissions: Permissions;
  readonly roles: RoleStore;
  readonly clock: Clock;
}

/** Gives one of ours exactly these roles. Refuses to leave the house without an admin. */
export const changeRoles =
  ({ people, permissions, roles: store, clock }: PeopleNeeds) =>
  async (by: By, user: string, wanted: readonly string[]): Promise<readonly Role[]> => {
    const actor = await permissions.may(by, 'change settings');
    const next = wanted.filter((one) => one !== 'none').map(roleOf);
    if (!people.house.people.some((one) => one.user === user)) {
      throw new Refusal(
        'unknown-person',
        `${people.nameOf(user)} is not listed under people in slipway.yaml; add them there first.`,
      );
    }
    const admins = await people.holders('admin');
    if (!next.includes('admin') && admins.length === 1 && admins[0]?.user === user) {
      throw new Refusal(
        'wrong-state',
        `${people.nameOf(user)} is the only admin. Make somebody else an admin first.`,
      );
    }
    const occasion = { by: actor.by, now: clock.now() };
    const did = `gave ${people.nameOf(user)} the roles ${next.join(', ') || 'none'}`;
    const member = { user, roles: next };
    if ((await store.members.insert(user, member, did, occasion)) === undefined) {
      await store.members.change(user, occasion, () => ({ next: member, did }));
    }
    return next;
  };

function roleOf(typed: string): Role {
  const found = roles.find((role) => role === typed.replaceAll('-', ' ') || role === typed);
  if (found !== undefined) return found;
  throw new Refusal(
    'unreadable',
    `"${typed}" is not a role. The roles are: ${roles.join(', ').replaceAll('release manager', 'release-manager')}; or none.`,
  );
}
