import { distinctValues } from '../aggregate/array-operators.js';
import { evaluateVariables } from '../aggregate/expressions.js';
import { compilePipeline, type PipelineContext } from '../aggregate/stages.js';
import { CommandError, failedToParse, unsupported } from '../errors.js';
import { allValues, pathOf } from '../paths.js';
import { compileFindProjection } from '../projection.js';
import { findDocuments, matcherOf, type Query } from '../query.js';
import { asDoc, asList, type Doc, isDoc, plainNumber } from '../values.js';
import {
  type Command,
  checkFields,
  collectionName,
  collectionOf,
  countField,
  docField,
  type Engine,
  type Request,
} from './command.js';

const firstBatch = 101;

const find: Command = (request, engine) => {
  checkFields(
    request,
    ['filter', 'sort', 'projection', 'skip', 'limit', 'let'],
    ['tailable', 'awaitData', 'oplogReplay', 'returnKey', 'showRecordId', 'min', 'max', 'rawData'],
  );
  const collection = collectionOf(request, engine);
  const limit = countField(request, 'limit');
  const query = {
    filter: docField(request, 'filter'),
    sort: docField(request, 'sort'),
    skip: countField(request, 'skip') ?? 0,
    limit: limit ?? 0,
    hint: request.fields.hint,
    variables: evaluateVariables(docField(request, 'let')),
  };
  const project = compileFindProjection(docField(request, 'projection'), matcherOf(query));
  const documents = findDocuments(collection, query).map(({ document }) => project(document));
  const batch = countField(request, 'batchSize') ?? firstBatch;
  const namespace = `${request.db}.${collectionName(request)}`;
  return { cursor: engine.cursors.open(namespace, documents, batch, request.fields.singleBatch === true) };
};

const aggregate: Command = (request, engine) => {
  checkFields(request, ['pipeline', 'cursor', 'let', 'fromMongos', 'needsMerge'], ['explain']);
  const pipeline = pipelineOf(request);
  const whole = request.fields.aggregate === 1;
  const name = whole ? '$cmd.aggregate' : collectionName(request);
  if (!isDoc(request.fields.cursor)) {
    throw failedToParse("The 'cursor' option is required, except for aggregate with the explain argument");
  }
  const context: PipelineContext = {
    variables: evaluateVariables(docField(request, 'let')),
    documents: (collection, filter) => read(engine, request.db, collection, { filter }),
  };
  if (whole) checkWhole(pipeline);
  const { filter, rest } = splitMatch(pipeline);
  compilePipeline(pipeline, context);
  const documents = compilePipeline(
    rest,
    context,
  )(read(engine, request.db, name, { filter, variables: context.variables, hint: request.fields.hint }));
  const batch = countField({ ...request, fields: asDoc(request.fields.cursor) }, 'batchSize') ?? firstBatch;
  return { cursor: engine.cursors.open(`${request.db}.${name}`, documents, batch, false) };
};

/** An aggregation over no collection starts with documents of its own; those over the server itself are not done here. */
function checkWhole([first = {}]: readonly Doc[]): void {
  const name = Object.keys(first)[0] ?? '';
  if (name === '$documents') return;
  if (wholeStages.includes(name)) throw unsupported(`The aggregation stage ${name}`);
  throw new CommandError(73, `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
}

const wholeStages = ['$currentOp', '$listLocalSessions', '$listSessions', '$changeStream'];

function pipelineOf({ fields }: Request): Doc[] {
  if (!Array.isArray(fields.pipeline))
    throw new CommandError(14, "'pipeline' option must be specified as an array");
  return fields.pipeline.map((stage) => {
    if (!isDoc(stage)) throw new CommandError(14, "Each element of the 'pipeline' array must be an object");
    if ('$changeStream' in stage)
      throw new CommandError(40573, 'The $changeStream stage is only supported on replica sets');
    return stage;
  });
}

/** A leading `$match` is answered by the indexes. */
function splitMatch(pipeline: Doc[]): { filter: Doc; rest: Doc[] } {
  const [first, ...rest] = pipeline;
  return isDoc(first?.$match) ? { filter: first.$match, rest } : { filter: {}, rest: pipeline };
}

const read = ({ catalog }: Engine, db: string, name: string, query: Query): Doc[] =>
  findDocuments(catalog.find(db, name), query).map(({ document }) => document);

const count: Command = (request, engine) => {
  checkFields(request, ['query', 'skip', 'limit', 'fields']);
  const collection = collectionOf(request, engine);
  const limit = Math.abs(plainNumber(request.fields.limit) ?? 0);
  const filter = docField(request, 'query');
  if (Object.keys(filter).length === 0 && limit === 0 && !countField(request, 'skip'))
    return { n: collection?.count() ?? 0 };
  const query = { filter, limit, skip: countField(request, 'skip') ?? 0, hint: request.fields.hint };
  return { n: findDocuments(collection, query).length };
};

const distinct: Command = (request, engine) => {
  checkFields(request, ['key', 'query']);
  const { key } = request.fields;
  if (typeof key !== 'string')
    throw new CommandError(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const found = findDocuments(collectionOf(request, engine), {
    filter: docField(request, 'query'),
    hint: request.fields.hint,
  });
  const values = found.flatMap(({ document }) => allValues(document, pathOf(key)));
  return { values: distinctValues(values) };
};

const getMore: Command = (request, engine) => {
  checkFields(request, ['collection', 'term', 'lastKnownCommittedOpTime']);
  const namespace = `${request.db}.${String(request.fields.collection)}`;
  const batch = countField(request, 'batchSize');
  return {
    cursor: engine.cursors.more(BigInt(String(request.fields.getMore)), namespace, batch || undefined),
  };
};

const killCursors: Command = (request, { cursors }) => {
  checkFields(request, ['cursors']);
  const ids = asList(request.fields.cursors);
  const killed = ids.filter((id) => cursors.kill(BigInt(String(id))));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
};

export const readCommands: Readonly<Record<string, Command>> = {
  find,
  aggregate,
  count,
  distinct,
  getMore,
  killCursors,
};
