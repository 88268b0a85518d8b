import { quoted } from './collectors/mariadb/catalogue.js';
import { lines, named, signature } from './collectors/postgresql/written.js';
import type { Renaming } from './differences.js';

const last = (name: readonly string[]): string => name.at(-1) ?? '';
const above = (name: readonly string[]): readonly string[] => name.slice(0, -1);

/** What has a name of its own in a schema, as `ALTER … RENAME` calls it. */
const inSchema: Readonly<Record<string, string>> = {
  table: 'TABLE',
  'foreign table': 'FOREIGN TABLE',
  view: 'VIEW',
  'materialised view': 'MATERIALIZED VIEW',
};
const constraints = new Set(['primary key', 'unique', 'check', 'exclusion', 'foreign key']);
const onTables: Readonly<Record<string, string>> = { trigger: 'TRIGGER', policy: 'POLICY', rule: 'RULE' };
const routines: Readonly<Record<string, string>> = {
  function: 'FUNCTION',
  procedure: 'PROCEDURE',
  aggregate: 'AGGREGATE',
};

/** Suggests how PostgreSQL renames something. What it belongs to has its new name already. */
export function postgresqlRenaming({ kind, name, formerly }: Renaming): string | undefined {
  const to = named(last(name).replace(/\(.*$/su, ''));
  const relation = inSchema[kind];
  if (relation !== undefined) return renamedRelation(relation, name, formerly);
  if (routines[kind] !== undefined)
    return lines(`ALTER ${routines[kind]} ${signature(formerly)} RENAME TO ${to}`);
  const [table, from] = [named(...above(name)), named(last(formerly))];
  if (kind === 'column') return lines(`ALTER TABLE ${table} RENAME COLUMN ${from} TO ${named(last(name))}`);
  if (kind === 'index')
    return lines(`ALTER INDEX ${named(name[0] ?? '', last(formerly))} RENAME TO ${named(last(name))}`);
  if (constraints.has(kind))
    return lines(`ALTER TABLE ${table} RENAME CONSTRAINT ${from} TO ${named(last(name))}`);
  const onTable = onTables[kind];
  return onTable === undefined
    ? undefined
    : lines(`ALTER ${onTable} ${from} ON ${table} RENAME TO ${named(last(name))}`);
}

function renamedRelation(
  relation: string,
  name: readonly string[],
  formerly: readonly string[],
): string | undefined {
  const isMoved = above(name).join('\0') !== above(formerly).join('\0');
  const moved = isMoved
    ? `ALTER ${relation} ${named(...formerly)} SET SCHEMA ${named(...above(name))}`
    : undefined;
  const isCalled = last(name) !== last(formerly);
  const called = isCalled
    ? `ALTER ${relation} ${named(...above(name), last(formerly))} RENAME TO ${named(last(name))}`
    : undefined;
  return lines(moved, called);
}

/** Suggests how MariaDB and MySQL rename something. What it belongs to has its new name already. */
export function mariadbRenaming({ kind, name, formerly }: Renaming): string | undefined {
  const [from, to] = [quoted(last(formerly)), quoted(last(name))];
  if (kind === 'table' || kind === 'view') return `RENAME TABLE ${from} TO ${to};`;
  const alter = `ALTER TABLE ${quoted(name[0] ?? '')}`;
  if (kind === 'column') return `${alter} RENAME COLUMN ${from} TO ${to};`;
  return kind === 'index' || kind === 'unique' ? `${alter} RENAME INDEX ${from} TO ${to};` : undefined;
}
