import { CommandError } from './errors.js';
import { indexKeys } from './index-keys.js';
import { compileFilter, type Matcher } from './match.js';
import { compare, rankOf } from './order.js';
import { type Path, pathOf, plainValue } from './paths.js';
import { asDoc, type Doc } from './values.js';

/** An index as `listIndexes` shows it. */
export interface IndexSpec extends Doc {
  readonly v: number;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly name: string;
  readonly unique?: boolean;
  readonly sparse?: boolean;
  readonly partialFilterExpression?: Doc;
  readonly expireAfterSeconds?: number;
}

interface Entry {
  readonly key: readonly unknown[];
  readonly record: number;
}

/** One end of a range over a key's field: a value, or the edge of everything of a type. */
interface Bound {
  readonly value: unknown;
  readonly inclusive: boolean;
  /** The bound is the edge of the value's type, not the value. */
  readonly edge?: boolean;
}

/** Where to read in an index: equal values for its first fields, then perhaps a range over the next. */
export interface Range {
  readonly equal: readonly unknown[];
  readonly low?: Bound;
  readonly high?: Bound;
}

/** The documents of a collection in the order of some fields: a sorted list of keys, searched by halving. */
export interface Index {
  readonly spec: IndexSpec;
  readonly paths: readonly Path[];
  /** Some document stands under several keys, so the order of keys is not an order of documents. */
  multikey(): boolean;
  /** Throws if the document cannot be indexed, or with the duplicate-key error if another one than `record` has a key of it. */
  check(document: Doc, record: number | undefined, namespace: string): void;
  insert(document: Doc, record: number): void;
  remove(document: Doc, record: number): void;
  /** The records in a range, in key order or against it; a record may come more than once. */
  read(range: Range, backwards: boolean): Iterable<number>;
}

export function createIndex(spec: IndexSpec): Index {
  const paths = Object.keys(spec.key).map(pathOf);
  const directions = Object.values(spec.key);
  const covers = coverage(spec, paths);
  const entries: Entry[] = [];
  let severalKeys = 0;

  const compareKeys = (a: readonly unknown[], b: readonly unknown[]): number => {
    for (let at = 0; at < directions.length; at += 1) {
      const order = compare(a[at], b[at]);
      if (order !== 0) return order * (directions[at] ?? 1);
    }
    return 0;
  };
  /** The first entry for which `isBefore` no longer holds. */
  const search = (isBefore: (entry: Entry) => boolean): number => {
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = entries[middle];
      if (entry !== undefined && isBefore(entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const placeOf = (key: readonly unknown[], record: number): number =>
    search((entry) => (compareKeys(entry.key, key) || entry.record - record) < 0);
  const keysOf = (document: Doc): unknown[][] => (covers(document) ? indexKeys(document, paths) : []);

  return {
    spec,
    paths,
    multikey: () => severalKeys > 0,
    check(document, record, namespace) {
      const keys = keysOf(document);
      if (spec.unique !== true) return;
      for (const key of keys) {
        let at = placeOf(key, -1);
        let entry = entries[at];
        while (entry !== undefined && entry.record === record && compareKeys(entry.key, key) === 0)
          entry = entries[++at];
        if (entry !== undefined && compareKeys(entry.key, key) === 0)
          throw duplicateKey(spec, key, namespace);
      }
    },
    insert(document, record) {
      const keys = keysOf(document);
      if (keys.length > 1) severalKeys += 1;
      for (const key of keys) entries.splice(placeOf(key, record), 0, { key, record });
    },
    remove(document, record) {
      const keys = keysOf(document);
      if (keys.length > 1) severalKeys -= 1;
      for (const key of keys) {
        const at = placeOf(key, record);
        if (entries[at]?.record === record) entries.splice(at, 1);
      }
    },
    *read(range, backwards) {
      const start = search((entry) => side(entry.key, range, directions) < 0);
      const end = search((entry) => side(entry.key, range, directions) <= 0);
      const found = entries.slice(start, end);
      if (backwards) found.reverse();
      for (const { record } of found) yield record;
    },
  };
}

/** Where a key lies: before the range (negative), in it (zero) or after it. */
function side(key: readonly unknown[], { equal, low, high }: Range, directions: readonly (1 | -1)[]): number {
  for (let at = 0; at < equal.length; at += 1) {
    const order = compare(key[at], equal[at]);
    if (order !== 0) return order * (directions[at] ?? 1);
  }
  const [value, direction] = [key[equal.length], directions[equal.length] ?? 1];
  if (low !== undefined && isBelow(value, low)) return -direction;
  return high !== undefined && isAbove(value, high) ? direction : 0;
}

const against = (value: unknown, bound: Bound): number =>
  bound.edge === true ? rankOf(value) - rankOf(bound.value) : compare(value, bound.value);
const isBelow = (value: unknown, bound: Bound): boolean => against(value, bound) < (bound.inclusive ? 0 : 1);
const isAbove = (value: unknown, bound: Bound): boolean => against(value, bound) > (bound.inclusive ? 0 : -1);

/** Which documents an index holds: sparse ones leave out what has none of the fields, partial ones what does not match. */
function coverage(spec: IndexSpec, paths: readonly Path[]): Matcher {
  if (spec.partialFilterExpression !== undefined) return compileFilter(asDoc(spec.partialFilterExpression));
  if (spec.sparse !== true) return () => true;
  return compileFilter({ $or: paths.map((path) => ({ [path.join('.')]: { $exists: true } })) });
}

function duplicateKey(spec: IndexSpec, key: readonly unknown[], namespace: string): CommandError {
  const fields = Object.keys(spec.key);
  const keyValue = Object.fromEntries(fields.map((field, at) => [field, key[at] ?? null]));
  const shown = fields.map((field, at) => `${field}: ${showValue(key[at])}`).join(', ');
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${spec.name} dup key: { ${shown} }`,
    { keyPattern: spec.key, keyValue },
  );
}

function showValue(value: unknown): string {
  if (value === undefined || value === null) return String(value ?? 'null');
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (typeof value === 'object' && '_bsontype' in value && value._bsontype === 'ObjectId')
    return `ObjectId('${String(value)}')`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The `_id` of a document, where MongoDB puts it. */
export const idOf = (document: Doc): unknown => plainValue(document, ['_id']);
