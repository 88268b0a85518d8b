import type { Session } from './session.js';

/** What this user can see in full. The server leaves out the rest without a word. */
export interface Sight {
  readonly tables: boolean;
  readonly keys: boolean;
  readonly views: boolean;
  readonly routines: boolean;
  readonly triggers: boolean;
  readonly events: boolean;
  readonly grants: boolean;
}

interface Privileges {
  readonly everywhere: ReadonlySet<string>;
  readonly here: ReadonlySet<string>;
  readonly inMysql: ReadonlySet<string>;
}

/** Any of these on a whole database shows all of its tables. */
const ofTables = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'CREATE',
  'DROP',
  'REFERENCES',
  'INDEX',
  'ALTER',
  'SHOW VIEW',
  'TRIGGER',
];

/** Reads from the user's own grants what the server will show. */
export async function sightOf({ ask, database, server }: Session): Promise<Sight> {
  const lines: string[] = [];
  const read = (sql: string): Promise<void> => ask<[line: string]>(sql, ([line]) => lines.push(line));
  await read('show grants');
  if (!server.isMariadb) await ofActiveRoles(ask, read);
  return sightBy(privilegesIn(lines, database), server.isMariadb);
}

/** MySQL lists the privileges of roles only when they are named. */
async function ofActiveRoles(ask: Session['ask'], read: (sql: string) => Promise<void>): Promise<void> {
  let roles = 'NONE';
  await ask<[roles: string]>('select current_role()', ([active]) => {
    roles = active;
  });
  if (roles !== 'NONE') await read(`show grants for current_user() using ${roles}`);
}

/** The privileges on everything, on this database and on the server's own, out of what `show grants` prints. */
export function privilegesIn(lines: readonly string[], database: string): Privileges {
  const [everywhere, here, inMysql] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const line of lines) {
    const [, privileges = '', place = ''] = /^GRANT (.+?) ON (.+?) TO /su.exec(line) ?? [];
    const words = privileges.split(/,\s*(?![^(]*\))/u).map((word) => word.trim().toUpperCase());
    const target =
      place === '*.*'
        ? everywhere
        : covers(place, 'mysql')
          ? inMysql
          : covers(place, database)
            ? here
            : undefined;
    for (const word of words) target?.add(word);
    if (/^`?mysql`?\.`?proc`?$/u.test(place) && words.includes('SELECT')) inMysql.add('SELECT PROC');
  }
  return { everywhere, here, inMysql };
}

/** Whether a place like `acme\_%`.* is all of this database. */
function covers(place: string, database: string): boolean {
  const name = /^`((?:[^`]|``)*)`\.\*$/su.exec(place)?.[1]?.replaceAll('``', '`');
  if (name === undefined) return false;
  const parts = name.match(/\\.|[\s\S]/gu) ?? [];
  const pattern = parts.map((part) => {
    if (part === '%') return '[\\s\\S]*';
    if (part === '_') return '[\\s\\S]';
    return part.slice(part.length > 1 ? 1 : 0).replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  });
  return new RegExp(`^${pattern.join('')}$`, 'iu').test(database);
}

function sightBy({ everywhere, here, inMysql }: Privileges, isMariadb: boolean): Sight {
  const among = (places: readonly ReadonlySet<string>[], words: readonly string[]): boolean =>
    ['ALL PRIVILEGES', ...words].some((word) => places.some((place) => place.has(word)));
  const onDatabase = (...words: string[]): boolean => among([everywhere, here], words);
  const grants = among([everywhere, inMysql], ['SELECT']);
  return {
    tables: onDatabase(...ofTables),
    keys: onDatabase(...ofTables.filter((word) => word !== 'SELECT')),
    views: onDatabase('SHOW VIEW'),
    // MariaDB asks for its table of routines, MySQL for SELECT on everything; both have a privilege of its own by now.
    routines:
      onDatabase('SHOW_ROUTINE', 'SHOW CREATE ROUTINE') ||
      (isMariadb ? grants || inMysql.has('SELECT PROC') : among([everywhere], ['SELECT'])),
    triggers: onDatabase('TRIGGER'),
    events: onDatabase('EVENT'),
    grants,
  };
}

const reasons: readonly (readonly [keyof Sight, readonly string[], string])[] = [
  [
    'tables',
    ['table', 'column', 'index', 'primary key', 'unique', 'check', 'foreign key', 'partition', 'sequence'],
    'SELECT on the whole database',
  ],
  ['keys', ['foreign key', 'check'], 'a privilege on the whole database beside SELECT, such as SHOW VIEW'],
  ['views', ['view'], 'SHOW VIEW on the whole database'],
  [
    'routines',
    ['function', 'procedure', 'package', 'package body'],
    'SELECT on mysql.proc (MariaDB) or SHOW_ROUTINE (MySQL)',
  ],
  ['triggers', ['trigger'], 'TRIGGER on the whole database'],
  ['events', ['event'], 'EVENT on the whole database'],
  ['grants', ['grant', 'role', 'user', 'membership'], 'SELECT on mysql.*'],
];

/** The kinds that cannot be seen in full, and the privilege that would change it. */
export function blindIn(sight: Sight): { kind: string; name: string[]; why: string }[] {
  return reasons
    .filter(([part]) => !sight[part])
    .flatMap(([, kinds, privilege]) =>
      kinds.map((kind) => ({ kind, name: [], why: `the user lacks ${privilege}` })),
    );
}
