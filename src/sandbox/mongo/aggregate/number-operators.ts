import { Long } from 'bson';
import { badValue, CommandError, wrongType } from '../errors.js';
import { add, multiply, type Numeric, negate } from '../numbers.js';
import { compare } from '../order.js';
import { double, integer, isAbsent, isNumeric, looksLikeInt32, plainNumber, typeName } from '../values.js';
import type { Operator } from './expression.js';
import { anyNumber, eager } from './logic-operators.js';

const isWhole = (value: unknown): boolean =>
  value instanceof Long || (typeof value === 'number' && looksLikeInt32(value));

/** Sum as `$add` and `$sum` work it out; integers that overflow 64 bits become doubles. */
const plus = (a: Numeric, b: Numeric): Numeric => add(a, b) ?? double(Number(String(a)) + Number(String(b)));

/** Sums the numbers among values and passes over the rest, as `$sum` does. */
export const sumOf = (values: readonly unknown[]): Numeric =>
  values.filter(isNumeric).reduce<Numeric>(plus, 0);

/** The mean of the numbers among values as a double; null when there are none. */
export function averageOf(values: readonly unknown[]): unknown {
  const numbers = values.filter(isNumeric);
  return numbers.length === 0 ? null : double((plainNumber(sumOf(numbers)) ?? 0) / numbers.length);
}

export const leastOf = (values: readonly unknown[]): unknown =>
  values
    .filter((value) => !isAbsent(value))
    .reduce<unknown>((least, value) => (isAbsent(least) || compare(value, least) < 0 ? value : least), null);
export const greatestOf = (values: readonly unknown[]): unknown =>
  values
    .filter((value) => !isAbsent(value))
    .reduce<unknown>((most, value) => (isAbsent(most) || compare(value, most) > 0 ? value : most), null);

function addAll(...values: unknown[]): unknown {
  if (values.some(isAbsent)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new CommandError(16612, 'only one date allowed in an $add expression');
  const sum = values
    .filter((value) => !(value instanceof Date))
    .reduce<Numeric>((total, value) => plus(total, numeric('$add', value)), 0);
  const [date] = dates;
  return date === undefined ? sum : new Date(date.getTime() + Math.round(plainNumber(sum) ?? 0));
}

function subtract(a: unknown, b: unknown): unknown {
  if (isAbsent(a) || isAbsent(b)) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date) return new Date(a.getTime() - Math.round(plainNumber(numeric('$subtract', b)) ?? 0));
  return plus(numeric('$subtract', a), negate(numeric('$subtract', b)));
}

function divide(a: unknown, b: unknown): unknown {
  if (isAbsent(a) || isAbsent(b)) return null;
  const [x, y] = [plainNumber(numeric('$divide', a)) ?? 0, plainNumber(numeric('$divide', b)) ?? 0];
  if (y === 0) throw badValue("can't $divide by zero");
  return double(x / y);
}

function modulo(a: unknown, b: unknown): unknown {
  if (isAbsent(a) || isAbsent(b)) return null;
  const [x, y] = [numeric('$mod', a), numeric('$mod', b)];
  if (plainNumber(y) === 0) throw new CommandError(16610, "can't $mod by zero");
  if (isWhole(x) && isWhole(y)) return integer(BigInt(String(x)) % BigInt(String(y)));
  return double((plainNumber(x) ?? 0) % (plainNumber(y) ?? 1));
}

function numeric(name: string, value: unknown): Numeric {
  if (isNumeric(value)) return value;
  throw wrongType(`${name} only supports numeric types, not ${typeName(value)}`);
}

/** A rounding that leaves integers as they are. */
const rounding = (round: (value: number) => number): Operator =>
  eager(1, (value) =>
    isAbsent(value)
      ? null
      : isWhole(value)
        ? value
        : double(round(plainNumber(numeric('the operator', value)) ?? 0)),
  );

const overArray =
  (apply: (values: readonly unknown[]) => unknown): Operator =>
  (operand, compile, name) =>
    eager(anyNumber, (...values) =>
      apply(values.length === 1 && Array.isArray(values[0]) ? values[0] : values),
    )(operand, compile, name);

export const numberOperators: Readonly<Record<string, Operator>> = {
  $add: eager(anyNumber, addAll),
  $subtract: eager(2, subtract),
  $multiply: eager(anyNumber, (...values) =>
    values.some(isAbsent)
      ? null
      : values.reduce<Numeric>((product, value) => {
          const factor = numeric('$multiply', value);
          return multiply(product, factor) ?? double(Number(String(product)) * Number(String(factor)));
        }, 1),
  ),
  $divide: eager(2, divide),
  $mod: eager(2, modulo),
  $abs: eager(1, (value) =>
    isAbsent(value) ? null : compare(value, 0) < 0 ? negate(numeric('$abs', value)) : numeric('$abs', value),
  ),
  $ceil: rounding(Math.ceil),
  $floor: rounding(Math.floor),
  $sqrt: eager(1, (value) =>
    isAbsent(value) ? null : double(Math.sqrt(plainNumber(numeric('$sqrt', value)) ?? 0)),
  ),
  $range: eager([2, 3], (first, end, step = 1) => {
    const [from, to, by] = [first, end, step].map((value) => plainNumber(value) ?? 0);
    if (by === undefined || by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
    return Array.from(
      { length: Math.max(0, Math.ceil(((to ?? 0) - (from ?? 0)) / by)) },
      (_, at) => (from ?? 0) + at * by,
    );
  }),
  $sum: overArray(sumOf),
  $avg: overArray(averageOf),
  $min: overArray(leastOf),
  $max: overArray(greatestOf),
};
