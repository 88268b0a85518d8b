import { below } from '../../names.js';
import { known, type Props } from '../databases/notes.js';
import { type Catalogue, filled } from './catalogue.js';
import type { Cell } from './session.js';

type Column = [table: string, name: string, facts: string, comment: string, generation: Cell, datatype: Cell];

/** Columns. Their order is not compared. */
export async function askColumns(catalogue: Catalogue, those: string): Promise<void> {
  const { ask, note, tables, columnChecks, intern, server } = catalogue;
  // Most columns are made like many others: one copy of what they are serves them all.
  const alike = new Map<string, Props>();
  // Many small cells cost more than one. None of these texts holds the character 0 but a default, which is the last.
  await ask<Column>(
    `select table_name, column_name,
        concat_ws('\\0', column_type, is_nullable, extra, coalesce(collation_name, ''), concat('=', column_default)),
        column_comment, generation_expression, ${server.isMariadb ? 'null' : 'data_type'}
      from information_schema.columns where table_schema = database() and ${those}`,
    ([table, name, facts, comment, generation, datatype]) => {
      const parent = tables.get(table);
      if (parent === undefined) return;
      const usual = alike.get(facts) ?? propsOf(facts, datatype);
      if (!alike.has(facts)) alike.set(facts, usual);
      const own = {
        generated: filled(generation),
        check: columnChecks.size === 0 ? undefined : columnChecks.get(`${table}\0${name}`),
        comment: filled(comment),
      };
      const isUsual = own.generated === undefined && own.check === undefined && own.comment === undefined;
      note('column', below(parent.name, intern(name)), isUsual ? usual : known({ ...usual, ...own }), parent);
    },
  );
}

/** What a column is by itself; only MySQL needs the type of its data to tell of a default. */
function propsOf(facts: string, datatype: Cell): Props {
  const [type = '', nullable, extra = '', collation = '', ...rest] = facts.split('\0');
  const value = rest.length === 0 ? null : rest.join('\0').slice(1);
  return known({
    type,
    nullable: nullable === 'YES',
    default: datatype === null ? defaultOf(value) : mysqlDefault(value, extra, datatype),
    extra: filled(
      extra
        .replace(/\bDEFAULT_GENERATED\b/u, '')
        .trim()
        .toLowerCase(),
    ),
    collation: filled(collation),
  });
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
