import type { Collection } from '../collection.js';
import { shownSpec } from '../collection.js';
import { badValue, CommandError, unsupported } from '../errors.js';
import type { IndexSpec } from '../indexes.js';
import { compileFilter } from '../match.js';
import { identical } from '../order.js';
import { asDoc, type Doc, isDoc, plainNumber } from '../values.js';
import {
  type Command,
  checkFields,
  collectionName,
  collectionOf,
  docField,
  documentsField,
  refuseCollation,
} from './command.js';

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

const flags = ['unique', 'sparse'] as const;
const ignored = [
  'background',
  'ns',
  'v',
  'key',
  'name',
  'dropDups',
  'commitQuorum',
  '2dsphereIndexVersion',
  'textIndexVersion',
];
const refused = [
  'hidden',
  'weights',
  'default_language',
  'language_override',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'storageEngine',
];

/** An index as it will be kept: options in MongoDB's order, those that are false or meaningless left out. */
function specFrom(given: Doc): IndexSpec {
  const key = keyFrom(given.key);
  if (typeof given.name !== 'string' || given.name === '')
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  refuseCollation(given.collation);
  const spec: Record<string, unknown> = { v: 2, key, name: given.name };
  for (const flag of flags) if (given[flag] === true || given[flag] === 1) spec[flag] = true;
  const { expireAfterSeconds, partialFilterExpression } = given;
  if (expireAfterSeconds !== undefined) spec.expireAfterSeconds = checkedTtl(expireAfterSeconds, key);
  if (partialFilterExpression !== undefined) {
    if (spec.sparse === true)
      throw new CommandError(67, "cannot mix 'partialFilterExpression' and 'sparse' options");
    spec.partialFilterExpression = checkedPartial(partialFilterExpression);
  }
  for (const option of Object.keys(given)) {
    if (
      option in spec ||
      ignored.includes(option) ||
      flags.some((flag) => flag === option) ||
      option === 'collation'
    )
      continue;
    if (refused.includes(option)) {
      if (given[option] === false) continue;
      throw unsupported(`The index option ${option}`);
    }
    throw new CommandError(
      197,
      `The field '${option}' is not valid for an index specification. Specification: ${JSON.stringify(given)}`,
    );
  }
  return { ...spec, v: 2, key, name: given.name };
}

function keyFrom(key: unknown): Record<string, 1 | -1> {
  if (!isDoc(key) || Object.keys(key).length === 0) throw new CommandError(67, 'Index keys cannot be empty.');
  return Object.fromEntries(
    Object.entries(key).map(([field, given]) => {
      if (typeof given === 'string') throw unsupported(`The index type ${given}`);
      if (field === '$**' || field.endsWith('.$**')) throw unsupported('A wildcard index');
      const direction = plainNumber(given);
      if (direction === undefined || direction === 0)
        throw new CommandError(
          67,
          `Values in v:2 index key pattern cannot be of type ${typeof given}. Only numbers > 0, numbers < 0, and strings are allowed.`,
        );
      if (field === '' || field.startsWith('$') || field.split('.').includes(''))
        throw new CommandError(67, `Index keys cannot be an empty field or start with '$': '${field}'`);
      return [field, direction > 0 ? 1 : -1];
    }),
  );
}

function checkedTtl(seconds: unknown, key: Doc): number {
  const number = plainNumber(seconds);
  if (number === undefined || number < 0 || number > 2147483647)
    throw new CommandError(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, was: ${String(seconds)}`,
    );
  if (Object.keys(key).length > 1)
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  return Math.trunc(number);
}

const partialOperators = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in'];

function checkedPartial(filter: unknown): Doc {
  if (!isDoc(filter)) throw new CommandError(14, "'partialFilterExpression' must be an object");
  compileFilter(filter);
  const wrong = operatorsIn(filter).find((name) => !['$and', '$or', ...partialOperators].includes(name));
  if (wrong !== undefined) throw new CommandError(67, `Expression not supported in partial index: ${wrong}`);
  return filter;
}

const operatorsIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(operatorsIn)
    : isDoc(value)
      ? Object.entries(value).flatMap(([key, inner]) => [
          ...(key.startsWith('$') ? [key] : []),
          ...operatorsIn(inner),
        ])
      : [];

/** The same index again is no error; the same name or the same keys with something else is. */
function isThere({ indexes }: Collection, spec: IndexSpec): boolean {
  for (const { spec: there } of indexes.values()) {
    const sameKey = identical(there.key, spec.key);
    if (there.name === spec.name && there.name === '_id_') return true;
    if (sameKey && identical(there.key, { _id: 1 })) return true;
    if (there.name === spec.name) {
      if (sameKey && identical(optionsOf(there), optionsOf(spec))) return true;
      throw new CommandError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(there)}`,
      );
    }
    if (sameKey && identical(there.partialFilterExpression, spec.partialFilterExpression)) {
      throw new CommandError(85, `Index already exists with a different name: ${there.name}`);
    }
  }
  return false;
}

const optionsOf = ({ unique, sparse, partialFilterExpression, expireAfterSeconds }: IndexSpec): Doc => ({
  unique,
  sparse,
  partialFilterExpression,
  expireAfterSeconds,
});

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
