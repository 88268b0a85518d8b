import { BSONRegExp } from 'bson';
import type { Collection } from './collection.js';
import type { Index, Range } from './indexes.js';
import { isOperators } from './match.js';
import { equal, rankOf } from './order.js';
import type { SortField } from './sort.js';
import { asDoc, type Doc, isDoc } from './values.js';

/** How to find candidates: which index, where in it, and whether it already gives the wanted order. The filter is asked again. */
export interface Plan {
  readonly index: Index;
  readonly ranges: readonly Range[];
  readonly backwards: boolean;
  readonly sorted: boolean;
}

/** What a filter says of one field. */
interface Constraint {
  /** The values it may equal; undefined when no equality binds it. */
  equal?: readonly unknown[];
  low?: { value: unknown; inclusive: boolean };
  high?: { value: unknown; inclusive: boolean };
}

const mostRanges = 500;

/** The best index for a filter and a sort, or the one that was asked for; undefined means that every document must be looked at. */
export function choosePlan(
  collection: Collection,
  filter: Doc,
  sort: readonly SortField[],
  hinted?: Index,
): Plan | undefined {
  const constraints = constraintsOf(filter);
  if (hinted !== undefined) {
    const whole: Plan = { index: hinted, ranges: [{ equal: [] }], backwards: false, sorted: false };
    return planFor(hinted, constraints, sort) ?? whole;
  }
  let best: Plan | undefined;
  let bestScore = 0;
  for (const index of collection.indexes.values()) {
    const plan = usable(index, constraints, filter) ? planFor(index, constraints, sort) : undefined;
    const score = plan === undefined ? 0 : scoreOf(plan);
    if (plan !== undefined && score > bestScore) [best, bestScore] = [plan, score];
  }
  return best;
}

const scoreOf = ({ ranges, sorted, index }: Plan): number => {
  const [first] = ranges;
  const bound =
    (first?.equal.length ?? 0) * 4 + (first?.low !== undefined || first?.high !== undefined ? 2 : 0);
  const exact = index.spec.unique === true && first?.equal.length === index.paths.length ? 100 : 0;
  return bound + (sorted ? 1 : 0) + exact;
};

function planFor(
  index: Index,
  constraints: ReadonlyMap<string, Constraint>,
  sort: readonly SortField[],
): Plan | undefined {
  const fields = Object.keys(index.spec.key);
  let prefixes: unknown[][] = [[]];
  let bound = 0;
  const together = (field: string): boolean =>
    index.multikey() && fields.slice(0, bound).some((other) => rootOf(other) === rootOf(field));
  for (const field of fields) {
    if (together(field)) break;
    const values = constraints.get(field)?.equal;
    if (values === undefined || prefixes.length * values.length > mostRanges) break;
    prefixes = prefixes.flatMap((prefix) => values.map((value) => [...prefix, value]));
    bound += 1;
  }
  const field = fields[bound];
  const range =
    field === undefined || together(field) ? {} : rangeOf(constraints.get(field), index.multikey());
  const order = prefixes.length > 1 || index.multikey() ? undefined : orderFrom(index, bound, sort);
  const ranges = prefixes.map((prefix) => ({ equal: prefix, ...range }));
  if (bound === 0 && Object.keys(range).length === 0 && order === undefined) return undefined;
  return { index, ranges, backwards: order === 'backwards', sorted: order !== undefined };
}

/** Two fields below one array may be matched by two of its elements, but stand in one key only for the same element. */
const rootOf = (field: string): string => field.split('.', 1).join();

/** A multikey index may satisfy each end of a range with another element, so only one end bounds it. */
function rangeOf(constraint: Constraint | undefined, multikey: boolean): Pick<Range, 'low' | 'high'> {
  const { low, high } = constraint ?? {};
  const sample = low ?? high;
  if (sample === undefined) return {};
  const edge = { value: sample.value, inclusive: true, edge: true };
  if (multikey && low !== undefined) return { low, high: edge };
  return { low: low ?? edge, high: high ?? edge };
}

