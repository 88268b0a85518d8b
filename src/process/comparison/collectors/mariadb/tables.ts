import { known, type Parent } from '../databases/notes.js';
import { type Catalogue, filled, quoted } from './catalogue.js';
import type { Cell } from './session.js';

/** The database's own defaults, and the server's version. */
export async function askDatabase({ ask, note, server }: Catalogue): Promise<void> {
  await ask<[charset: string, collation: string]>(
    `select default_character_set_name, default_collation_name from information_schema.schemata
      where schema_name = database()`,
    ([charset, collation]) => note('database', ['database'], { version: server.version, charset, collation }),
  );
}

/** Tables, without what they have reached: the next automatic number is data. */
export async function askTables(catalogue: Catalogue): Promise<void> {
  const sequences: string[] = [];
  await catalogue.ask<
    [name: string, type: string, engine: Cell, collation: Cell, options: Cell, comment: Cell]
  >(
    `select table_name, table_type, engine, table_collation, create_options, table_comment
      from information_schema.tables where table_schema = database()`,
    ([name, type, engine, collation, options, comment]) => {
      if (type === 'SEQUENCE') sequences.push(name);
      if (type === 'SEQUENCE' || type.endsWith('VIEW')) return;
      const { intern } = catalogue;
      const table = {
        engine: intern(engine),
        collation: intern(collation),
        options: filled(options),
        versioned: type === 'SYSTEM VERSIONED' ? true : undefined,
        comment: filled(comment),
      };
      catalogue.tables.set(name, catalogue.note('table', [name], known(table)));
    },
  );
  await askSequences(catalogue, sequences);
  await askPartitions(catalogue);
}

async function askSequences({ ask, note }: Catalogue, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const selects = names.map(
    (name, at) =>
      `select ${at}, start_value, minimum_value, maximum_value, increment, cache_size, cycle_option from ${quoted(name)}`,
  );
  await ask<
    [at: string, start: string, least: string, most: string, increment: string, cache: string, cycle: string]
  >(selects.join(' union all '), ([at, start, least, most, increment, cache, cycle]) =>
    note('sequence', [names[Number(at)] ?? ''], {
      start,
      least,
      most,
      increment,
      cache,
      cycle: cycle === '1',
    }),
  );
}

/** Partitions are asked for only where there are any: the question opens every table that it names. */
async function askPartitions({ ask, note, notes, tables }: Catalogue): Promise<void> {
  const names = notes.things
    .filter(({ kind, props: { options } }) => kind === 'table' && String(options).includes('partitioned'))
    .map(({ name: [table = ''] }) => `'${table.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`);
  if (names.length === 0) return;
  await ask<
    [
      table: string,
      name: string,
      sub: Cell,
      method: Cell,
      expression: Cell,
      values: Cell,
      subExpression: Cell,
    ]
  >(
    `select table_name, partition_name, subpartition_name, partition_method, partition_expression,
        partition_description, subpartition_expression
      from information_schema.partitions
      where table_schema = database() and partition_name is not null and table_name in (${names.join(', ')})`,
    ([table, name, sub, method, expression, values, subExpression]) =>
      note(
        'partition',
        [table, name, ...(sub === null ? [] : [sub])],
        known({ method, expression, values, subExpression }),
        tables.get(table),
      ),
  );
}

type Column = [
  table: string,
  name: string,
  type: string,
  nullable: string,
  value: Cell,
  extra: string,
  collation: Cell,
  comment: string,
  generation: Cell,
  datatype: Cell,
];

/** Columns. Their order is not compared. */
export async function askColumns({ ask, note, tables, intern, server }: Catalogue): Promise<void> {
  await ask<Column>(
    `select table_name, column_name, column_type, is_nullable, column_default, extra, collation_name,
        column_comment, generation_expression, ${server.isMariadb ? 'null' : 'data_type'}
      from information_schema.columns where table_schema = database()`,
    ([table, name, type, nullable, value, extra, collation, comment, generation, datatype]) => {
      const parent = tables.get(table);
      if (parent === undefined) return;
      const column = {
        type: intern(type),
        nullable: nullable === 'YES',
        default: intern(server.isMariadb ? defaultOf(value) : mysqlDefault(value, extra, datatype ?? '')),
        extra: intern(
          filled(
            extra
              .replace(/\bDEFAULT_GENERATED\b/u, '')
              .trim()
              .toLowerCase(),
          ) ?? null,
        ),
        generated: filled(generation),
        collation: intern(collation),
        comment: filled(comment),
      };
      note('column', parent.name.concat(intern(name)), known(column), parent);
    },
  );
}

/** MariaDB writes a default as an expression; NULL is what there is without one. */
const defaultOf = (value: Cell): Cell => (value === 'NULL' ? null : value);

