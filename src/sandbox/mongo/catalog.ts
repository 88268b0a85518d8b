import { UUID } from 'bson';
import { type Collection, createCollection } from './collection.js';
import { CommandError } from './errors.js';
import type { IndexSpec } from './indexes.js';
import type { Doc } from './values.js';

/** A change that must outlive the process, as the journal writes it. */
export type Change =
  | { readonly kind: 'create' | 'drop'; readonly db: string; readonly collection: string }
  | { readonly kind: 'save'; readonly db: string; readonly collection: string; readonly document: Doc }
  | { readonly kind: 'remove'; readonly db: string; readonly collection: string; readonly id: unknown }
  | { readonly kind: 'index'; readonly db: string; readonly collection: string; readonly spec: IndexSpec }
  | { readonly kind: 'unindex'; readonly db: string; readonly collection: string; readonly name: string };

/** All databases of a server. A database is there as long as it has a collection. */
export interface Catalog {
  databases(): string[];
  collections(database: string): Collection[];
  find(database: string, name: string): Collection | undefined;
  /** The collection, made if it is not there yet, as a first write does. */
  ensure(database: string, name: string): Collection;
  uuid(collection: Collection): UUID;
  drop(database: string, name: string): boolean;
  addIndex(database: string, name: string, spec: IndexSpec): void;
  dropIndex(database: string, name: string, index: string): void;
}

export function createCatalog(record: (change: Change) => void): Catalog {
  const databases = new Map<string, Map<string, Collection>>();
  const uuids = new WeakMap<Collection, UUID>();
  const find = (database: string, name: string) => databases.get(database)?.get(name);

  const create = (db: string, collection: string): Collection => {
    checkName(db, collection);
    record({ kind: 'create', db, collection });
    const made = createCollection(db, collection, {
      saved: (document) => record({ kind: 'save', db, collection, document }),
      removed: (id) => record({ kind: 'remove', db, collection, id }),
    });
    const siblings = databases.get(db) ?? new Map<string, Collection>();
    databases.set(db, siblings.set(collection, made));
    uuids.set(made, new UUID());
    return made;
  };
  const ensure = (database: string, name: string): Collection =>
    find(database, name) ?? create(database, name);

  return {
    databases: () => [...databases.keys()].sort(),
    collections: (database) => [...(databases.get(database)?.values() ?? [])],
    find,
    ensure,
    uuid: (collection) => uuids.get(collection) ?? new UUID(),
    drop(db, collection) {
      const siblings = databases.get(db);
      if (siblings?.delete(collection) !== true) return false;
      if (siblings.size === 0) databases.delete(db);
      record({ kind: 'drop', db, collection });
      return true;
    },
    addIndex(db, collection, spec) {
      ensure(db, collection).addIndex(spec);
      record({ kind: 'index', db, collection, spec });
    },
    dropIndex(db, collection, name) {
      find(db, collection)?.dropIndex(name);
      record({ kind: 'unindex', db, collection, name });
    },
  };
}

function checkName(database: string, name: string): void {
  if (
    name === '' ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('$') ||
    name.includes('\0')
  ) {
    throw new CommandError(73, `Invalid namespace specified '${database}.${name}'`);
  }
  if (database === '' || /[/\\. "$\0]/.test(database))
    throw new CommandError(73, `Invalid database name: '${database}'`);
}
