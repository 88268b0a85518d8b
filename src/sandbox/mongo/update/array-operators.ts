import { distinctValues } from '../aggregate/array-operators.js';
import { badValue, CommandError } from '../errors.js';
import { elementMatcher } from '../match.js';
import { compare, equal } from '../order.js';
import { parseSort, sortDocuments } from '../sort.js';
import { asDoc, type Doc, isDoc, plainNumber, typeName } from '../values.js';
import type { Target } from './targets.js';

/** Compiles the operand of an update operator once; the result changes one target. */
export type UpdateOperator = (operand: unknown) => (target: Target) => void;

function listAt(target: Target, name: string): readonly unknown[] {
  const value = target.get();
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (name === '$addToSet') {
    throw badValue(
      `Cannot apply $addToSet to non-array field. Field named '${target.path.split('.').at(-1)}' has non-array type ${typeName(value)}`,
    );
  }
  const message = `The field '${target.path}' must be an array but is of type ${typeName(value)}`;
  throw name === '$push'
    ? badValue(message)
    : new CommandError(14, `Cannot apply ${name} to a non-array value: ${message}`);
}

const modifiers = ['$each', '$slice', '$sort', '$position'];

/** `$push`, with its modifiers applied in MongoDB's order: insert, sort, slice. */
export const push: UpdateOperator = (operand) => {
  const given: Doc = isDoc(operand) && '$each' in operand ? operand : { $each: [operand] };
  const unknown = Object.keys(given).find((key) => !modifiers.includes(key));
  if (unknown !== undefined) throw badValue(`Unrecognized clause in $push: ${unknown}`);
  const { $each, $slice, $sort, $position } = given;
  if (!Array.isArray($each))
    throw badValue(`The argument to $each in $push must be an array but it was of type: ${typeName($each)}`);
  const [added, slice, position] = [
    $each as unknown[],
    wholeOption('$slice', $slice),
    wholeOption('$position', $position),
  ];
  const order = $sort === undefined ? undefined : sorterOf($sort);
  return (target) => {
    const list = listAt(target, '$push');
    const joined = position === undefined ? [...list, ...added] : list.toSpliced(position, 0, ...added);
    const sorted = order === undefined ? joined : order(joined);
    target.set(slice === undefined ? sorted : slice < 0 ? sorted.slice(slice) : sorted.slice(0, slice));
  };
};

function wholeOption(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = plainNumber(value);
  if (number === undefined || !Number.isInteger(number))
    throw badValue(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
  return number;
}

function sorterOf(sort: unknown): (list: readonly unknown[]) => unknown[] {
  if (isDoc(sort)) {
    const order = parseSort(sort);
    return (list) => sortDocuments(list, order, asDoc);
  }
  const direction = plainNumber(sort);
  if (direction !== 1 && direction !== -1) throw badValue('The $sort element value must be either 1 or -1');
  return (list) => list.toSorted((a, b) => compare(a, b) * direction);
}

/** `$addToSet`: each value once, in the order given, whatever number type it has. */
export const addToSet: UpdateOperator = (operand) => {
  const added: unknown[] =
    isDoc(operand) && Array.isArray(operand.$each) ? distinctValues(operand.$each as unknown[]) : [operand];
  return (target) => {
    const list = listAt(target, '$addToSet');
    target.set([...list, ...added.filter((value) => !list.some((other) => equal(other, value)))]);
  };
};

export const pop: UpdateOperator = (operand) => {
  const end = plainNumber(operand);
  if (end !== 1 && end !== -1) throw new CommandError(9, `$pop expects 1 or -1, found: ${String(operand)}`);
  return (target) => {
    if (target.get() === undefined) return;
    const list = listAt(target, '$pop');
    target.set(end === 1 ? list.slice(0, -1) : list.slice(1));
  };
};

/** `$pull`: elements equal to a value, or matching a filter or operators. */
export const pull: UpdateOperator = (operand) => {
  const gone = elementMatcher(isDoc(operand) ? operand : { $in: [operand] });
  return (target) => removeWhere(target, '$pull', gone);
};

export const pullAll: UpdateOperator = (operand) => {
  if (!Array.isArray(operand))
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return (target) => removeWhere(target, '$pullAll', (item) => operand.some((value) => equal(value, item)));
};

function removeWhere(target: Target, name: string, gone: (item: unknown) => boolean): void {
  if (target.get() === undefined) return;
  const list = target.get();
  if (!Array.isArray(list)) throw badValue(`Cannot apply ${name} to a non-array value`);
  target.set(list.filter((item) => !gone(item)));
}
