import { Long, Timestamp } from 'bson';
import { badValue, wrongType } from '../errors.js';
import { add, multiply, type Numeric } from '../numbers.js';
import { compare } from '../order.js';
import { isDoc, isNumeric, typeName } from '../values.js';
import { addToSet, pop, pull, pullAll, push, type UpdateOperator } from './array-operators.js';
import type { Target } from './targets.js';

function arithmetic(
  name: string,
  verb: string,
  apply: (a: Numeric, b: Numeric) => Numeric | undefined,
  missing: (by: Numeric) => Numeric,
): UpdateOperator {
  return (operand) => {
    if (!isNumeric(operand))
      throw wrongType(`Cannot ${verb} with non-numeric argument: ${JSON.stringify(operand)}`);
    return (target) => {
      const value = target.get();
      if (value !== undefined && !isNumeric(value)) {
        throw wrongType(
          `Cannot apply ${name} to a value of non-numeric type. The field '${target.path}' has non-numeric type ${typeName(value)}`,
        );
      }
      const result = value === undefined ? missing(operand) : apply(value, operand);
      if (result === undefined)
        throw badValue(
          `Failed to apply ${name} operations to current value (${String(value)}): the result overflows 64 bits`,
        );
      target.set(result);
    };
  };
}

const keepIf =
  (accepts: (order: number) => boolean): UpdateOperator =>
  (operand) =>
  (target) => {
    const value = target.get();
    if (value === undefined || accepts(compare(operand, value))) target.set(operand);
  };

const currentDate: UpdateOperator = (operand) => {
  const type = isDoc(operand) ? operand.$type : operand;
  if (type === true || type === false || type === 'date') return (target) => target.set(new Date());
  if (type !== 'timestamp')
    throw badValue(
      `The '$type' string field is required to be 'date' or 'timestamp': ${JSON.stringify(operand)}`,
    );
  return (target) => target.set(new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }));
};

const bit: UpdateOperator = (operand) => {
  const [[operation = '', mask] = []] = isDoc(operand) ? Object.entries(operand) : [];
  const combine = bitwise[operation];
  if (combine === undefined)
    throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${operation}'`);
  return (target) => {
    const value = target.get() ?? 0;
    const [a, b] = [BigInt(String(value)), BigInt(String(mask))];
    const result = combine(a, b);
    target.set(value instanceof Long || mask instanceof Long ? Long.fromBigInt(result) : Number(result));
  };
};

const bitwise: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

const zeroLike = (by: Numeric): Numeric => multiply(by, 0) ?? 0;
const set: UpdateOperator = (operand) => (target) => target.set(operand);
const unset: UpdateOperator = () => (target: Target) => target.unset();

/** The update operators, save for `$rename`, which has two ends. */
export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  $set: set,
  $setOnInsert: set,
  $unset: unset,
  $inc: arithmetic('$inc', 'increment', add, (by) => by),
  $mul: arithmetic('$mul', 'multiply', multiply, zeroLike),
  $min: keepIf((order) => order < 0),
  $max: keepIf((order) => order > 0),
  $currentDate: currentDate,
  $bit: bit,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};

/** These have nothing to do where the path does not exist, and make nothing on the way. */
export const needsExisting = new Set(['$unset', '$pop', '$pull', '$pullAll']);
