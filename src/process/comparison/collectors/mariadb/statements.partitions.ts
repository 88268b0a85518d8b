import type { Along, Props, Stated } from '../../differences.js';
import { quoted } from './catalogue.js';

const textOf = (props: Props | undefined, prop: string): string => String(props?.[prop] ?? '');

/** A partition as it stands in a statement; empty for one that only a number makes. */
function partition(name: string, values: string, method: string): string {
  if (values === '') return '';
  const bound = method.startsWith('LIST')
    ? `IN (${values})`
    : `LESS THAN ${values === 'MAXVALUE' ? values : `(${values})`}`;
  return `PARTITION ${quoted(name)} VALUES ${bound}`;
}

/** How a new table is partitioned; empty when it is not, or in parts of parts, which nobody can read from a list. */
export function partitioning(table: Props | undefined, along: readonly Along[]): string {
  const by = textOf(table, 'partitionBy');
  if (by === '' || by.includes('SUBPARTITION BY')) return '';
  const own = along.filter(({ kind }) => kind === 'partition');
  const listed = own
    .map(({ name: [, name = ''], staging }) => partition(name, textOf(staging, 'values'), by))
    .filter(Boolean);
  return `\nPARTITION BY ${by} ${listed.length === 0 ? `PARTITIONS ${own.length}` : `(${listed.join(', ')})`}`;
}

/** A partition more or less; undefined where rows would have to move, or where only a person knows how it is bound. */
export function partitionStatement({ what, name, staging }: Stated): string | undefined {
  const [table = '', own = '', sub] = name;
  const alter = `ALTER TABLE ${quoted(table)}`;
  if (sub !== undefined || what === 'changed') return undefined;
  if (what === 'removed') return `${alter} DROP PARTITION ${quoted(own)};`;
  const values = textOf(staging, 'values');
  return values === ''
    ? undefined
    : `${alter} ADD PARTITION (${partition(own, values, textOf(staging, 'by'))});`;
}
