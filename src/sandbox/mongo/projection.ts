import { compileProjection } from './aggregate/project.js';
import { CommandError, unsupported } from './errors.js';
import { elementMatcher, type Matcher } from './match.js';
import { type Position, pathOf } from './paths.js';
import { asDoc, type Doc, isDoc, plainNumber, setField } from './values.js';

/** The projection of `find`: what `$project` does, and `$slice`, `$elemMatch` and the positional `.$`. */
export type FindProjection = (document: Doc) => Doc;

type ListChange = (list: readonly unknown[], document: Doc) => readonly unknown[] | undefined;

export function compileFindProjection(spec: Doc, filter: Matcher): FindProjection {
  const changes = new Map<string, ListChange>();
  const plain: Doc = {};
  let positional = false;
  for (const [key, value] of Object.entries(spec)) {
    if (key.endsWith('.$')) {
      if (positional)
        throw new CommandError(31276, 'Cannot specify more than one positional projection per query.');
      positional = true;
      changes.set(key.slice(0, -2), matchedElement(filter));
      plain[key.slice(0, -2)] = 1;
    } else if (isDoc(value) && '$elemMatch' in value) {
      changes.set(key, firstMatch(value.$elemMatch));
      plain[key] = 1;
    } else if (isDoc(value) && '$slice' in value) changes.set(key, sliceOf(value.$slice));
    else if (isDoc(value) && '$meta' in value) throw unsupported('The projection operator $meta');
    else plain[key] = value;
  }
  const sliced = [...changes.keys()].filter((key) => !(key in plain));
  if (isInclusive(plain)) for (const key of sliced) plain[key] = 1;
  const project = Object.keys(plain).length > 0 ? compileProjection(plain) : (document: Doc) => document;
  return (document) =>
    [...changes].reduce(
      (result, [key, change]) => changeList(result, pathOf(key), change, document),
      project(document),
    );
}

const isInclusive = (plain: Doc): boolean =>
  Object.entries(plain).some(([key, value]) => key !== '_id' && value !== false && plainNumber(value) !== 0);

function changeList(value: Doc, path: readonly string[], change: ListChange, document: Doc): Doc {
  const [part = '', ...rest] = path;
  const field = value[part];
  const result: Doc = { ...value };
  if (rest.length === 0) {
    if (!Array.isArray(field)) return change([], document) === undefined ? without(result, part) : value;
    const changed = change(field, document);
    if (changed === undefined) return without(result, part);
    setField(result, part, changed);
  } else if (isDoc(field)) setField(result, part, changeList(field, rest, change, document));
  else if (Array.isArray(field))
    setField(
      result,
      part,
      field.map((item) => (isDoc(item) ? changeList(item, rest, change, document) : item)),
    );
  return result;
}

function without(document: Doc, key: string): Doc {
  const { [key]: _gone, ...rest } = document;
  return rest;
}

function firstMatch(condition: unknown): ListChange {
  const matches = elementMatcher(asDoc(condition));
  return (list) => {
    const found = list.find(matches);
    return found === undefined ? undefined : [found];
  };
}

const matchedElement =
  (filter: Matcher): ListChange =>
  (list, document) => {
    if (list.length === 0) return [];
    const position: Position = {};
    filter(document, position);
    if (position.index === undefined) {
      throw new CommandError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    return list.slice(position.index, position.index + 1);
  };

function sliceOf(operand: unknown): ListChange {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map(plainNumber);
  if (first === undefined)
    throw new CommandError(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax.');
  if (second === undefined) return (list) => (first < 0 ? list.slice(first) : list.slice(0, first));
  if (second <= 0)
    throw new CommandError(28724, 'First argument to $slice must be an array, but is of type: int');
  return (list) => {
    const from = first < 0 ? Math.max(0, list.length + first) : first;
    return list.slice(from, from + second);
  };
}
