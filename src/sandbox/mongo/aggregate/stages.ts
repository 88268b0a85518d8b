import { CommandError, unsupported } from '../errors.js';
import { compileFilter } from '../match.js';
import { parseSort, sortDocuments } from '../sort.js';
import { asDoc, type Doc, isDoc, plainNumber } from '../values.js';
import { compileExpression, expressionTest, scopeOf } from './expressions.js';
import { compileGroup } from './group.js';
import { compileLookup } from './lookup.js';
import { compileAddFields, compileProjection } from './project.js';
import { compileUnwind } from './unwind.js';

/** A stage takes all documents and gives all documents; stored ones are never changed in place. */
export type Stage = (documents: readonly Doc[]) => readonly Doc[];

/** What stages need of their surroundings: other collections of the database, and the command's variables. */
export interface PipelineContext {
  readonly variables: Doc;
  /** The documents of a collection that match, by its indexes where they serve. */
  documents(collection: string, filter: Doc): readonly Doc[];
}

type CompileStage = (operand: unknown, context: PipelineContext) => Stage;

/** Compiles a pipeline. Refuses by name every stage it does not know. */
export function compilePipeline(pipeline: readonly Doc[], context: PipelineContext): Stage {
  const compiled = pipeline.map((stage) => {
    const [name = '', ...others] = Object.keys(stage);
    if (name === '' || others.length > 0) {
      throw new CommandError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const compile = stages[name];
    if (compile === undefined)
      throw refused.has(name) ? unsupported(`The aggregation stage ${name}`) : unknownStage(name);
    return compile(stage[name], context);
  });
  return (documents) => compiled.reduce<readonly Doc[]>((flow, run) => run(flow), documents);
}

const unknownStage = (name: string): CommandError =>
  new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);

const refused = new Set(
  (
    '$bucketAuto $changeStream $collStats $currentOp $densify $fill $geoNear $graphLookup $indexStats $listLocalSessions ' +
    '$listSessions $merge $out $planCacheStats $redact $search $searchMeta $setWindowFields $vectorSearch $bucket'
  ).split(' '),
);

const positive = (name: string, operand: unknown, least: number): number => {
  const count = plainNumber(operand);
  if (count === undefined || !Number.isInteger(count) || count < least) {
    throw new CommandError(15958, `the ${name} must be ${least === 0 ? 'non-negative' : 'positive'}`);
  }
  return count;
};

const doc = (name: string, operand: unknown): Doc => {
  if (!isDoc(operand)) throw new CommandError(15959, `the ${name} specification must be an object`);
  return operand;
};

function replaceRoot(expression: unknown, { variables }: PipelineContext): Stage {
  const evaluate = compileExpression(expression);
  return (documents) =>
    documents.map((document) => {
      const root = evaluate(scopeOf(document, variables));
      if (isDoc(root)) return root;
      throw new CommandError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was: ${String(root)}`,
      );
    });
}

const addFields: CompileStage = (operand, { variables }) => {
  const add = compileAddFields(doc('$addFields', operand));
  return (documents) => documents.map((document) => add(document, variables));
};

function unset(operand: unknown): Stage {
  const fields = (Array.isArray(operand) ? operand : [operand]).map(String);
  const drop = compileProjection(Object.fromEntries(fields.map((field) => [field, false])));
  return (documents) => documents.map((document) => drop(document));
}

function count(operand: unknown): Stage {
  if (typeof operand !== 'string' || operand === '')
    throw new CommandError(40156, 'the count field must be a non-empty string');
  return (documents) => (documents.length === 0 ? [] : [{ [operand]: documents.length }]);
}

function facet(operand: unknown, context: PipelineContext): Stage {
  const parts = Object.entries(doc('$facet', operand)).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline))
      throw new CommandError(40169, `arguments to $facet must be arrays, ${name} is not`);
    return [name, compilePipeline(pipeline.map(asDoc), context)] as const;
  });
  return (documents) => [Object.fromEntries(parts.map(([name, run]) => [name, run(documents)]))];
}

function unionWith(operand: unknown, context: PipelineContext): Stage {
  const { coll, pipeline } = isDoc(operand) ? operand : { coll: operand, pipeline: [] };
  const run = compilePipeline(Array.isArray(pipeline) ? pipeline.map(asDoc) : [], context);
  return (documents) => [...documents, ...run(context.documents(String(coll), {}))];
}

function ownDocuments(operand: unknown, { variables }: PipelineContext): Stage {
  const documents = compileExpression(operand)(scopeOf({}, variables));
  if (!Array.isArray(documents) || !documents.every(isDoc)) {
    throw new CommandError(5858203, 'an array is expected, and its elements must be objects, in $documents');
  }
  return () => documents;
}

function sample(operand: unknown): Stage {
  const size = positive('size argument to $sample', doc('$sample', operand).size, 0);
  return (documents) => {
    const keyed = documents.map((document) => ({ document, key: Math.random() }));
    return keyed
      .sort((a, b) => a.key - b.key)
      .slice(0, size)
      .map(({ document }) => document);
  };
}

const stages: Readonly<Record<string, CompileStage>> = {
  $match: (operand, { variables }) => {
    const matches = compileFilter(doc('$match', operand), expressionTest(variables));
    return (documents) => documents.filter((document) => matches(document));
  },
  $sort: (operand) => {
    const order = parseSort(doc('$sort', operand));
    if (order.length === 0) throw new CommandError(15976, '$sort stage must have at least one sort key');
    return (documents) => sortDocuments(documents, order, (document) => document);
  },
  $limit: (operand) => {
    const most = positive('limit', operand, 1);
    return (documents) => documents.slice(0, most);
  },
  $skip: (operand) => {
    const first = positive('skip', operand, 0);
    return (documents) => documents.slice(first);
  },
  $project: (operand, { variables }) => {
    const spec = doc('$project', operand);
    if (Object.keys(spec).length === 0)
      throw new CommandError(
        51272,
        'Invalid $project :: caused by :: projection specification must have at least one field',
      );
    const project = compileProjection(spec);
    return (documents) => documents.map((document) => project(document, variables));
  },
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $count: count,
  $facet: facet,
  $unionWith: unionWith,
  $sample: sample,
  $documents: ownDocuments,
  $unwind: compileUnwind,
  $group: (operand, { variables }) => compileGroup(doc('$group', operand), variables),
  $lookup: (operand, context) => compileLookup(doc('$lookup', operand), context, compilePipeline),
  $replaceRoot: (operand, context) => replaceRoot(doc('$replaceRoot', operand).newRoot, context),
  $replaceWith: replaceRoot,
  $sortByCount: (operand, context) =>
    compilePipeline([{ $group: { _id: operand, count: { $sum: 1 } } }, { $sort: { count: -1 } }], context),
};
