import { expressionTest } from './aggregate/expressions.js';
import type { Collection } from './collection.js';
import { badValue } from './errors.js';
import type { Index } from './indexes.js';
import { compileFilter, type Matcher } from './match.js';
import { identical } from './order.js';
import { choosePlan, type Plan } from './plan.js';
import { parseSort, sortDocuments } from './sort.js';
import { type Doc, isDoc } from './values.js';

export interface Found {
  readonly record: number;
  readonly document: Doc;
}

export interface Query {
  readonly filter: Doc;
  readonly sort?: Doc;
  readonly skip?: number;
  /** No limit when undefined or 0. */
  readonly limit?: number;
  /** The index to go by, by name or by keys; it must be there. */
  readonly hint?: unknown;
  /** Values of the command's `let`, for `$expr`. */
  readonly variables?: Doc;
}

export const matcherOf = ({ filter, variables }: Query): Matcher =>
  compileFilter(filter, expressionTest(variables ?? {}));

/** The documents of a collection that a query finds, in its order. */
export function findDocuments(collection: Collection | undefined, query: Query): Found[] {
  const matches = matcherOf(query);
  const sort = parseSort(query.sort ?? {});
  if (collection === undefined) return [];
  const natural = query.sort !== undefined && '$natural' in query.sort;
  const plan = natural
    ? undefined
    : choosePlan(collection, query.filter, sort, hintedIndex(collection, query.hint));
  const needsSort = !natural && sort.length > 0 && plan?.sorted !== true;
  const most = needsSort || !query.limit ? Number.POSITIVE_INFINITY : (query.skip ?? 0) + query.limit;
  const found = take(candidates(collection, plan, natural && query.sort?.$natural === -1), matches, most);
  const sorted = needsSort ? sortDocuments(found, sort, ({ document }) => document) : found;
  return sorted.slice(query.skip ?? 0, query.limit ? (query.skip ?? 0) + query.limit : undefined);
}

/** A hint must name an index there is; `$natural` and nothing at all leave the choice open. */
function hintedIndex({ indexes }: Collection, hint: unknown): Index | undefined {
  if (hint === undefined || (isDoc(hint) && ('$natural' in hint || Object.keys(hint).length === 0)))
    return undefined;
  for (const index of indexes.values())
    if (index.spec.name === hint || identical(index.spec.key, hint)) return index;
  throw badValue(
    'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
  );
}

function take(candidates: Iterable<Found>, matches: Matcher, most: number): Found[] {
  const found: Found[] = [];
  for (const candidate of candidates) {
    if (matches(candidate.document) && found.push(candidate) >= most) break;
  }
  return found;
}

function* candidates(collection: Collection, plan: Plan | undefined, newestFirst: boolean): Iterable<Found> {
  if (plan === undefined) {
    const all = newestFirst ? [...collection.records()].reverse() : collection.records();
    for (const [record, document] of all) yield { record, document };
    return;
  }
  const seen = new Set<number>();
  for (const range of plan.ranges) {
    for (const record of plan.index.read(range, plan.backwards)) {
      const document = collection.get(record);
      if (document === undefined || seen.has(record)) continue;
      seen.add(record);
      yield { record, document };
    }
  }
}
