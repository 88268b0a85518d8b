import { Long } from 'bson';
import { CommandError } from '../errors.js';
import { type Path, plainValue } from '../paths.js';
import { asDoc, type Doc, isDoc, setField } from '../values.js';

/** Compiles `$unwind`: a document for each element; a value that is no list counts as its only element. */
export function compileUnwind(operand: unknown): (documents: readonly Doc[]) => Doc[] {
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = isDoc(operand)
    ? operand
    : { path: operand };
  if (typeof path !== 'string' || !path.startsWith('$')) {
    throw new CommandError(28818, "path option to $unwind stage should be prefixed with a '$'");
  }
  const parts = path.slice(1).split('.');
  const index = typeof includeArrayIndex === 'string' ? includeArrayIndex : undefined;
  const numbered = (document: Doc, at: number | null): Doc =>
    index === undefined
      ? document
      : withValue(document, index.split('.'), at === null ? null : Long.fromNumber(at));
  return (documents) =>
    documents.flatMap((document) => {
      const value = plainValue(document, parts);
      if (Array.isArray(value) && value.length > 0) {
        return value.map((item, at) => numbered(withValue(document, parts, item), at));
      }
      if (value !== null && value !== undefined && !Array.isArray(value)) return [numbered(document, null)];
      if (preserveNullAndEmptyArrays !== true) return [];
      return [numbered(Array.isArray(value) ? withValue(document, parts, undefined) : document, null)];
    });
}

/** The document with another value at a path of plain subdocuments; `undefined` removes the field. */
export function withValue(document: Doc, path: Path, value: unknown): Doc {
  const [part = '', ...rest] = path;
  const result = { ...document };
  const next = rest.length === 0 ? value : withValue(asDoc(document[part]), rest, value);
  if (next === undefined) delete result[part];
  else setField(result, part, next);
  return result;
}
