import type { Document } from 'mongodb';
import { type Look, read } from './look.js';
import { sortedText } from './text.js';

const roleText = ({ role, db }: Document): string => `${role} on ${db}`;
const listed = (roles: unknown): string =>
  Array.isArray(roles) ? (roles as Document[]).map(roleText).sort().join(', ') : '';

/** Roles with what they may do, and users with their roles; never their passwords or other credentials. */
export async function askPeople(look: Look): Promise<void> {
  const { db, notes } = look;
  // The database's own name is another one in staging.
  const here = (text: string): string => text.replaceAll(` on ${db.databaseName}`, ' here');
  const roles = await read(look, ['role'], { rolesInfo: 1, showPrivileges: true, showBuiltinRoles: false });
  for (const { role, privileges, roles: inherited } of (roles?.['roles'] ?? []) as Document[]) {
    const may = ((privileges ?? []) as Document[])
      .map((privilege) => privilegeText(privilege, db.databaseName))
      .sort()
      .join('; ');
    notes.things.push({
      kind: 'role',
      name: [String(role)],
      props: { privileges: may, roles: here(listed(inherited)) },
    });
  }
  const users = await read(look, ['user'], { usersInfo: 1 });
  for (const { user, roles: held, mechanisms } of (users?.['users'] ?? []) as Document[]) {
    const props = {
      roles: here(listed(held)),
      mechanisms: Array.isArray(mechanisms) ? mechanisms.toSorted().join(', ') : '',
    };
    notes.things.push({ kind: 'user', name: [String(user)], props });
  }
}

function privilegeText({ resource, actions }: Document, database: string): string {
  const place = resource as Document;
  const on = place['db'] === database ? { ...place, db: '(here)' } : place;
  return `${(actions as string[]).toSorted().join(', ')} on ${sortedText(on)}`;
}
