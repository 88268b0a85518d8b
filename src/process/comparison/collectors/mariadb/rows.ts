import type { CollectorTools } from '../collector.js';
import { planOf, type Reference, rowsInto } from '../databases/reference.js';
import { type Catalogue, isNotPermitted, literal, quoted } from './catalogue.js';

interface RowReference extends Reference {
  readonly table: string;
}

/** The rows of a table, as the server writes their values. */
export async function askRows(
  catalogue: Catalogue,
  reference: RowReference,
  tools: CollectorTools,
): Promise<void> {
  const { ask, notes } = catalogue;
  const columns = new Map<string, string>();
  const primaryKey: string[] = [];
  await ask<[name: string, datatype: string, key: string]>(
    `select column_name, data_type, column_key from information_schema.columns
      where table_schema = database() and table_name = ${literal(reference.table)} order by ordinal_position`,
    ([name, datatype, key]) => {
      columns.set(name, datatype);
      if (key === 'PRI') primaryKey.push(name);
    },
  );
  const plan = planOf({ kind: 'table', name: [reference.table] }, [...columns.keys()], primaryKey, reference);
  const blind = (why: string): void => void notes.blind.push({ kind: 'row', name: [reference.table], why });
  if (typeof plan === 'string') return blind(plan);
  const rows = rowsInto(notes, plan, reference, tools);
  const cells = plan.columns.map((column) => asText(quoted(column), columns.get(column) ?? ''));
  try {
    await ask(
      `select ${cells.join(', ')} from ${quoted(reference.table)} limit ${reference.most + 1}`,
      rows.row,
    );
  } catch (error) {
    if (!isNotPermitted(error)) throw error;
    return blind('the user may not read it');
  }
  rows.end();
}

const bytes = /binary|blob|bit|geometry|point|polygon|linestring/u;

/** Bytes as hexadecimal digits; a float with all the digits it has. */
function asText(column: string, datatype: string): string {
  if (bytes.test(datatype)) return `hex(${column})`;
  return datatype === 'float' ? `cast(${column} as double)` : `cast(${column} as char)`;
}
