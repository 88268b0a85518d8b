import { ObjectId } from 'bson';
import { compilePipeline, type PipelineContext } from '../aggregate/stages.js';
import { CommandError, failedToParse, unsupported } from '../errors.js';
import { isOperators } from '../match.js';
import { equal, identical } from '../order.js';
import { pathOf } from '../paths.js';
import { asDoc, clone, type Doc, isDoc } from '../values.js';
import { compileOperators, refuseChangedId, type Update } from './apply.js';
import { targetsOf } from './targets.js';

const pipelineStages = ['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith'];

/** Compiles an update of any form: operators, a whole new document, or a pipeline. */
export function compileUpdate(update: unknown, arrayFilters: readonly Doc[], variables: Doc): Update {
  if (Array.isArray(update)) return pipelineUpdate(update.map(asDoc), arrayFilters, variables);
  if (!isDoc(update)) throw failedToParse('Update argument must be either an object or an array');
  if (isReplacement(update)) return replacement(update, arrayFilters);
  return compileOperators(update, arrayFilters);
}

/** True for a document that takes another's place: it has no operators. */
export const isReplacement = (update: unknown): boolean =>
  isDoc(update) && Object.keys(update)[0]?.startsWith('$') !== true;

function replacement(update: Doc, arrayFilters: readonly Doc[]): Update {
  if (arrayFilters.length > 0)
    throw failedToParse('arrayFilters may not be specified for a replacement-style update');
  const operator = Object.keys(update).find((key) => key.startsWith('$'));
  if (operator !== undefined)
    throw new CommandError(
      52,
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  return (document) => {
    const { _id = document._id, ...rest } = update;
    if (document._id !== undefined && !equal(document._id, _id)) {
      throw new CommandError(
        66,
        `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${JSON.stringify(_id)}`,
      );
    }
    return clone(_id === undefined ? rest : { _id, ...rest });
  };
}

function pipelineUpdate(pipeline: readonly Doc[], arrayFilters: readonly Doc[], variables: Doc): Update {
  if (arrayFilters.length > 0)
    throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
  const wrong = pipeline
    .map((stage) => Object.keys(stage)[0] ?? '')
    .find((name) => !pipelineStages.includes(name));
  if (wrong !== undefined) throw new CommandError(72, `${wrong} is not allowed to be used within an update`);
  const context: PipelineContext = {
    variables,
    documents: () => {
      throw unsupported('Reading another collection in an update');
    },
  };
  const run = compilePipeline(pipeline, context);
  return (document) => {
    const [result = {}] = run([document]);
    const { _id = document._id, ...rest } = result;
    refuseChangedId(document, { _id });
    return clone(
      _id === undefined ? rest : identical(Object.keys(result)[0], '_id') ? result : { _id, ...rest },
    );
  };
}

/** The document an upsert starts from: what the filter says by equality. */
function seedOf(filter: Doc): Doc {
  const seed: Doc = {};
  for (const [path, value] of equalities(filter)) {
    for (const target of targetsOf(seed, pathOf(path), { matched: undefined, filters: new Map() }, true)) {
      if (target.get() !== undefined && !equal(target.get(), value)) {
        throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
      }
      target.set(clone(value));
    }
  }
  return seed;
}

function equalities(filter: Doc): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, condition]): [string, unknown][] => {
    if (key === '$and' && Array.isArray(condition))
      return condition.flatMap((branch) => equalities(asDoc(branch)));
    if (key === '$or' && Array.isArray(condition) && condition.length === 1)
      return equalities(asDoc(condition[0]));
    if (key.startsWith('$')) return [];
    if (!isOperators(condition)) return isPattern(condition) ? [] : [[key, condition]];
    if ('$eq' in condition) return [[key, condition.$eq]];
    const only = onlyItem(condition.$in) ?? onlyItem(condition.$all);
    return only === undefined ? [] : [[key, only]];
  });
}

const onlyItem = (list: unknown): unknown =>
  Array.isArray(list) && list.length === 1 && !isPattern(list[0]) ? list[0] : undefined;
const isPattern = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'BSONRegExp';

/** The document an upsert inserts, its `_id` first and made if nothing gave one. */
export function upserted(filter: Doc, update: unknown, apply: Update): Doc {
  const seed = isReplacement(update)
    ? '_id' in asDoc(update)
      ? {}
      : pick(seedOf(filter), '_id')
    : seedOf(filter);
  const { _id = new ObjectId(), ...rest } = apply(seed, undefined, true);
  return { _id, ...rest };
}

const pick = (document: Doc, key: string): Doc => (key in document ? { [key]: document[key] } : {});
