import type { CollectorTools } from '../collector.js';
import { planOf, type Reference, rowsInto } from '../databases/reference.js';
import type { Catalogue } from './catalogue.js';
import { escapeIdentifier, escapeLiteral } from './driver.js';
import { type Cell, question } from './session.js';

interface RowReference extends Reference {
  readonly table: readonly [string, string];
}

/** The rows of a table, as the server writes their values. Row security that would hide some makes the look blind, not short. */
export async function askRows(
  catalogue: Catalogue,
  reference: RowReference,
  tools: CollectorTools,
): Promise<void> {
  const { session, notes } = catalogue;
  const relation = reference.table.map((part) => escapeIdentifier(part)).join('.');
  const parent = { kind: 'table', name: reference.table };
  const columns: string[] = [];
  const primaryKey: [at: number, column: string][] = [];
  await session.ask(
    question<[name: string, inKey: Cell]>({
      kinds: [],
      sql: `select a.attname, array_position(i.indkey::int2[], a.attnum)
      from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary
      where a.attrelid = (${numberOf(reference.table)}) and a.attnum > 0 and not a.attisdropped
      order by a.attnum`,
      row: ([name, inKey]) => {
        columns.push(name);
        if (inKey !== null) primaryKey.push([Number(inKey), name]);
      },
    }),
  );
  const key = primaryKey.sort(([one], [other]) => one - other).map(([, column]) => column);
  const plan = planOf(parent, columns, key, reference);
  if (typeof plan === 'string') {
    notes.blind.push({ kind: 'row', name: reference.table, why: plan });
    return;
  }
  const rows = rowsInto(notes, plan, reference, tools);
  const cells = plan.columns.map((column) => `${escapeIdentifier(column)}::text`).join(', ');
  await session.ask({
    kinds: ['row'],
    place: reference.table,
    sql: `select ${cells} from ${relation} limit ${reference.most + 1}`,
    row: rows.row,
  });
  rows.end();
}

// to_regclass finds nothing in a schema that the user may not use.
const numberOf = ([schema, table]: readonly [string, string]): string =>
  `select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${escapeLiteral(schema)} and c.relname = ${escapeLiteral(table)}`;
