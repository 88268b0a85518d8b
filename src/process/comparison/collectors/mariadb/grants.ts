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
  select lower(routine_type), routine_name, null, concat(quote(user), '@', quote(host)),
      upper(replace(proc_priv, ',', ', ')), 'NO' from mysql.procs_priv where db = database()`;

/** Who may do what, on the server, the database, a table, a column or a routine; and who has which role. */
export async function askGrants(catalogue: Catalogue): Promise<void> {
  const { ask, note, sight, tables, server } = catalogue;
  if (!sight.grants) return;
  const granted = new Map<string, { object: Parent; grantee: string; privileges: string[] }>();
  await ask<[on: string, name: Cell, part: Cell, grantee: string, privilege: string, grantable: string]>(
    listed,
    ([on, name, part, grantee, privilege, grantable]) => {
      const key = JSON.stringify([on, name, part, grantee]);
      const object = { kind: on, name: [name, part].filter((one) => one !== null) };
      const grant = granted.get(key) ?? { object, grantee, privileges: [] };
      grant.privileges.push(grantable === 'YES' ? `${privilege} with grant option` : privilege);
      granted.set(key, grant);
    },
  );
  for (const { object, grantee, privileges } of granted.values()) {
    // A grant on a view is one on a table to the server.
    const kind = object.kind === 'table' && !tables.has(object.name[0] ?? '') ? 'view' : object.kind;
    const parent = object.name.length === 0 ? undefined : { kind, name: object.name };
    note('grant', [kind, ...object.name, grantee], { privileges: privileges.sort().join(', ') }, parent);
  }
  const roles = server.isMariadb
    ? `select concat(quote(user), '@', quote(host)), quote(role), admin_option from mysql.roles_mapping`
    : `select concat(quote(to_user), '@', quote(to_host)), concat(quote(from_user), '@', quote(from_host)),
        with_admin_option from mysql.role_edges`;
  await ask<[member: string, role: string, admin: string]>(roles, ([member, role, admin]) =>
    note('role', [role, member], { admin: admin === 'Y' }),
  );
}
