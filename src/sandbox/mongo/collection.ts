import { calculateObjectSize } from 'bson';
import { CommandError } from './errors.js';
import { createIndex, type Index, type IndexSpec, idOf } from './indexes.js';
import { type Doc, isDoc, typeName } from './values.js';

/** What a collection tells whoever keeps the journal. */
export interface CollectionChanges {
  saved(document: Doc): void;
  removed(id: unknown): void;
}

/** Documents in the order they came, and the indexes over them. A stored document is never changed, only replaced. */
export interface Collection {
  readonly name: string;
  readonly namespace: string;
  readonly indexes: ReadonlyMap<string, Index>;
  count(): number;
  records(): Iterable<readonly [number, Doc]>;
  get(record: number): Doc | undefined;
  insert(document: Doc): void;
  /** Puts a document in another's place; unique indexes are asked first, so that a refused write leaves nothing. */
  replace(record: number, document: Doc): void;
  remove(record: number): void;
  /** Builds an index over what is there; throws and leaves nothing when a unique one cannot be. */
  addIndex(spec: IndexSpec): void;
  dropIndex(name: string): void;
}

const idIndex: IndexSpec = { v: 2, key: { _id: 1 }, name: '_id_' };

export function createCollection(database: string, name: string, changes: CollectionChanges): Collection {
  const namespace = `${database}.${name}`;
  const documents = new Map<number, Doc>();
  const indexes = new Map<string, Index>();
  let nextRecord = 1;
  const all = (): Index[] => [...indexes.values()];

  const collection: Collection = {
    name,
    namespace,
    indexes,
    count: () => documents.size,
    records: () => documents.entries(),
    get: (record) => documents.get(record),
    insert(document) {
      checkId(document);
      checkSize(document);
      for (const index of all()) index.check(document, undefined, namespace);
      const record = nextRecord;
      for (const index of all()) index.insert(document, record);
      nextRecord += 1;
      documents.set(record, document);
      changes.saved(document);
    },
    replace(record, document) {
      const before = documents.get(record);
      if (before === undefined) throw new Error(`no record ${record} in ${namespace}`);
      checkSize(document);
      for (const index of all()) index.check(document, record, namespace);
      for (const index of all()) {
        index.remove(before, record);
        index.insert(document, record);
      }
      documents.set(record, document);
      changes.saved(document);
    },
    remove(record) {
      const before = documents.get(record);
      if (before === undefined) return;
      for (const index of all()) index.remove(before, record);
      documents.delete(record);
      changes.removed(idOf(before));
    },
    addIndex(spec) {
      const index = createIndex(spec);
      for (const [record, document] of documents) {
        index.check(document, record, namespace);
        index.insert(document, record);
      }
      indexes.set(spec.name, index);
    },
    dropIndex(indexName) {
      indexes.delete(indexName);
    },
  };
  collection.addIndex({ ...idIndex, unique: true });
  return collection;
}

function checkId(document: Doc): void {
  const id = idOf(document);
  const type = typeName(id);
  if (['array', 'regex', 'missing'].includes(type))
    throw new CommandError(53, `The '_id' value cannot be of type ${type}`);
  const dollar = isDoc(id)
    ? Object.keys(id).find((key) => key.startsWith('$') && !['$ref', '$id', '$db'].includes(key))
    : undefined;
  if (dollar !== undefined)
    throw new CommandError(
      52,
      `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
    );
}

const mostBytes = 16 * 1024 * 1024;

function checkSize(document: Doc): void {
  const size = calculateObjectSize(document, { ignoreUndefined: true });
  if (size <= mostBytes) return;
  throw new CommandError(
    10334,
    `BSONObj size: ${size} is invalid. Size must be between 0 and ${mostBytes}(16MB)`,
  );
}

/** An index as `listIndexes` answers it: the `_id` index is unique without saying so. */
export function shownSpec({ spec }: Index): Doc {
  const { unique, ...rest } = spec;
  return unique === true && spec.name !== '_id_' ? { ...rest, unique } : rest;
}
