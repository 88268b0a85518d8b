import { badValue, unsupported } from './errors.js';
import { indexKeys } from './index-keys.js';
import { compare } from './order.js';
import { type Path, pathOf } from './paths.js';
import { type Doc, isDoc, plainNumber } from './values.js';

export interface SortField {
  readonly field: string;
  readonly path: Path;
  readonly direction: 1 | -1;
}

export function parseSort(sort: Doc): SortField[] {
  return Object.entries(sort).map(([field, given]) => {
    if (isDoc(given)) throw unsupported(`Sorting by ${Object.keys(given)[0] ?? 'an empty document'}`);
    const direction = plainNumber(given);
    if (direction === undefined)
      throw badValue(`Illegal key in $sort specification: ${field}: ${JSON.stringify(given)}`);
    if (direction !== 1 && direction !== -1)
      throw badValue('$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (field === '') throw badValue('FieldPath cannot be constructed with empty string');
    return { field, path: pathOf(field), direction };
  });
}

/** Sorts as MongoDB does: missing as null, an array by its least element upwards and its greatest downwards; stable. */
export function sortDocuments<T>(
  items: readonly T[],
  fields: readonly SortField[],
  documentOf: (item: T) => Doc,
): T[] {
  if (fields.length === 0) return [...items];
  const keyed = items.map((item) => ({ item, key: sortKey(documentOf(item), fields) }));
  keyed.sort((a, b) => compareSortKeys(a.key, b.key, fields));
  return keyed.map(({ item }) => item);
}

/** The key a document sorts by: of the keys an index would have, the first in this order. */
function sortKey(document: Doc, fields: readonly SortField[]): readonly unknown[] {
  const keys = indexKeys(
    document,
    fields.map(({ path }) => path),
  );
  return keys.reduce((first, key) => (compareSortKeys(key, first, fields) < 0 ? key : first), keys[0] ?? []);
}

function compareSortKeys(a: readonly unknown[], b: readonly unknown[], fields: readonly SortField[]): number {
  for (const [at, { direction }] of fields.entries()) {
    const order = compare(a[at], b[at]);
    if (order !== 0) return order * direction;
  }
  return 0;
}
