import type { Collection } from '../collection.js';
import { identical } from '../order.js';
import type { Position } from '../paths.js';
import { type Found, matcherOf, type Query } from '../query.js';
import { compileUpdate, upserted } from '../update/update.js';
import type { Doc } from '../values.js';

/** One update as it was asked for. */
export interface Statement {
  readonly query: Query;
  readonly update: unknown;
  readonly arrayFilters: readonly Doc[];
  readonly upsert: boolean;
}

/** What one document was and became; only `after` when it was inserted. */
export interface Outcome {
  readonly before?: Doc;
  readonly after?: Doc;
  readonly upserted?: boolean;
}

/** Changes the document found, or inserts one; the indexes are asked before anything is written. */
export function updateFound(
  place: () => Collection,
  found: readonly Found[],
  statement: Statement,
): Outcome[] {
  const { query, update, arrayFilters } = statement;
  const apply = compileUpdate(update, arrayFilters, query.variables ?? {});
  if (found.length === 0) {
    if (!statement.upsert) return [];
    const after = upserted(query.filter, update, apply);
    place().insert(after);
    return [{ after, upserted: true }];
  }
  const matches = matcherOf(query);
  return found.map(({ record, document }) => {
    const position: Position = {};
    matches(document, position);
    const after = apply(document, position.index, false);
    if (!identical(document, after)) place().replace(record, after);
    return { before: document, after };
  });
}