/** Whether the index, after its first `bound` fields, runs in the order asked for, or exactly against it. */
function orderFrom(
  index: Index,
  bound: number,
  sort: readonly SortField[],
): 'forwards' | 'backwards' | undefined {
  if (sort.length === 0) return undefined;
  const fields = Object.entries(index.spec.key);
  const fixed = fields.slice(0, bound).map(([field]) => field);
  const wanted = sort.filter(({ field }) => !fixed.includes(field));
  const rest = fields.slice(bound);
  const same = (sign: number) =>
    wanted.every(({ field, direction }, at) => rest[at]?.[0] === field && rest[at]?.[1] === direction * sign);
  return same(1) ? 'forwards' : same(-1) ? 'backwards' : undefined;
}

/** A sparse or partial index lacks documents: it serves only filters that cannot match those. */
function usable(index: Index, constraints: ReadonlyMap<string, Constraint>, filter: Doc): boolean {
  const { sparse, partialFilterExpression } = index.spec;
  if (partialFilterExpression !== undefined) return implies(filter, constraints, partialFilterExpression);
  return sparse !== true || Object.keys(index.spec.key).some((field) => bindsToValue(constraints.get(field)));
}

const bindsToValue = (constraint: Constraint | undefined): boolean =>
  constraint !== undefined &&
  (constraint.equal === undefined ||
    constraint.equal.every((value) => value !== null && value !== undefined));

function implies(filter: Doc, constraints: ReadonlyMap<string, Constraint>, partial: Doc): boolean {
  return Object.entries(partial).every(([field, condition]) => {
    if (field in filter && equal(filter[field], condition)) return true;
    if (isDoc(condition) && equal(condition, { $exists: true })) return bindsToValue(constraints.get(field));
    const values = constraints.get(field)?.equal;
    return !isOperators(condition) && values?.length === 1 && equal(values[0], condition);
  });
}

function constraintsOf(filter: Doc): Map<string, Constraint> {
  const constraints = new Map<string, Constraint>();
  for (const [field, condition] of conjuncts(filter)) {
    const constraint = constraints.get(field) ?? {};
    narrow(constraint, isOperators(condition) ? condition : { $eq: condition });
    if (Object.keys(constraint).length > 0) constraints.set(field, constraint);
  }
  return constraints;
}

function conjuncts(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, condition]) => {
    if (key === '$and' && Array.isArray(condition))
      return condition.flatMap((branch) => conjuncts(asDoc(branch)));
    return key.startsWith('$') ? [] : [[key, condition]];
  });
}

function narrow(constraint: Constraint, operators: Doc): void {
  for (const [name, operand] of Object.entries(operators)) {
    if (name === '$eq' && isPoint(operand)) constraint.equal ??= [operand];
    if (name === '$in' && Array.isArray(operand) && operand.every(isPoint)) constraint.equal ??= operand;
    if (!isRangeable(operand)) continue;
    if (name === '$gt' || name === '$gte') constraint.low ??= { value: operand, inclusive: name === '$gte' };
    if (name === '$lt' || name === '$lte') constraint.high ??= { value: operand, inclusive: name === '$lte' };
  }
  if (constraint.low !== undefined && constraint.high !== undefined) dropMixedTypes(constraint);
}

/** Both ends must be of one type; a filter that mixes them is left to the matcher. */
function dropMixedTypes(constraint: Constraint): void {
  if (rankOf(constraint.low?.value) !== rankOf(constraint.high?.value)) delete constraint.high;
}

/** A whole array is no key of an index, its elements are; a pattern is none either. */
const isPoint = (value: unknown): boolean => !Array.isArray(value) && !(value instanceof BSONRegExp);
const isRangeable = (value: unknown): boolean => {
  const rank = rankOf(value);
  return rank > 2 && rank < 12 && rank !== 6 && !Number.isNaN(value);
};
