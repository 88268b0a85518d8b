import type { Value } from '../../snapshot.js';
import type { CollectorTools } from '../collector.js';
import { masked, type Notes, type Parent } from './notes.js';

export interface Reference {
  readonly key?: readonly string[] | undefined;
  readonly leaveOut: readonly string[];
  readonly mask: readonly string[];
  readonly most: number;
}

/** What rows are looked at, and what of them. */
export interface RowPlan {
  readonly parent: Parent;
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** Decides what of a table is looked at; words when its rows cannot be told apart. */
export function planOf(
  parent: Parent,
  columns: readonly string[],
  primaryKey: readonly string[],
  { key, leaveOut, mask }: Reference,
): RowPlan | string {
  if (columns.length === 0) return 'there is no such table, or it may not be read';
  const chosen = key ?? primaryKey;
  if (chosen.length === 0) return 'it has no primary key; name the columns of its key';
  const missing = [...chosen, ...mask].filter((column) => !columns.includes(column));
  if (missing.length > 0) return `it has no column ${missing.map((name) => `"${name}"`).join(', ')}`;
  const kept = columns.filter((column) => chosen.includes(column) || !leaveOut.includes(column));
  return { parent, columns: [...chosen, ...kept.filter((column) => !chosen.includes(column))], key: chosen };
}

/** Writes down rows as they come; `end` tells whether the whole can be trusted, and takes them back when not. */
export function rowsInto(notes: Notes, plan: RowPlan, reference: Reference, tools: CollectorTools) {
  const start = notes.things.length;
  const seen = new Set<string>();
  let trouble: string | undefined;
  const stored = (column: string, text: string): string | { readonly secret: string } =>
    reference.mask.includes(column) || tools.isSecret(column, text) ? masked(tools.secretKey, text) : text;
  return {
    row: (cells: readonly (string | null)[]): void => {
      if (trouble !== undefined) return;
      const key = cells.slice(0, plan.key.length);
      const name = key.map((cell, at) => {
        if (cell === null) trouble = 'a row has no value in its key';
        const value = stored(plan.key[at] ?? '', cell ?? '');
        return typeof value === 'string' ? value : value.secret;
      });
      const same = JSON.stringify(name);
      if (seen.has(same)) trouble = 'two rows have the same key';
      seen.add(same);
      if (seen.size > reference.most) trouble = `it has more than ${reference.most} rows`;
      const props: Record<string, Value> = {};
      for (let at = plan.key.length; at < plan.columns.length; at++) {
        const [column = '', cell] = [plan.columns[at], cells[at]];
        props[column] = cell === null || cell === undefined ? null : stored(column, cell);
      }
      notes.things.push({ kind: 'row', name: [...plan.parent.name, ...name], parent: plan.parent, props });
    },
    end: (): void => {
      if (trouble === undefined) return;
      notes.things.length = start;
      notes.blind.push({ kind: 'row', name: plan.parent.name, why: trouble });
    },
  };
}
