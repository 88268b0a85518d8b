import { CommandError } from '../errors.js';
import { pathOf, someValue } from '../paths.js';
import { asDoc, asList, type Doc, typeName } from '../values.js';
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

/** Joins by equality: each element of a local array counts, an empty one joins nothing, a missing value joins null and missing. */
function joinFilter(document: Doc, localField: string, foreignField: string): Doc {
  const values: unknown[] = [];
  const collect = (value: unknown): boolean => {
    values.push(...(Array.isArray(value) ? value : [value ?? null]));
    return false;
  };
  someValue(document, pathOf(localField), collect, true);
  return { [foreignField]: { $in: values.filter((value) => typeName(value) !== 'regex') } };
}
