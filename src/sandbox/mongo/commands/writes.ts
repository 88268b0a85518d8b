import { ObjectId } from 'bson';
import { evaluateVariables } from '../aggregate/expressions.js';
import { CommandError, failedToParse } from '../errors.js';
import { identical } from '../order.js';
import { findDocuments } from '../query.js';
import { isReplacement } from '../update/update.js';
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
import { type Statement, updateFound } from './update-found.js';

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

export const writeCommands: Readonly<Record<string, Command>> = {
  insert,
  update,
  delete: remove,
};
