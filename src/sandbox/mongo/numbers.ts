import { Decimal128, Double, Long } from 'bson';
import { double, integer, looksLikeInt32 } from './values.js';

export type Numeric = number | Double | Long | Decimal128;

/** An exact finite number: `digits` times ten to the power of `exponent`. */
interface Exact {
  readonly digits: bigint;
  readonly exponent: number;
}

const isInteger = (value: Numeric): boolean =>
  value instanceof Long || (typeof value === 'number' && looksLikeInt32(value));
const toNumber = (value: Numeric): number => (typeof value === 'number' ? value : Number(value.toString()));
const toBigInt = (value: Numeric): bigint => BigInt(value.toString());

/** MongoDB's order of numbers: exact across types, NaN below all. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const [x, y] = [toNumber(a), toNumber(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  if (x !== y && !isWide(a) && !isWide(b)) return x < y ? -1 : 1;
  if (typeof a === 'number' && typeof b === 'number') return 0;
  const [left, right] = [exact(a), exact(b)];
  if (left === undefined || right === undefined) return infinity(a) - infinity(b);
  const exponent = Math.min(left.exponent, right.exponent);
  const [p, q] = [scaled(left, exponent), scaled(right, exponent)];
  return p < q ? -1 : p > q ? 1 : 0;
}

/** A decimal may differ from a number that JavaScript cannot tell from it. */
const isWide = (value: Numeric): boolean => value instanceof Decimal128;
const infinity = (value: Numeric): number => {
  const text = value.toString();
  return text.endsWith('Infinity') ? (text.startsWith('-') ? -1 : 1) : 0;
};
const scaled = (value: Exact, exponent: number): bigint =>
  value.digits * 10n ** BigInt(value.exponent - exponent);

/** The value without rounding; undefined for infinities and NaN. */
function exact(value: Numeric): Exact | undefined {
  if (value instanceof Decimal128) return exactDecimal(value.toString());
  if (value instanceof Long) return { digits: value.toBigInt(), exponent: 0 };
  const number = toNumber(value);
  if (!Number.isFinite(number)) return undefined;
  let [digits, halvings] = [number, 0];
  while (!Number.isInteger(digits)) {
    digits *= 2;
    halvings += 1;
  }
  return { digits: BigInt(digits) * 5n ** BigInt(halvings), exponent: -halvings };
}

function exactDecimal(text: string): Exact | undefined {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(text) ?? [];
  if (whole + fraction === '') return undefined;
  return { digits: BigInt(`${sign}${whole}${fraction}`), exponent: Number(power) - fraction.length };
}

/** Sum with MongoDB's result type: the wider of the two; undefined when 64 bits overflow. */
export function add(a: Numeric, b: Numeric): Numeric | undefined {
  if (typeof a === 'number' && typeof b === 'number' && isInteger(a) && isInteger(b)) {
    return looksLikeInt32(a + b) ? a + b : Long.fromNumber(a + b);
  }
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalResult(a, b, addExact);
  return isInteger(a) && isInteger(b)
    ? keepLong(integer(toBigInt(a) + toBigInt(b)), a, b)
    : double(toNumber(a) + toNumber(b));
}

/** Product with MongoDB's result type: the wider of the two; undefined when 64 bits overflow. */
export function multiply(a: Numeric, b: Numeric): Numeric | undefined {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimalResult(a, b, multiplyExact);
  return isInteger(a) && isInteger(b)
    ? keepLong(integer(toBigInt(a) * toBigInt(b)), a, b)
    : double(toNumber(a) * toNumber(b));
}

export const negate = (value: Numeric): Numeric => multiply(value, -1) ?? value;

const keepLong = (result: number | Long | undefined, a: Numeric, b: Numeric): number | Long | undefined =>
  typeof result === 'number' && (a instanceof Long || b instanceof Long) ? Long.fromNumber(result) : result;

const addExact = (a: Exact, b: Exact): Exact => {
  const exponent = Math.min(a.exponent, b.exponent);
  return { digits: scaled(a, exponent) + scaled(b, exponent), exponent };
};
const multiplyExact = (a: Exact, b: Exact): Exact => ({
  digits: a.digits * b.digits,
  exponent: a.exponent + b.exponent,
});

function decimalResult(a: Numeric, b: Numeric, combine: (x: Exact, y: Exact) => Exact): Decimal128 {
  const [left, right] = [asDecimal(a), asDecimal(b)];
  if (left === undefined || right === undefined)
    return Decimal128.fromString(String(toNumber(a) + toNumber(b)));
  const { digits, exponent } = combine(left, right);
  return Decimal128.fromStringWithRounding(`${digits}E${exponent}`);
}

/** A double enters decimal arithmetic with the 15 digits MongoDB gives it. */
const asDecimal = (value: Numeric): Exact | undefined =>
  typeof value === 'number' || value instanceof Double
    ? exactDecimal(
        Number.isInteger(toNumber(value)) ? String(BigInt(toNumber(value))) : toNumber(value).toPrecision(15),
      )
    : exact(value);
