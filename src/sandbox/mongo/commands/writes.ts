import { ObjectId } from 'bson';
import { evaluateVariables } from '../aggregate/expressions.js';
import type { Collection } from '../collection.js';
import { CommandError, failedToParse } from '../errors.js';
import { identical } from '../order.js';
import type { Position } from '../paths.js';
import { compileFindProjection } from '../projection.js';
import { type Found, findDocuments, matcherOf, type Query } from '../query.js';
import { compileUpdate, isReplacement, upserted } from '../update/update.js';
import { asDoc, asDocs, type Doc } from '../values.js';
import {
  type Command,
  checkFields,
  collectionName,
  collectionOf,
  docField,
  documentsField,
  type Request,
  refuseCollation,
} from './command.js';

/** Runs the statements of a write command; one that fails stops an ordered command and is reported by its number. */
function runEach(
  request: Request,
  statements: readonly Doc[],
  run: (statement: Doc, index: number) => void,
): Doc[] {
  if (statements.length === 0) {
    throw new CommandError(16, `Write batch sizes must be between 1 and 100000. Got 0 operations.`);
  }
  const errors: Doc[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...error.extra });
      if (request.fields.ordered !== false) break;
    }
  }
  return errors;
}

const withErrors = (answer: Doc, errors: readonly Doc[]): Doc =>
  errors.length === 0 ? answer : { ...answer, writeErrors: errors };

const insert: Command = (request, engine) => {
  checkFields(request, ['documents']);
  const name = collectionName(request);
  let n = 0;
  const errors = runEach(request, documentsField(request, 'documents'), (document) => {
    const { _id = new ObjectId(), ...rest } = document;
    const first = Object.keys(document)[0] === '_id';
    engine.catalog.ensure(request.db, name).insert(first ? document : { _id, ...rest });
    n += 1;
  });
  return withErrors({ n }, errors);
};

interface Statement {
  readonly query: Query;
  readonly update: unknown;
  readonly arrayFilters: readonly Doc[];
  readonly upsert: boolean;
}

interface Outcome {
  readonly before?: Doc;
  readonly after?: Doc;
  readonly upserted?: boolean;
}

/** Changes the document found, or inserts one; the indexes are asked before anything is written. */
function updateFound(place: () => Collection, found: readonly Found[], statement: Statement): Outcome[] {
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

const update: Command = (request, engine) => {
  checkFields(request, ['updates', 'let']);
  const name = collectionName(request);
  const totals = { n: 0, nModified: 0 };
  const upserts: Doc[] = [];
  const variables = evaluateVariables(docField(request, 'let'));
  const errors = runEach(request, documentsField(request, 'updates'), (given, index) => {
    const statement = statementOf(given, variables);
    const multi = given.multi === true;
    if (multi && isReplacement(given.u))
      throw failedToParse('multi update is not supported for replacement-style update');
    const collection = engine.catalog.find(request.db, name);
    const found = findDocuments(collection, { ...statement.query, limit: multi ? 0 : 1 });
    for (const outcome of updateFound(() => engine.catalog.ensure(request.db, name), found, statement)) {
      totals.n += 1;
      if (outcome.upserted === true) upserts.push({ index, _id: outcome.after?._id });
      else if (!identical(outcome.before, outcome.after)) totals.nModified += 1;
    }
  });
  return withErrors({ ...totals, ...(upserts.length > 0 ? { upserted: upserts } : {}) }, errors);
};

const updateFields = ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'collation', 'hint', 'c', 'sort'];

function statementOf(given: Doc, variables: Doc): Statement {
  const unknown = Object.keys(given).find((key) => !updateFields.includes(key));
  if (unknown !== undefined)
    throw new CommandError(40415, `BSON field 'update.updates.${unknown}' is an unknown field.`);
  refuseCollation(given.collation);
  if (given.sort !== undefined)
    throw new CommandError(40415, "BSON field 'update.updates.sort' is an unknown field.");
  return {
    query: {
      filter: asDoc(given.q),
      hint: given.hint,
      variables: { ...variables, ...evaluateVariables(asDoc(given.c)) },
    },
    update: given.u,
    arrayFilters: asDocs(given.arrayFilters),
    upsert: given.upsert === true,
  };
}

const remove: Command = (request, engine) => {
  checkFields(request, ['deletes', 'let']);
  const collection = collectionOf(request, engine);
  const variables = evaluateVariables(docField(request, 'let'));
  let n = 0;
  const errors = runEach(request, documentsField(request, 'deletes'), (given) => {
    refuseCollation(given.collation);
    const limit = Number(String(given.limit ?? 0));
    if (limit !== 0 && limit !== 1)
      throw failedToParse(`The limit field in delete objects must be 0 or 1. Got ${limit}`);
    for (const { record } of findDocuments(collection, {
      filter: asDoc(given.q),
      limit,
      variables,
      hint: given.hint,
    })) {
      collection?.remove(record);
      n += 1;
    }
  });
  return withErrors({ n }, errors);
};

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

export const writeCommands: Readonly<Record<string, Command>> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
};
