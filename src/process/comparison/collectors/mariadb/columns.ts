import { known } from '../databases/notes.js';
import { type Catalogue, filled } from './catalogue.js';
import type { Cell } from './session.js';

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
export async function askColumns(catalogue: Catalogue): Promise<void> {
  const { ask, note, tables, columnChecks, intern, server } = catalogue;
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
        check: columnChecks.get(`${table}\0${name}`),
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
