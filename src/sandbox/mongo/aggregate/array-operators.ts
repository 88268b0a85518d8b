import { CommandError } from '../errors.js';
import { bucketOf, compare, equal } from '../order.js';
import { parseSort, sortDocuments } from '../sort.js';
import { asDoc, type Doc, isAbsent, isDoc, plainNumber, setField, typeName } from '../values.js';
import { type Operator, truthy } from './expression.js';
import { anyNumber, eager } from './logic-operators.js';

/** A set of values without repetition: equal by MongoDB's comparison. */
export function distinctValues(values: Iterable<unknown>): unknown[] {
  const buckets = new Map<string, unknown[]>();
  const distinct: unknown[] = [];
  for (const value of values) {
    const bucket = buckets.get(bucketOf(value)) ?? [];
    if (bucket.some((other) => equal(other, value))) continue;
    buckets.set(bucketOf(value), [...bucket, value]);
    distinct.push(value);
  }
  return distinct;
}

function list(name: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new CommandError(
    17124,
    `The argument to ${name} must be an array, but was of type: ${typeName(value)}`,
  );
}

/** An operator over arrays that is null as soon as one of them is. */
const overLists = (name: string, apply: (...lists: (readonly unknown[])[]) => unknown): Operator =>
  eager(anyNumber, (...values) =>
    values.some(isAbsent) ? null : apply(...values.map((value) => list(name, value))),
  );

const has = (values: readonly unknown[], value: unknown): boolean =>
  values.some((other) => equal(other, value));
const sortedSet = (values: Iterable<unknown>): unknown[] => distinctValues(values).sort(compare);

function slice(values: readonly unknown[], first: number, count: number | undefined): unknown[] {
  if (count === undefined) return first < 0 ? values.slice(first) : values.slice(0, first);
  if (count <= 0) throw new CommandError(28729, 'Third argument to $slice must be positive');
  const from = first < 0 ? Math.max(0, values.length + first) : first;
  return values.slice(from, from + count);
}

const forEachItem =
  (
    apply: (items: readonly unknown[], run: (item: unknown, extra?: Doc) => unknown, operand: Doc) => unknown,
    body: string,
  ): Operator =>
  (operand, compile, name) => {
    const given = asDoc(operand);
    const [input, inner] = [compile(given.input), compile(given[body])];
    const as = typeof given.as === 'string' ? given.as : 'this';
    return (scope) => {
      const items = input(scope);
      if (isAbsent(items)) return null;
      const run = (item: unknown, extra: Doc = {}) =>
        inner({ ...scope, variables: { ...scope.variables, [as]: item, ...extra } });
      return apply(list(name, items), run, {
        initial: compile(given.initialValue)(scope),
        limit: compile(given.limit)(scope),
      });
    };
  };

export const arrayOperators: Readonly<Record<string, Operator>> = {
  $size: eager(1, (value) => list('$size', value).length),
  $isArray: eager(1, (value) => Array.isArray(value)),
  $arrayElemAt: eager(2, (value, index) =>
    isAbsent(value) || isAbsent(index) ? null : list('$arrayElemAt', value).at(plainNumber(index) ?? 0),
  ),
  $first: eager(1, (value) => (isAbsent(value) ? null : list('$first', value)[0])),
  $last: eager(1, (value) => (isAbsent(value) ? null : list('$last', value).at(-1))),
  $slice: eager([2, 3], (value, first, count) =>
    isAbsent(value) ? null : slice(list('$slice', value), plainNumber(first) ?? 0, plainNumber(count)),
  ),
  $concatArrays: overLists('$concatArrays', (...lists) => lists.flat(1)),
  $reverseArray: overLists('$reverseArray', (values = []) => [...values].reverse()),
  $in: eager(2, (value, values) => {
    if (!Array.isArray(values))
      throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(values)}`);
    return has(values, value);
  }),
  $indexOfArray: eager(2, (values, value) =>
    isAbsent(values) ? null : list('$indexOfArray', values).findIndex((other) => equal(other, value)),
  ),
  $setUnion: overLists('$setUnion', (...lists) => sortedSet(lists.flat(1))),
  $setIntersection: overLists('$setIntersection', (first = [], ...others) =>
    sortedSet(first.filter((value) => others.every((other) => has(other, value)))),
  ),
  $setDifference: overLists('$setDifference', (first = [], second = []) =>
    distinctValues(first.filter((value) => !has(second, value))),
  ),
  $setIsSubset: overLists('$setIsSubset', (first = [], second = []) =>
    first.every((value) => has(second, value)),
  ),
  $setEquals: overLists('$setEquals', (first = [], ...others) =>
    others.every(
      (other) => first.every((value) => has(other, value)) && other.every((value) => has(first, value)),
    ),
  ),
  $anyElementTrue: overLists('$anyElementTrue', (values = []) => values.some(truthy)),
  $allElementsTrue: overLists('$allElementsTrue', (values = []) => values.every(truthy)),
  $map: forEachItem((items, run) => items.map((item) => run(item) ?? null), 'in'),
  $filter: forEachItem((items, run, { limit }) => {
    const kept = items.filter((item) => truthy(run(item)));
    return isAbsent(limit) ? kept : kept.slice(0, plainNumber(limit));
  }, 'cond'),
  $reduce: forEachItem(
    (items, run, { initial }) => items.reduce((value, item) => run(item, { value, this: item }), initial),
    'in',
  ),
  $sortArray: (operand, compile) => {
    const { input, sortBy } = asDoc(operand);
    const values = compile(input);
    const order = isDoc(sortBy) ? parseSort(sortBy) : parseSort({ value: sortBy });
    const keyOf = (item: unknown): Doc => (isDoc(sortBy) ? asDoc(item) : { value: [item] });
    return (scope) => {
      const items = values(scope);
      return isAbsent(items) ? null : sortDocuments(list('$sortArray', items), order, keyOf);
    };
  },
  $objectToArray: eager(1, (value) =>
    isAbsent(value) ? null : Object.entries(asDoc(value)).map(([k, v]) => ({ k, v })),
  ),
  $arrayToObject: eager(1, (value) => {
    if (isAbsent(value)) return null;
    const result: Doc = {};
    for (const item of list('$arrayToObject', value)) {
      const [key, field] = Array.isArray(item) ? item : [asDoc(item).k, asDoc(item).v];
      setField(result, String(key), field);
    }
    return result;
  }),
};
