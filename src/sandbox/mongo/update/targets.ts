import { badValue, CommandError } from '../errors.js';
import { indexOf, type Path } from '../paths.js';
import { type Doc, isDoc, setField, typeName } from '../values.js';

/** A place in a document that an update writes to, and how to get and set what stands there. */
export interface Target {
  readonly path: string;
  get(): unknown;
  set(value: unknown): void;
  unset(): void;
}

/** What positional path components stand for. */
export interface Positions {
  /** The index for `$`, found by the filter. */
  readonly matched: number | undefined;
  /** Tests for `$[name]`. */
  readonly filters: ReadonlyMap<string, (item: unknown) => boolean>;
}

/**
 * The places a path means in a document that may be changed. `create` makes the subdocuments on the way when the target is set,
 * never before: an operator that finds nothing to do leaves nothing behind.
 */
export function targetsOf(document: Doc, path: Path, positions: Positions, create: boolean): Target[] {
  return below(document, path, [], positions, create);
}

function below(holder: unknown, path: Path, done: Path, positions: Positions, create: boolean): Target[] {
  const [part = '', ...rest] = path;
  if (part === '')
    throw new CommandError(
      56,
      `The update path '${[...done, ...path].join('.')}' contains an empty field name, which is not allowed.`,
    );
  if (part.startsWith('$[') || part === '$') {
    return indexesFor(holder, part, done, positions).flatMap((index) =>
      below(holder, [String(index), ...rest], done, positions, create),
    );
  }
  const place = placeIn(holder, part, done, create);
  if (place === undefined) return [];
  const here = [...done, part];
  if (rest.length === 0) return [{ path: here.join('.'), ...place }];
  const next = place.get();
  if (next !== undefined) return below(next, rest, here, positions, create);
  return create ? [newTarget(place, rest, here)] : [];
}

/** A target below something that is not there yet. */
function newTarget(parent: Place, path: Path, done: Path): Target {
  if (path.some((part) => part.startsWith('$'))) {
    throw badValue(
      `The path '${done.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  return {
    path: [...done, ...path].join('.'),
    get: () => undefined,
    set: (value) => parent.set(path.reduceRight<unknown>((inner, part) => setIn({}, part, inner), value)),
    unset: () => undefined,
  };
}

const setIn = (document: Doc, key: string, value: unknown): Doc => {
  setField(document, key, value);
  return document;
};

type Place = Omit<Target, 'path'>;

function placeIn(holder: unknown, part: string, done: Path, create: boolean): Place | undefined {
  if (isDoc(holder)) return fieldPlace(holder, part);
  const index = indexOf(part);
  if (Array.isArray(holder) && index !== undefined) return itemPlace(holder, index);
  if (!create) return undefined;
  const element = `{${done.at(-1) ?? ''}: ${typeName(holder) === 'null' ? 'null' : JSON.stringify(holder)}}`;
  throw new CommandError(28, `Cannot create field '${part}' in element ${element}`);
}

const fieldPlace = (holder: Doc, part: string): Place => ({
  get: () => (Object.hasOwn(holder, part) ? holder[part] : undefined),
  set: (value) => setField(holder, part, value),
  unset: () => {
    delete holder[part];
  },
});

const mostPadding = 1_500_000;

const itemPlace = (holder: unknown[], index: number): Place => ({
  get: () => holder[index],
  set: (value) => {
    if (index > holder.length + mostPadding)
      throw new CommandError(28, `Cannot backfill more than ${mostPadding} elements`);
    while (holder.length < index) holder.push(null);
    holder[index] = value;
  },
  unset: () => {
    if (index < holder.length) holder[index] = null;
  },
});

function indexesFor(holder: unknown, part: string, done: Path, { matched, filters }: Positions): number[] {
  if (part === '$') {
    if (matched !== undefined) return [matched];
    throw badValue('The positional operator did not find the match needed from the query.');
  }
  const path = done.join('.');
  if (holder === undefined)
    throw badValue(`The path '${path}' must exist in the document in order to apply array updates.`);
  if (!Array.isArray(holder))
    throw badValue(
      `Cannot apply array updates to non-array element ${done.at(-1) ?? ''}: ${JSON.stringify(holder)}`,
    );
  const name = part.slice(2, -1);
  const accepts = name === '' ? () => true : filters.get(name);
  if (accepts === undefined)
    throw badValue(`No array filter found for identifier '${name}' in path '${[...done, part].join('.')}'`);
  return [...holder.keys()].filter((index) => accepts(holder[index]));
}
