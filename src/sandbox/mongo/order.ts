import { Binary, BSONRegExp, BSONSymbol, Code, Long, ObjectId, Timestamp } from 'bson';
import { compareNumbers, type Numeric } from './numbers.js';
import { asDoc, type Doc, isDoc, typeName } from './values.js';

/** Where a type stands in MongoDB's order of types. Missing comes before null; indexes and sorts treat it as null. */
const ranks: Readonly<Record<string, number>> = {
  minKey: 0,
  missing: 1,
  null: 2,
  int: 3,
  long: 3,
  double: 3,
  decimal: 3,
  string: 4,
  symbol: 4,
  object: 5,
  array: 6,
  binData: 7,
  objectId: 8,
  bool: 9,
  date: 10,
  timestamp: 11,
  regex: 12,
  javascript: 14,
  maxKey: 20,
};

export function rankOf(value: unknown): number {
  if (typeof value === 'string') return 4;
  if (typeof value === 'number') return 3;
  return ranks[typeName(value)] ?? 5;
}

/** MongoDB's comparison order over all BSON values: negative, zero or positive. Numbers compare by value whatever their type. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const [left, right] = [rankOf(a), rankOf(b)];
  if (left !== right) return left - right;
  if (left === 3) return compareNumbers(a as Numeric, b as Numeric);
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (a instanceof ObjectId && b instanceof ObjectId) return compareBytes(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === 'boolean') return a ? 1 : -1;
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b);
  return isDoc(a) ? compareDocs(a, asDoc(b)) : compareRare(a, b);
}

export const equal = (a: unknown, b: unknown): boolean => compare(a, b) === 0;

/** UTF-8 byte order, which differs from UTF-16 order only where surrogates meet higher code units. */
export function compareStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x === y) continue;
    return isSurrogate(x) === isSurrogate(y) || x < 0xd800 || y < 0xd800 ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;
const compareBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b);

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const order = compare(a[at] ?? null, b[at] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareDocs(a: Doc, b: Doc): number {
  const [left, right] = [fields(a), fields(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const [x = '', y = ''] = [left[at], right[at]];
    const order = rankOf(a[x]) - rankOf(b[y]) || compareStrings(x, y) || compare(a[x], b[y]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

const fields = (document: Doc): string[] =>
  Object.keys(document).filter((key) => document[key] !== undefined);

function compareRare(a: unknown, b: unknown): number {
  if (a instanceof Binary && b instanceof Binary) {
    return a.length() - b.length() || a.sub_type - b.sub_type || compareBytes(bytesOf(a), bytesOf(b));
  }
  if (a instanceof Timestamp && b instanceof Timestamp)
    return Long.fromBits(a.low, a.high, true).compare(Long.fromBits(b.low, b.high, true));
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) {
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
  }
  if (a instanceof Code && b instanceof Code)
    return compareStrings(a.code, b.code) || compare(a.scope ?? {}, b.scope ?? {});
  return compareStrings(textOf(a), textOf(b));
}

const bytesOf = (value: Binary): Uint8Array => value.buffer.subarray(0, value.length());
const textOf = (value: unknown): string =>
  value instanceof BSONSymbol ? value.value : typeof value === 'string' ? value : '';

/** The same BSON: same types, same fields in the same order. What decides whether an update changed anything. */
export function identical(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => identical(item, b[at]));
  if (isDoc(a) && isDoc(b)) {
    const [left, right] = [fields(a), fields(b)];
    return (
      left.length === right.length && left.every((key, at) => key === right[at] && identical(a[key], b[key]))
    );
  }
  return typeName(a) === typeName(b) && equal(a, b) && String(a) === String(b);
}

/** A text that is equal for equal values (unequal ones may share it): a hash for groups and sets. */
export function bucketOf(value: unknown): string {
  const rank = rankOf(value);
  if (rank === 3) return `3:${Number(String(value))}`;
  if (Array.isArray(value)) return `6:[${value.map(bucketOf).join()}]`;
  if (isDoc(value))
    return `5:{${fields(value)
      .map((key) => `${key}=${bucketOf(value[key])}`)
      .join()}}`;
  if (value instanceof Date) return `10:${value.getTime()}`;
  return `${rank}:${value instanceof ObjectId ? value.toHexString() : String(value)}`;
}
