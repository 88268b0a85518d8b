import type { Collection } from '../collection.js';
import { shownSpec } from '../collection.js';
import { badValue, CommandError } from '../errors.js';
import type { IndexSpec } from '../indexes.js';
import { identical } from '../order.js';
import { asDoc, type Doc, isDoc, plainNumber } from '../values.js';
import {
  type Command,
  checkFields,
  collectionName,
  collectionOf,
  docField,
  documentsField,
} from './command.js';
import { specFrom } from './index-spec.js';

const createIndexes: Command = (request, { catalog }) => {
  checkFields(request, ['indexes', 'commitQuorum']);
  const name = collectionName(request);
  const specs = documentsField(request, 'indexes').map(specFrom);
  if (specs.length === 0) throw badValue('Must specify at least one index to create');
  const createdCollectionAutomatically = catalog.find(request.db, name) === undefined;
  const collection = catalog.ensure(request.db, name);
  const numIndexesBefore = collection.indexes.size;
  for (const spec of specs) if (!isThere(collection, spec)) catalog.addIndex(request.db, name, spec);
  const numIndexesAfter = collection.indexes.size;
  return {
    numIndexesBefore,
    numIndexesAfter,
    createdCollectionAutomatically,
    ...(numIndexesBefore === numIndexesAfter ? { note: 'all indexes already exist' } : {}),
  };
};

/** The same index again is no error; the same name or the same keys with something else is. */
function isThere({ indexes }: Collection, spec: IndexSpec): boolean {
  for (const { spec: there } of indexes.values()) {
    const sameKind = identical(kindOf(there), kindOf(spec));
    const sameName = there.name === spec.name;
    if (there.name === '_id_' && (sameName || sameKind)) return true;
    if (sameName && !sameKind)
      throw new CommandError(86, `${conflict} ${JSON.stringify({ requested: spec, existing: there })}`);
    if (sameKind && !sameName)
      throw new CommandError(85, `Index already exists with a different name: ${there.name}`);
    if (!sameKind) continue;
    if (there.expireAfterSeconds === spec.expireAfterSeconds) return true;
    throw new CommandError(
      85,
      `An equivalent index already exists with the same name but different options: ${spec.name}`,
    );
  }
  return false;
}

const conflict =
  'An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation.';

/** What makes an index another one, besides its name. */
const kindOf = ({ key, unique, sparse, partialFilterExpression, name }: IndexSpec): Doc =>
  name === '_id_' ? { key } : { key, unique, sparse, partialFilterExpression };

const listIndexes: Command = (request, engine) => {
  checkFields(request, ['cursor', 'includeBuildUUIDs']);
  const collection = collectionOf(request, engine);
  if (collection === undefined) throw noNamespace(`${request.db}.${collectionName(request)}`);
  const batch = plainNumber(docField(request, 'cursor').batchSize) ?? Number.POSITIVE_INFINITY;
  const specs = [...collection.indexes.values()].map(shownSpec);
  return { cursor: engine.cursors.open(collection.namespace, specs, batch, false) };
};

const noNamespace = (namespace: string): CommandError =>
  new CommandError(26, `ns does not exist: ${namespace}`);

const dropIndexes: Command = (request, engine) => {
  checkFields(request, ['index']);
  const collection = collectionOf(request, engine);
  if (collection === undefined)
    throw new CommandError(26, `ns not found ${request.db}.${collectionName(request)}`);
  const nIndexesWas = collection.indexes.size;
  for (const name of namesToDrop(collection, request.fields.index)) {
    if (name === '_id_') throw new CommandError(72, 'cannot drop _id index');
    engine.catalog.dropIndex(request.db, collection.name, name);
  }
  return { nIndexesWas };
};

function namesToDrop(collection: Collection, wanted: unknown): string[] {
  const { indexes } = collection;
  if (wanted === '*') return [...indexes.keys()].filter((name) => name !== '_id_');
  if (Array.isArray(wanted)) return wanted.flatMap((name) => namesToDrop(collection, name));
  const found = [...indexes.values()].find(
    ({ spec }) => spec.name === wanted || (isDoc(wanted) && identical(asDoc(spec.key), wanted)),
  );
  if (found !== undefined) return [found.spec.name];
  throw new CommandError(
    27,
    isDoc(wanted)
      ? `can't find index with key: ${JSON.stringify(wanted)}`
      : `index not found with name [${String(wanted)}]`,
  );
}

export const indexCommands: Readonly<Record<string, Command>> = { createIndexes, listIndexes, dropIndexes };
