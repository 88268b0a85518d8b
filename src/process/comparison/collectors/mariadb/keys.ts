import { below } from '../../names.js';
import { known, type Parent } from '../databases/notes.js';
import { type Catalogue, filled, isSince, quoted } from './catalogue.js';
import type { Cell } from './session.js';

type IndexPart = [
  table: string,
  name: string,
  at: string,
  column: Cell,
  facts: string,
  comment: string,
  expression: Cell,
];

/** What an index part is beside its column: whether the whole is unique, its type, whether it is hidden; then its own length and order. */
type Facts = [nonUnique: string, type: string, hidden: string, length: string, order: string];

/** Primary keys, unique keys and other indexes, with their parts in order. */
export async function askIndexes({ ask, note, tables, server }: Catalogue, those: string): Promise<void> {
  const isNew = isSince(server, 10, 6);
  const [expression, hidden] = server.isMariadb
    ? ['null', isNew ? `if(ignored = 'NO', '', 'y')` : `''`]
    : ['expression', `if(is_visible = 'YES', '', 'y')`];
  const indexes = new Map<string, { parent: Parent; row: IndexPart; parts: string[] }>();
  // Many small cells cost more than one.
  await ask<IndexPart>(
    `select table_name, index_name, seq_in_index, column_name,
        concat_ws(',', non_unique, index_type, ${hidden}, coalesce(sub_part, ''), coalesce(collation, '')), index_comment, ${expression}
      from information_schema.statistics where table_schema = database() and ${those}`,
    (row) => {
      const [table, name, at, column, facts, , part] = row;
      const parent = tables.get(table);
      if (parent === undefined) return;
      const key = `${table}\0${name}`;
      const index = indexes.get(key) ?? { parent, row, parts: [] };
      if (index.row === row) indexes.set(key, index);
      const [, , , length, order] = facts.split(',') as Facts;
      const what = column === null ? `(${part ?? ''})` : `${quoted(column)}${length && `(${length})`}`;
      index.parts[Number(at) - 1] = `${what}${order === 'D' ? ' DESC' : ''}`;
    },
  );
  for (const { parent, row, parts } of indexes.values()) {
    const [, name, , , facts, comment] = row;
    const [nonUnique, type, unseen] = facts.split(',') as Facts;
    const kind = name === 'PRIMARY' ? 'primary key' : nonUnique === '0' ? 'unique' : 'index';
    const definition = `${type === 'BTREE' ? '' : `${type} `}(${parts.join(', ')})`;
    const props = known({ definition, hidden: unseen === '' ? undefined : true, comment: filled(comment) });
    note(kind, below(parent.name, name), props, parent);
  }
}

/** What must hold for rows of a table; what stands with a single column is kept for that column. */
export async function askChecks(catalogue: Catalogue, those: string): Promise<void> {
  const { ask, note, tables, columnChecks, server, withoutDatabase } = catalogue;
  const checks = server.isMariadb
    ? `select table_name, constraint_name, check_clause, null, ${isSince(server, 10, 6) ? 'level' : 'null'}
        from information_schema.check_constraints where constraint_schema = database() and ${those}`
    : `select t.table_name, c.constraint_name, c.check_clause, nullif(t.enforced, 'YES'), null
        from information_schema.check_constraints c
          join information_schema.table_constraints t using (constraint_schema, constraint_name)
        where c.constraint_schema = database() and ${those}`;
  await ask<[table: string, name: string, clause: string, unenforced: Cell, level: Cell]>(
    checks,
    ([table, name, clause, unenforced, level]) => {
      const parent = tables.get(table);
      if (parent === undefined) return;
      const definition = withoutDatabase(clause);
      // MariaDB's type json is a text that such a check makes valid.
      if (level === 'Column') return void columnChecks.set(`${table}\0${name}`, definition);
      const enforced = unenforced === null ? undefined : false;
      note('check', [table, name], known({ definition, enforced }), parent);
    },
  );
}

type ForeignKeyPart = [
  table: string,
  name: string,
  column: string,
  toSchema: string,
  toTable: string,
  toColumn: string,
  at: string,
];

/** Foreign keys with what happens to rows when what they point to changes or goes. */
export async function askForeignKeys(
  { ask, note, tables, database }: Catalogue,
  those: string,
): Promise<void> {
  const rules = new Map<string, string>();
  await ask<[table: string, name: string, onUpdate: string, onDelete: string]>(
    `select table_name, constraint_name, update_rule, delete_rule
      from information_schema.referential_constraints where constraint_schema = database() and ${those}`,
    ([table, name, onUpdate, onDelete]) =>
      rules.set(`${table}\0${name}`, ` ON UPDATE ${onUpdate} ON DELETE ${onDelete}`),
  );
  const keys = new Map<string, { row: ForeignKeyPart; from: string[]; to: string[] }>();
  await ask<ForeignKeyPart>(
    `select table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
        referenced_column_name, ordinal_position
      from information_schema.key_column_usage
      where table_schema = database() and referenced_table_name is not null and ${those}`,
    (row) => {
      const [table, name, column, , , toColumn, at] = row;
      const key = `${table}\0${name}`;
      const parts = keys.get(key) ?? { row, from: [], to: [] };
      parts.from[Number(at) - 1] = quoted(column);
      parts.to[Number(at) - 1] = quoted(toColumn);
      keys.set(key, parts);
    },
  );
  for (const [key, { row, from, to }] of keys) {
    const [table, name, , toSchema, toTable] = row;
    const target = `${toSchema === database ? '' : `${quoted(toSchema)}.`}${quoted(toTable)}`;
    const definition = `(${from.join(', ')}) REFERENCES ${target} (${to.join(', ')})${rules.get(key) ?? ''}`;
    note('foreign key', [table, name], { definition }, tables.get(table));
  }
}