const numeric = new Set([
  'tinyint',
  'smallint',
  'mediumint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
  'year',
  'bit',
]);

/** MySQL writes a literal without quotes, and marks what is an expression. */
export function mysqlDefault(value: Cell, extra: string, datatype: string): Cell {
  if (value === null || numeric.has(datatype)) return value;
  if (/DEFAULT_GENERATED/u.test(extra)) return `(${value})`;
  return /^CURRENT_TIMESTAMP/iu.test(value) ? value.toLowerCase() : `'${value.replaceAll("'", "''")}'`;
}

type IndexPart = [
  table: string,
  name: string,
  nonUnique: string,
  column: Cell,
  order: Cell,
  prefix: Cell,
  type: string,
  comment: string,
  expression: Cell,
  hidden: Cell,
  at: string,
];

/** Primary keys, unique keys and other indexes, with their parts in order. */
export async function askIndexes({ ask, note, tables, server }: Catalogue): Promise<void> {
  const isNew =
    server.isMariadb &&
    Number(server.version.split('.')[0]) * 100 + Number(server.version.split('.')[1]) >= 1006;
  const [expression, hidden] = server.isMariadb
    ? ['null', isNew ? `nullif(ignored, 'NO')` : 'null']
    : ['expression', `nullif(is_visible, 'YES')`];
  const indexes = new Map<string, { parent: Parent; row: IndexPart; parts: string[] }>();
  await ask<IndexPart>(
    `select table_name, index_name, non_unique, column_name, collation, sub_part, index_type, index_comment,
        ${expression}, ${hidden}, seq_in_index
      from information_schema.statistics where table_schema = database()`,
    (row) => {
      const [table, name, , column, order, prefix, , , part, , at] = row;
      const parent = tables.get(table);
      if (parent === undefined) return;
      const key = `${table}\0${name}`;
      const index = indexes.get(key) ?? { parent, row, parts: [] };
      if (index.row === row) indexes.set(key, index);
      const length = prefix === null ? '' : `(${prefix})`;
      const what = column === null ? `(${part ?? ''})` : `${quoted(column)}${length}`;
      index.parts[Number(at) - 1] = `${what}${order === 'D' ? ' DESC' : ''}`;
    },
  );
  for (const { parent, row, parts } of indexes.values()) {
    const [, name, nonUnique, , , , type, comment, , unseen] = row;
    const kind = name === 'PRIMARY' ? 'primary key' : nonUnique === '0' ? 'unique' : 'index';
    const definition = `${type === 'BTREE' ? '' : `${type} `}(${parts.join(', ')})`;
    const props = known({ definition, hidden: unseen === null ? undefined : true, comment: filled(comment) });
    note(kind, parent.name.concat(name), props, parent);
  }
}

/** Foreign keys, and what else must hold. */
export async function askConstraints(catalogue: Catalogue): Promise<void> {
  await askForeignKeys(catalogue);
  const { ask, note, tables, server, withoutDatabase } = catalogue;
  const checks = server.isMariadb
    ? `select table_name, constraint_name, check_clause, null from information_schema.check_constraints
        where constraint_schema = database()`
    : `select t.table_name, c.constraint_name, c.check_clause, nullif(t.enforced, 'YES')
        from information_schema.check_constraints c
          join information_schema.table_constraints t using (constraint_schema, constraint_name)
        where c.constraint_schema = database()`;
  await ask<[table: string, name: string, clause: string, unenforced: Cell]>(
    checks,
    ([table, name, clause, unenforced]) => {
      const parent = tables.get(table);
      if (parent === undefined) return;
      const enforced = unenforced === null ? undefined : false;
      note('check', [table, name], known({ definition: withoutDatabase(clause), enforced }), parent);
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

async function askForeignKeys({ ask, note, tables, database }: Catalogue): Promise<void> {
  const rules = new Map<string, string>();
  await ask<[table: string, name: string, onUpdate: string, onDelete: string]>(
    `select table_name, constraint_name, update_rule, delete_rule
      from information_schema.referential_constraints where constraint_schema = database()`,
    ([table, name, onUpdate, onDelete]) =>
      rules.set(`${table}\0${name}`, ` ON UPDATE ${onUpdate} ON DELETE ${onDelete}`),
  );
  const keys = new Map<string, { row: ForeignKeyPart; from: string[]; to: string[] }>();
  await ask<ForeignKeyPart>(
    `select table_name, constraint_name, column_name, referenced_table_schema, referenced_table_name,
        referenced_column_name, ordinal_position
      from information_schema.key_column_usage
      where table_schema = database() and referenced_table_name is not null`,
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
