import { known } from '../databases/notes.js';
import { type Catalogue, filled } from './catalogue.js';
import type { Cell } from './session.js';

type Person = [
  user: string,
  host: string,
  plugin: string,
  tls: string,
  queries: string,
  updates: string,
  connections: string,
  atOnce: string,
  locked: string,
  isRole: string,
  standing: Cell,
];

// What is locked stands only in the document that MariaDB keeps of each user.
const inMariadb = `select quote(u.user), quote(u.host), u.plugin, u.ssl_type, u.max_questions, u.max_updates, u.max_connections,
    u.max_user_connections, coalesce(json_value(p.priv, '$.account_locked'), 0), u.is_role, nullif(u.default_role, '')
  from mysql.user u left join mysql.global_priv p on p.user = u.user and p.host = u.host`;
const inMysql = `select quote(user), quote(host), plugin, ssl_type, max_questions, max_updates, max_connections, max_user_connections,
    account_locked, 'N', null from mysql.user`;

/** Users and roles of the server and who has which role; never their passwords. */
export async function askPeople({ ask, note, sight, server, roles }: Catalogue): Promise<void> {
  if (!sight.grants) return;
  await ask<Person>(server.isMariadb ? inMariadb : inMysql, (row) => {
    const [user, host, plugin, tls, queries, updates, connections, atOnce, locked, isRole, standing] = row;
    if (isRole === 'Y') {
      roles.add(user);
      note('role', [user], {});
      return;
    }
    const limit = (most: string): string | undefined => (most === '0' ? undefined : most);
    const person = {
      signsInBy: filled(plugin),
      tls: filled(tls),
      locked: locked === '1' || locked === 'Y' || locked === 'true' ? true : undefined,
      defaultRole: standing,
      queriesAnHour: limit(queries),
      updatesAnHour: limit(updates),
      connectionsAnHour: limit(connections),
      connections: limit(atOnce),
    };
    note('user', [`${user}@${host}`], known(person));
  });
  // Whoever made a role administers it: MariaDB notes that like a membership, also of roles.
  const held = server.isMariadb
    ? `select if(host = '', quote(user), concat(quote(user), '@', quote(host))), quote(role), admin_option from mysql.roles_mapping`
    : `select concat(quote(to_user), '@', quote(to_host)), concat(quote(from_user), '@', quote(from_host)),
        with_admin_option from mysql.role_edges`;
  await ask<[member: string, role: string, admin: string]>(held, ([member, role, admin]) =>
    note('membership', [role, member], { admin: admin === 'Y' }, { kind: 'role', name: [role] }),
  );
}
