import type { Catalog } from './catalog.js';
import type { Collection } from './collection.js';
import type { Index } from './indexes.js';

/** Removes what TTL indexes say is over at `now` (milliseconds): a document goes once any date of its field is old enough. */
export function deleteExpired(catalog: Catalog, now: number): void {
  for (const database of catalog.databases()) {
    for (const collection of catalog.collections(database)) {
      for (const index of collection.indexes.values()) expire(collection, index, now);
    }
  }
}

function expire(collection: Collection, index: Index, now: number): void {
  const { expireAfterSeconds } = index.spec;
  if (expireAfterSeconds === undefined) return;
  const limit = new Date(now - expireAfterSeconds * 1000);
  const range = {
    equal: [],
    low: { value: limit, inclusive: true, edge: true },
    high: { value: limit, inclusive: true },
  };
  for (const record of new Set(index.read(range, false))) collection.remove(record);
}
