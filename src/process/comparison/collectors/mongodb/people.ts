import type { Document } from 'mongodb';
import { type Look, read } from './look.js';
import { sortedText } from './text.js';

/** Roles by name and database; the database's own name is another one in staging. */
function listed(roles: unknown, here: string): string {
  if (!Array.isArray(roles)) return '';
  const told = (roles as Document[]).map(({ role, db }) =>
    db === here ? `${role} here` : `${role} on ${db}`,
  );
  return told.sort().join(', ');
}

/** Roles with what they may do, and users with their roles; never their passwords or other credentials. */
export async function askPeople(look: Look): Promise<void> {
  const { db, notes } = look;
  const roles = await read(look, ['role'], { rolesInfo: 1, showPrivileges: true, showBuiltinRoles: false });
  for (const { role, privileges, roles: inherited } of (roles?.['roles'] ?? []) as Document[]) {
    const may = ((privileges ?? []) as Document[])
      .map((privilege) => privilegeText(privilege, db.databaseName))
      .sort()
      .join('; ');
    notes.things.push({
      kind: 'role',
      name: [String(role)],
      props: { privileges: may, roles: listed(inherited, db.databaseName) },
    });
  }
  const users = await read(look, ['user'], { usersInfo: 1 });
  for (const { user, roles: held, mechanisms } of (users?.['users'] ?? []) as Document[]) {
    const props = {
      roles: listed(held, db.databaseName),
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
