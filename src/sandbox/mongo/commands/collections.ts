import { UUID } from 'bson';
import type { Collection } from '../collection.js';
import { CommandError } from '../errors.js';
import { compileFilter } from '../match.js';
import { type Doc, plainNumber } from '../values.js';
import { type Command, checkFields, collectionName, docField } from './command.js';

const create: Command = (request, { catalog }) => {
  checkFields(
    request,
    ['autoIndexId', 'idIndex'],
    [
      ...[
        'capped',
        'size',
        'max',
        'timeseries',
        'clusteredIndex',
        'viewOn',
        'pipeline',
        'storageEngine',
        'encryptedFields',
      ],
      ...[
        'validator',
        'validationLevel',
        'validationAction',
        'expireAfterSeconds',
        'changeStreamPreAndPostImages',
        'indexOptionDefaults',
      ],
    ],
  );
  const name = collectionName(request);
  if (catalog.find(request.db, name) !== undefined) {
    throw new CommandError(48, `Collection ${request.db}.${name} already exists.`);
  }
  catalog.ensure(request.db, name);
  return {};
};

const drop: Command = (request, { catalog }) => {
  checkFields(request, []);
  const name = collectionName(request);
  const indexes = catalog.find(request.db, name)?.indexes.size;
  if (!catalog.drop(request.db, name)) return { ok: 1 };
  return { nIndexesWas: indexes, ns: `${request.db}.${name}` };
};

const dropDatabase: Command = (request, { catalog }) => {
  checkFields(request, []);
  const collections = catalog.collections(request.db);
  for (const { name } of collections) catalog.drop(request.db, name);
  return collections.length === 0 ? {} : { dropped: request.db };
};

const listCollections: Command = (request, { catalog, cursors }) => {
  checkFields(request, ['filter', 'nameOnly', 'cursor', 'authorizedCollections']);
  const matches = compileFilter(docField(request, 'filter'));
  const described = (collection: Collection): Doc =>
    request.fields.nameOnly === true
      ? { name: collection.name, type: 'collection' }
      : {
          name: collection.name,
          type: 'collection',
          options: {},
          info: { readOnly: false, uuid: new UUID(catalog.uuid(collection).id) },
          idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
        };
  const found = catalog
    .collections(request.db)
    .map(described)
    .filter((document) => matches(document));
  const batch = plainNumber(docField(request, 'cursor').batchSize) ?? Number.POSITIVE_INFINITY;
  return { cursor: cursors.open(`${request.db}.$cmd.listCollections`, found, batch, false) };
};

const listDatabases: Command = (request, { catalog }) => {
  checkFields(request, ['filter', 'nameOnly', 'authorizedDatabases']);
  const matches = compileFilter(docField(request, 'filter'));
  const databases = catalog
    .databases()
    .map((name) => (request.fields.nameOnly === true ? { name } : { name, sizeOnDisk: 0, empty: false }))
    .filter((database) => matches(database));
  return request.fields.nameOnly === true ? { databases } : { databases, totalSize: 0, totalSizeMb: 0 };
};

export const collectionCommands: Readonly<Record<string, Command>> = {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
};
