import { Binary, BSONRegExp, Long } from 'bson';
import { badValue, failedToParse, unsupported } from './errors.js';
import { equalTo, ordered, regexTest, type Test } from './match-values.js';
import { isDoc, isNumeric, plainNumber, typeName, typeNumbers } from './values.js';

/** A test of values at a path; `whole` when it looks at arrays themselves and not at their elements. */
export interface OperatorTest {
  readonly test: Test;
  readonly whole: boolean;
}

type Compile = (operand: unknown, options: unknown) => OperatorTest;

const each = (test: Test): OperatorTest => ({ test, whole: false });

const operators: Readonly<Record<string, Compile>> = {
  $eq: (operand) => each(equalTo(operand)),
  $gt: (operand) => each(ordered(operand, (order) => order > 0)),
  $gte: (operand) => each(ordered(operand, (order) => order >= 0)),
  $lt: (operand) => each(ordered(operand, (order) => order < 0)),
  $lte: (operand) => each(ordered(operand, (order) => order <= 0)),
  $in: (operand) => each(oneOf(operand)),
  $regex: (operand, options) => each(regex(operand, options)),
  $mod: (operand) => each(modulo(operand)),
  $type: (operand) => ofType(operand),
  $size: (operand) => ({ test: ofSize(operand), whole: true }),
  $bitsAllSet: (operand) => each(bits(operand, (value, mask) => (value & mask) === mask)),
  $bitsAnySet: (operand) => each(bits(operand, (value, mask) => (value & mask) !== 0n)),
  $bitsAllClear: (operand) => each(bits(operand, (value, mask) => (value & mask) === 0n)),
  $bitsAnyClear: (operand) => each(bits(operand, (value, mask) => (value & mask) !== mask)),
};

const refused = [
  '$near',
  '$nearSphere',
  '$geoNear',
  '$geoWithin',
  '$geoIntersects',
  '$within',
  '$maxDistance',
  '$minDistance',
];

/** Compiles one query operator. Throws for operators MongoDB does not know and, by name, for those this engine does not do. */
export function operatorPredicate(name: string, operand: unknown, options: unknown): OperatorTest {
  if (refused.includes(name)) throw unsupported(`The query operator ${name}`);
  const compile = operators[name];
  if (compile === undefined) throw badValue(`unknown operator: ${name}`);
  return compile(operand, options);
}

function oneOf(operand: unknown): Test {
  if (!Array.isArray(operand)) throw badValue('$in needs an array');
  for (const item of operand) {
    if (isDoc(item) && Object.keys(item)[0]?.startsWith('$') === true && !('$ref' in item)) {
      throw badValue('cannot nest $ under $in');
    }
  }
  const tests = operand.map((item: unknown) => equalTo(item));
  return (value) => tests.some((matches) => matches(value));
}

function regex(operand: unknown, options: unknown): Test {
  if (operand instanceof BSONRegExp) return regexTest(operand.pattern, String(options ?? operand.options));
  if (typeof operand !== 'string') throw badValue('$regex has to be a string');
  return regexTest(operand, String(options ?? ''));
}

function modulo(operand: unknown): Test {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, remainder] = operand.map((item: unknown) => Math.trunc(plainNumber(item) ?? Number.NaN));
  if (divisor === undefined || Number.isNaN(divisor)) throw badValue('malformed mod, divisor not a number');
  if (remainder === undefined || Number.isNaN(remainder))
    throw badValue('malformed mod, remainder not a number');
  if (divisor === 0) throw badValue('divisor cannot be 0');
  return (value) => Math.trunc(plainNumber(value) ?? Number.NaN) % divisor === remainder;
}

/** `$type: 'array'` asks of the array itself, every other type also of its elements. */
function ofType(operand: unknown): OperatorTest {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).map(typeCode));
  if (wanted.size === 0) throw failedToParse('typename must match at least one type');
  const isNumber = wanted.has('number');
  const test: Test = (value) => {
    const name = typeName(value);
    return value !== undefined && (wanted.has(String(typeNumbers[name])) || (isNumber && isNumeric(value)));
  };
  return { test, whole: false };
}

function typeCode(type: unknown): string {
  if (type === 'number') return type;
  if (typeof type === 'string') {
    const code = typeNumbers[type];
    if (code === undefined) throw badValue(`Unknown type name alias: ${type}`);
    return String(code);
  }
  const code = plainNumber(type);
  if (code === undefined) throw wrongTypeOperand();
  if (!Object.values(typeNumbers).includes(code)) throw badValue(`Invalid numerical type code: ${code}`);
  return String(code);
}

const wrongTypeOperand = (): Error => badValue('type must be represented as a number or a string');

function ofSize(operand: unknown): Test {
  const size = plainNumber(operand);
  if (size === undefined)
    throw failedToParse(`Failed to parse $size. Expected a number in: $size: ${JSON.stringify(operand)}`);
  if (!Number.isInteger(size))
    throw failedToParse(`Failed to parse $size. Expected an integer: $size: ${size}`);
  if (size < 0)
    throw failedToParse(`Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  return (value) => Array.isArray(value) && value.length === size;
}

function bits(operand: unknown, accepts: (value: bigint, mask: bigint) => boolean): Test {
  const mask = maskOf(operand);
  return (value) => {
    const number = value instanceof Binary ? bytesToBits(value) : wholeNumber(value);
    return number !== undefined && accepts(number, mask);
  };
}

function maskOf(operand: unknown): bigint {
  if (Array.isArray(operand))
    return operand.reduce<bigint>((mask, bit) => mask | (1n << BigInt(plainNumber(bit) ?? 0)), 0n);
  const mask = operand instanceof Binary ? bytesToBits(operand) : wholeNumber(operand);
  if (mask === undefined)
    throw badValue('Expected an integer, an array of bit positions or binary data in a $bits operator');
  return mask;
}

const bytesToBits = (binary: Binary): bigint =>
  [...binary.buffer.subarray(0, binary.length())].reduce(
    (sum, byte, at) => sum | (BigInt(byte) << BigInt(8 * at)),
    0n,
  );

function wholeNumber(value: unknown): bigint | undefined {
  if (value instanceof Long) return value.toBigInt();
  const number = plainNumber(value);
  return number !== undefined && Number.isInteger(number) ? BigInt(number) : undefined;
}
