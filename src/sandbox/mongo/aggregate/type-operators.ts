import { Decimal128, Long, ObjectId } from 'bson';
import { CommandError } from '../errors.js';
import {
  asDoc,
  type Doc,
  double,
  isAbsent,
  isDoc,
  isNumeric,
  looksLikeInt32,
  plainNumber,
  setField,
  typeName,
} from '../values.js';
import { type Operator, truthy } from './expression.js';
import { anyNumber, eager } from './logic-operators.js';

function noConversion(value: unknown, target: string): CommandError {
  const shown =
    typeof value === 'string'
      ? `Failed to parse ${target} '${value}' in $convert with no onError value`
      : undefined;
  return new CommandError(
    241,
    shown ?? `Unsupported conversion from ${typeName(value)} to ${target} in $convert with no onError value`,
  );
}

function numberFrom(value: unknown, target: string): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date && target !== 'int') return value.getTime();
  const number =
    typeof value === 'string' && /^\s*$/.test(value)
      ? Number.NaN
      : typeof value === 'string'
        ? Number(value)
        : plainNumber(value);
  if (number === undefined || (typeof value === 'string' && Number.isNaN(number)))
    throw noConversion(value, target);
  return number;
}

function toInt(value: unknown): unknown {
  const number = Math.trunc(numberFrom(value, 'int'));
  if (!looksLikeInt32(number + 0))
    throw new CommandError(
      241,
      `Conversion would overflow target type in $convert with no onError value: ${number}`,
    );
  return number + 0;
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (typeof value === 'boolean' || isNumeric(value)) return String(value);
  throw noConversion(value, 'string');
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  const date = typeof value === 'string' ? new Date(value) : new Date(plainNumber(value) ?? Number.NaN);
  if (Number.isNaN(date.getTime())) throw noConversion(value, 'date');
  return date;
}

function toObjectId(value: unknown): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value);
  throw noConversion(value, 'objectId');
}

const conversion = (convert: (value: unknown) => unknown): Operator =>
  eager(1, (value) => (isAbsent(value) ? null : convert(value)));

/** Fields of several documents in one; later ones win. */
export function mergeObjects(...values: unknown[]): Doc {
  const result: Doc = {};
  for (const value of values.flatMap((item) =>
    values.length === 1 && Array.isArray(item) ? item : [item],
  )) {
    if (isAbsent(value)) continue;
    if (!isDoc(value))
      throw new CommandError(
        40400,
        `$mergeObjects requires object inputs, but input ${String(value)} is of type ${typeName(value)}`,
      );
    for (const [key, field] of Object.entries(value)) setField(result, key, field);
  }
  return result;
}

export const typeOperators: Readonly<Record<string, Operator>> = {
  $type: eager(1, (value) => typeName(value)),
  $isNumber: eager(1, (value) => isNumeric(value)),
  $toBool: conversion(truthy),
  $toString: conversion(toText),
  $toInt: conversion(toInt),
  $toLong: conversion((value) =>
    value instanceof Long ? value : Long.fromNumber(Math.trunc(numberFrom(value, 'long'))),
  ),
  $toDouble: conversion((value) => double(numberFrom(value, 'double'))),
  $toDecimal: conversion((value) =>
    value instanceof Decimal128 ? value : Decimal128.fromString(String(numberFrom(value, 'decimal'))),
  ),
  $toDate: conversion(toDate),
  $toObjectId: conversion(toObjectId),
  $mergeObjects: eager(anyNumber, mergeObjects),
  $getField: (operand, compile) => {
    const given = isDoc(operand) && 'field' in operand ? operand : { field: operand };
    const [field, input] = [compile(given.field), compile(given.input ?? '$$CURRENT')];
    return (scope) => asDoc(input(scope))[String(field(scope))];
  },
};
