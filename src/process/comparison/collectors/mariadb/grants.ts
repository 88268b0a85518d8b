import type { Parent } from '../databases/notes.js';
import type { Catalogue } from './catalogue.js';
import type { Cell } from './session.js';

// A grant on a database names it by a pattern. Views of the information schema tell of everybody only to those who may read mysql.*.
const listed = `
  select 'server', null, null, grantee, privilege_type, is_grantable from information_schema.user_privileges
    where privilege_type <> 'USAGE'
  union all
  select 'database', null, null, grantee, privilege_type, is_grantable from information_schema.schema_privileges
    where database() like table_schema and privilege_type <> 'USAGE'
  union all
  select 'table', table_name, null, grantee, privilege_type, is_grantable from information_schema.table_privileges
    where table_schema = database() and privilege_type <> 'USAGE'
  union all
  select 'column', table_name, column_name, grantee, privilege_type, is_grantable
    from information_schema.column_privileges where table_schema = database()
  union all
  select lower(routine_type), routine_name, null, concat(quote(user), '@', quote(host)), upper(proc_priv), 'NO'
    from mysql.procs_priv where db = database()`;

/** Privileges of a routine come as one list, in which the right to grant them stands like another. */
function listOf(privileges: string): string[] {
  const words = privileges.split(',');
  const option = words.includes('GRANT') ? ' with grant option' : '';
  return words.filter((word) => word !== 'GRANT').map((word) => `${word}${option}`);
}

/** Who may do what, on the server, the database, a table, a column or a routine. */
export async function askGrants(catalogue: Catalogue): Promise<void> {
  const { ask, note, sight, tables, sequences, roles } = catalogue;
  if (!sight.grants) return;
  const granted = new Map<string, { object: Parent; grantee: string; privileges: Set<string> }>();
  await ask<[on: string, name: Cell, part: Cell, grantee: string, privilege: string, grantable: string]>(
    listed,
    ([on, name, part, grantee, privilege, grantable]) => {
      // A role stands like a user of no host.
      const role = /^(.*)@''$/su.exec(grantee)?.[1];
      const to = role !== undefined && roles.has(role) ? role : grantee;
      const key = JSON.stringify([on, name, part, to]);
      const object = { kind: on, name: [name, part].filter((one) => one !== null) };
      const grant = granted.get(key) ?? { object, grantee: to, privileges: new Set() };
      for (const one of listOf(privilege))
        grant.privileges.add(grantable === 'YES' ? `${one} with grant option` : one);
      granted.set(key, grant);
    },
  );
  for (const { object, grantee, privileges } of granted.values()) {
    // A grant on a view or a sequence is one on a table to the server.
    const [name = ''] = object.name;
    const isTable = object.kind !== 'table' || tables.has(name);
    const kind = isTable ? object.kind : sequences.has(name) ? 'sequence' : 'view';
    // What holds for the whole server or database goes with whom it is granted to.
    const whose = { kind: roles.has(grantee) ? 'role' : 'user', name: [grantee] };
    const parent = object.name.length === 0 ? whose : { kind, name: object.name };
    note('grant', [kind, ...object.name, grantee], { privileges: [...privileges].sort().join(', ') }, parent);
  }
}
