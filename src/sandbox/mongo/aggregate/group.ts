import { CommandError, unsupported } from '../errors.js';
import { bucketOf, equal } from '../order.js';
import { type Doc, isDoc } from '../values.js';
import { distinctValues } from './array-operators.js';
import type { Expression } from './expression.js';
import { compileExpression, scopeOf } from './expressions.js';
import { averageOf, greatestOf, leastOf, sumOf } from './number-operators.js';
import { mergeObjects } from './type-operators.js';

/** Makes one result of the values that a group's documents gave. */
type Accumulate = (values: readonly unknown[]) => unknown;

const present = (values: readonly unknown[]): unknown[] => values.filter((value) => value !== undefined);

const accumulators: Readonly<Record<string, Accumulate>> = {
  $sum: sumOf,
  $avg: averageOf,
  $min: leastOf,
  $max: greatestOf,
  $push: present,
  $addToSet: (values) => distinctValues(present(values)),
  $first: (values) => values[0] ?? null,
  $last: (values) => values.at(-1) ?? null,
  $count: (values) => values.length,
  $mergeObjects: (values) => mergeObjects(...values),
};

interface Field {
  readonly name: string;
  readonly evaluate: Expression;
  readonly accumulate: Accumulate;
}

/** Compiles `$group`: groups stand in the order in which they first appear. */
export function compileGroup(spec: Doc, variables: Doc): (documents: readonly Doc[]) => Doc[] {
  if (!('_id' in spec)) throw new CommandError(15955, 'a group specification must include an _id');
  const idOf = compileExpression(spec._id);
  const fields = Object.entries(spec)
    .filter(([name]) => name !== '_id')
    .map(([name, operand]) => fieldOf(name, operand));
  return (documents) => {
    const groups = groupBy(documents, (document) => idOf(scopeOf(document, variables)) ?? null);
    return groups.map(({ id, members }) => {
      const scopes = members.map((member) => scopeOf(member, variables));
      const values = fields.map(
        ({ name, evaluate, accumulate }) => [name, accumulate(scopes.map(evaluate))] as const,
      );
      return { _id: id, ...Object.fromEntries(values) };
    });
  };
}

function fieldOf(name: string, operand: unknown): Field {
  const [[accumulator, expression] = ['', undefined], ...others] = isDoc(operand)
    ? Object.entries(operand)
    : [];
  if (accumulator === '' || !accumulator.startsWith('$')) {
    throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  }
  if (others.length > 0) throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  const accumulate = accumulators[accumulator];
  if (accumulate === undefined) throw unsupported(`The accumulator ${accumulator}`);
  return { name, accumulate, evaluate: compileExpression(accumulator === '$count' ? null : expression) };
}

interface Group {
  readonly id: unknown;
  readonly members: Doc[];
}

function groupBy(documents: readonly Doc[], idOf: (document: Doc) => unknown): Group[] {
  const buckets = new Map<string, Group[]>();
  const groups: Group[] = [];
  for (const document of documents) {
    const id = idOf(document);
    const key = bucketOf(id);
    const bucket = buckets.get(key) ?? [];
    let group = bucket.find((other) => equal(other.id, id));
    if (group === undefined) {
      group = { id, members: [] };
      groups.push(group);
      buckets.set(key, [...bucket, group]);
    }
    group.members.push(document);
  }
  return groups;
}
