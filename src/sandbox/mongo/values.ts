import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  deserialize,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import { CommandError } from './errors.js';

/** A document as the engine holds it: plain objects, arrays and BSON values; `undefined` means missing. */
export type Doc = Record<string, unknown>;

/**
 * Reads BSON without losing a number's type. A JavaScript number is kept only where writing it gives the same BSON type again
 * (32-bit integers, and doubles that cannot be taken for one); a double such as 5.0 stays a `Double`, a 64-bit integer a `Long`.
 */
export const decode = (bytes: Uint8Array): Doc =>
  asDoc(simplify(deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true })));

export const encode = (document: Doc): Uint8Array => {
  try {
    return serialize(document, { ignoreUndefined: true });
  } catch (error) {
    throw new CommandError(10334, `BSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

function simplify(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Int32) return value.value;
  if (value instanceof Double) return double(value.value);
  if (Array.isArray(value)) return value.map(simplify);
  if (value instanceof DBRef) return simplifyFields({ ...refOf(value), ...value.fields });
  return isDoc(value) ? simplifyFields(value) : value;
}

function simplifyFields(document: Doc): Doc {
  for (const key of Object.keys(document)) {
    const value = document[key];
    if (typeof value === 'object') document[key] = simplify(value);
  }
  return document;
}

const refOf = (ref: DBRef): Doc => ({
  $ref: ref.collection,
  $id: ref.oid,
  ...(ref.db === undefined ? {} : { $db: ref.db }),
});

/** A BSON double in the engine's own form. */
export const double = (value: number): number | Double => (looksLikeInt32(value) ? new Double(value) : value);

/** A BSON integer in the engine's own form: 32 bits where it fits, else 64; undefined beyond that. */
export function integer(value: bigint): number | Long | undefined {
  if (value >= -2147483648n && value <= 2147483647n) return Number(value);
  return BigInt.asIntN(64, value) === value ? Long.fromBigInt(value) : undefined;
}

export const looksLikeInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

export const isDoc = (value: unknown): value is Doc => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Null or missing. */
export const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

export const isNumeric = (value: unknown): value is number | Double | Long | Decimal128 =>
  typeof value === 'number' ||
  value instanceof Double ||
  (value instanceof Long && !(value instanceof Timestamp)) ||
  value instanceof Decimal128;

export const asDoc = (value: unknown): Doc => (isDoc(value) ? value : {});
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asDocs = (value: unknown): Doc[] => asList(value).map(asDoc);

/** The number as JavaScript sees it, whatever its BSON type; undefined for what is no number. */
export function plainNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  if (value instanceof Decimal128) return Number(value.toString());
  return isNumeric(value) ? Number(value.toString()) : undefined;
}

export function clone<T>(value: T): T;
export function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => clone<unknown>(item));
  if (!isDoc(value)) return value;
  const copy: Doc = {};
  for (const key of Object.keys(value)) setField(copy, key, clone(value[key]));
  return copy;
}

/** Sets a field by any name, also `__proto__`. */
export function setField(document: Doc, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(document, key, { value, writable: true, enumerable: true, configurable: true });
  } else document[key] = value;
}

/** BSON type names and numbers as `$type` uses them. */
export const typeNumbers: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

/** The BSON type's name of a value; 'missing' for undefined. */
export function typeName(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'number') return looksLikeInt32(value) ? 'int' : 'double';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  return classNames.find(([type]) => value instanceof type)?.[1] ?? 'object';
}

type BsonClass = abstract new (...args: never[]) => unknown;
const classNames: readonly (readonly [BsonClass, string])[] = [
  [ObjectId, 'objectId'],
  [Double, 'double'],
  [Timestamp, 'timestamp'],
  [Long, 'long'],
  [Decimal128, 'decimal'],
  [Binary, 'binData'],
  [BSONRegExp, 'regex'],
  [BSONSymbol, 'symbol'],
  [Code, 'javascript'],
  [MinKey, 'minKey'],
  [MaxKey, 'maxKey'],
];
