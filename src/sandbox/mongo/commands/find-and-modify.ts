import { evaluateVariables } from '../aggregate/expressions.js';
import type { Collection } from '../collection.js';
import { failedToParse } from '../errors.js';
import { compileFindProjection } from '../projection.js';
import { type Found, findDocuments, matcherOf, type Query } from '../query.js';
import { asDocs, type Doc } from '../values.js';
import { type Command, checkFields, collectionName, docField } from './command.js';
import { type Statement, updateFound } from './update-found.js';

const findAndModify: Command = (request, engine) => {
  checkFields(request, [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'let',
  ]);
  const { fields } = request;
  const name = collectionName(request);
  const query: Query = {
    filter: docField(request, 'query'),
    sort: docField(request, 'sort'),
    limit: 1,
    hint: fields.hint,
    variables: evaluateVariables(docField(request, 'let')),
  };
  if (fields.remove === true && fields.update !== undefined)
    throw failedToParse("Cannot specify both an 'update' and 'remove'=true");
  if (fields.remove !== true && fields.update === undefined)
    throw failedToParse('Either an update or remove=true must be specified');
  if (fields.remove === true && fields.new === true) {
    throw failedToParse(
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  const collection = engine.catalog.find(request.db, name);
  const found = findDocuments(collection, query);
  const project = compileFindProjection(docField(request, 'fields'), matcherOf(query));
  const shown = (document: Doc | undefined): Doc | null =>
    document === undefined ? null : project(document);
  if (fields.remove === true) return removeOne(collection, found, shown);
  const statement: Statement = {
    query,
    update: fields.update,
    arrayFilters: asDocs(fields.arrayFilters),
    upsert: fields.upsert === true,
  };
  const [outcome] = updateFound(() => engine.catalog.ensure(request.db, name), found, statement);
  if (outcome === undefined) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
  const lastErrorObject =
    outcome.upserted === true
      ? { n: 1, updatedExisting: false, upserted: outcome.after?._id }
      : { n: 1, updatedExisting: true };
  return { lastErrorObject, value: shown(fields.new === true ? outcome.after : outcome.before) };
};

function removeOne(
  collection: Collection | undefined,
  found: readonly Found[],
  shown: (document?: Doc) => Doc | null,
): Doc {
  const [first] = found;
  if (first === undefined) return { lastErrorObject: { n: 0 }, value: null };
  collection?.remove(first.record);
  return { lastErrorObject: { n: 1 }, value: shown(first.document) };
}

export const findAndModifyCommands: Readonly<Record<string, Command>> = {
  findAndModify,
  findandmodify: findAndModify,
};
