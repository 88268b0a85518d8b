import { CommandError } from './errors.js';
import { bucketOf } from './order.js';
import { indexOf, ownField, type Path } from './paths.js';
import { type Doc, isDoc } from './values.js';

/** One field of a compound key on its way down the document: the value reached and the path still to go. */
interface Reach {
  readonly value: unknown;
  readonly rest: Path;
  /** An element of an array at the path's end: a value, not taken apart again. */
  readonly element?: boolean;
}

/** The keys under which a document stands in an index, without repetition; several when arrays are indexed. */
export function indexKeys(document: Doc, paths: readonly Path[]): unknown[][] {
  const keys: unknown[][] = [];
  expand(
    paths.map((path) => descend(document, path)),
    keys,
  );
  return keys.length < 2 ? keys : unique(keys);
}

function unique(keys: unknown[][]): unknown[][] {
  const seen = new Set<string>();
  return keys.filter((key) => {
    const bucket = bucketOf(key);
    return !seen.has(bucket) && seen.add(bucket);
  });
}

/** Goes down until the end of the path or an array. */
function descend(start: unknown, path: Path): Reach {
  let value = start;
  for (const [at, part] of path.entries()) {
    if (Array.isArray(value)) {
      const index = indexOf(part);
      if (index === undefined || index >= value.length) return { value, rest: path.slice(at) };
      value = value[index];
    } else value = isDoc(value) ? ownField(value, part) : undefined;
  }
  return { value, rest: [] };
}

/** Takes one array apart at a time; fields that go through the same array stay together. */
function expand(reaches: readonly Reach[], keys: unknown[][]): void {
  const arrays = new Set(
    reaches
      .filter(({ element }) => element !== true)
      .map(({ value }) => value)
      .filter(isList),
  );
  if (arrays.size > 1) throw new CommandError(171, 'cannot index parallel arrays');
  const [list] = arrays;
  if (list === undefined)
    keys.push(reaches.map(({ value, rest }) => (rest.length === 0 ? (value ?? null) : null)));
  else if (list.length === 0) keys.push(reaches.map((reach) => emptyPart(reach, list)));
  else
    for (const item of list)
      expand(
        reaches.map((reach) => (reach.value === list ? step(item, reach.rest) : reach)),
        keys,
      );
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const step = (item: unknown, rest: Path): Reach =>
  rest.length === 0 ? { value: item, rest, element: true } : descend(item, rest);

/** An empty array is indexed as undefined, which stands below null, at the end of a path and as null before it. */
const emptyPart = ({ value, rest }: Reach, list: readonly unknown[]): unknown =>
  value !== list ? (value ?? null) : rest.length === 0 ? undefined : null;
