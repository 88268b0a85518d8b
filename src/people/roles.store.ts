import type { Connection } from 'mongoose';
import type { Role } from '../config/house.js';
import { type Documents, documents } from '../platform/store/documents.js';
import type { RoleChanges } from './people.js';

/** A person's roles since an admin changed them in Slack; these outrank the configuration. */
export interface Member {
  readonly user: string;
  readonly roles: readonly Role[];
}

export interface RoleStore extends RoleChanges {
  readonly members: Documents<Member>;
}

export function roleStore(connection: Connection): RoleStore {
  const members = documents<Member>(connection, 'members');
  return {
    members,
    rolesOf: async (user) => (await members.find(user))?.state.roles,
    all: async () => new Map((await members.where({})).map(({ id, state }) => [id, state.roles])),
  };
}
