import { CommandError } from '../errors.js';
import { allValues, pathOf } from '../paths.js';
import { asDoc, asList, type Doc } from '../values.js';
import { evaluateVariables, scopeOf } from './expressions.js';
import { withValue } from './unwind.js';

interface Surroundings {
  readonly variables: Doc;
  documents(collection: string, filter: Doc): readonly Doc[];
}
type Run = (documents: readonly Doc[]) => readonly Doc[];
type CompilePipeline<C> = (pipeline: readonly Doc[], context: C) => Run;

/** Compiles `$lookup` in its three forms: by field, by pipeline, and by both together. */
export function compileLookup<C extends Surroundings>(
  spec: Doc,
  context: C,
  compile: CompilePipeline<C>,
): Run {
  const { from, localField, foreignField, as, pipeline, let: variables } = spec;
  if (typeof as !== 'string') throw new CommandError(9, "must specify 'as' field for a $lookup");
  if (typeof from !== 'string') throw new CommandError(9, "must specify 'from' field for a $lookup");
  if ((localField === undefined) !== (foreignField === undefined)) {
    throw new CommandError(
      9,
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified",
    );
  }
  const stages = asList(pipeline).map(asDoc);
  compile(stages, context);
  return (documents) =>
    documents.map((document) => {
      const filter =
        localField === undefined ? {} : joinFilter(document, String(localField), String(foreignField));
      const joined = context.documents(from, filter);
      const outer = scopeOf(document, context.variables);
      const inner = {
        ...context,
        variables: { ...context.variables, ...evaluateVariables(asDoc(variables), outer) },
      };
      return withValue(document, pathOf(as), stages.length === 0 ? joined : compile(stages, inner)(joined));
    });
}

/** Joins by equality; a missing local value joins what is null or missing on the other side. */
function joinFilter(document: Doc, localField: string, foreignField: string): Doc {
  const values = allValues(document, pathOf(localField));
  return values.length === 1
    ? { [foreignField]: { $eq: values[0] } }
    : { [foreignField]: { $in: values.length === 0 ? [null] : values } };
}
