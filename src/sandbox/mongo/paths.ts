import { type Doc, isDoc } from './values.js';

export type Path = readonly string[];

export const pathOf = (dotted: string): Path => dotted.split('.');

/** The array index that a path component names, or undefined. */
export const indexOf = (part: string | undefined): number | undefined =>
  part !== undefined && /^(0|[1-9]\d*)$/.test(part) ? Number(part) : undefined;

/** Where a match was found: the index within the outermost array that the path went through. */
export interface Position {
  index?: number;
}

type Visit = (value: unknown) => boolean;

/**
 * Walks a path as MongoDB's matcher does and stops at the first value that `visit` accepts. Arrays on the way are entered;
 * an array at the end is shown element by element and then whole, or only whole when `whole` is set. `undefined` is missing.
 * The empty path is the value itself, which is how the elements of an array are asked.
 */
export function someValue(
  document: Doc,
  path: Path,
  visit: Visit,
  whole: boolean,
  position?: Position,
): boolean {
  if (path.length === 0) return visit(document);
  return inDoc(document, path, 0, visit, whole, position);
}

function inDoc(
  document: Doc,
  path: Path,
  at: number,
  visit: Visit,
  whole: boolean,
  position?: Position,
): boolean {
  const value = ownField(document, path[at]);
  if (at === path.length - 1) return atEnd(value, visit, whole, position);
  if (Array.isArray(value)) return inList(value, path, at + 1, visit, whole, position);
  return isDoc(value) ? inDoc(value, path, at + 1, visit, whole, position) : visit(undefined);
}

function inList(
  list: readonly unknown[],
  path: Path,
  at: number,
  visit: Visit,
  whole: boolean,
  position?: Position,
): boolean {
  for (const [index, item] of list.entries()) {
    if (isDoc(item) && inDoc(item, path, at, visit, whole, position)) return found(position, index);
  }
  const named = indexOf(path[at]);
  if (named === undefined || named >= list.length) return false;
  const item = list[named];
  if (at === path.length - 1) return atEnd(item, visit, whole) && found(position, named);
  if (isDoc(item)) return inDoc(item, path, at + 1, visit, whole) && found(position, named);
  return Array.isArray(item) && inList(item, path, at + 1, visit, whole) && found(position, named);
}

function atEnd(value: unknown, visit: Visit, whole: boolean, position?: Position): boolean {
  if (!whole && Array.isArray(value)) {
    for (const [index, item] of value.entries()) if (visit(item)) return found(position, index);
  }
  return visit(value);
}

function found(position: Position | undefined, index: number): true {
  if (position !== undefined) position.index = index;
  return true;
}

export const ownField = (document: Doc, key: string | undefined): unknown =>
  key !== undefined && Object.hasOwn(document, key) ? document[key] : undefined;

/** The value at a path of plain subdocuments; undefined where there is none or an array stands in the way. */
export function plainValue(document: Doc, path: Path): unknown {
  let value: unknown = document;
  for (const part of path) value = isDoc(value) ? ownField(value, part) : undefined;
  return value;
}

/** Every value at a path, arrays at its end taken apart: what `distinct` and index keys of one field see. */
export function allValues(document: Doc, path: Path): unknown[] {
  const values: unknown[] = [];
  someValue(
    document,
    path,
    (value) => {
      if (Array.isArray(value)) values.push(...value);
      else if (value !== undefined) values.push(value);
      return false;
    },
    true,
  );
  return values;
}
