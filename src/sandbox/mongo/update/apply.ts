import { badValue, CommandError, failedToParse } from '../errors.js';
import { elementMatcher } from '../match.js';
import { compareStrings, identical } from '../order.js';
import { indexOf, type Path, pathOf, plainValue } from '../paths.js';
import { asDoc, clone, type Doc, isDoc } from '../values.js';
import { needsExisting, updateOperators } from './operators.js';
import { type Positions, targetsOf } from './targets.js';

/** A compiled update: gives the new document and leaves the old one alone. */
export type Update = (document: Doc, matched: number | undefined, inserting: boolean) => Doc;

/** One change of an update document: an operator at a path. */
interface Step {
  readonly path: Path;
  apply(document: Doc, positions: Positions, inserting: boolean): void;
}

/** Compiles an update document of operators (`{ $set: … }`). */
export function compileOperators(update: Doc, arrayFilters: readonly Doc[]): Update {
  const filters = filtersByName(arrayFilters);
  const steps = Object.entries(update).flatMap(([name, fields]) => stepsOf(name, fields));
  steps.sort((a, b) => comparePaths(a.path, b.path));
  refuseConflicts(steps);
  refuseUnusedFilters(steps, filters);
  return (document, matched, inserting) => {
    const result = clone(document);
    for (const step of steps) step.apply(result, { matched, filters }, inserting);
    refuseChangedId(document, result);
    return result;
  };
}

function stepsOf(name: string, fields: unknown): Step[] {
  if (!isDoc(fields)) {
    throw failedToParse(
      `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${name}: ${JSON.stringify(fields)}}`,
    );
  }
  if (name === '$rename') return Object.entries(fields).flatMap(([from, to]) => renameSteps(from, to));
  const operator = updateOperators[name];
  if (operator === undefined) {
    throw failedToParse(
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  return Object.entries(fields).map(([field, operand]) => {
    const change = operator(operand);
    const path = checkedPath(field);
    return {
      path,
      apply(document, positions, inserting) {
        if (name === '$setOnInsert' && !inserting) return;
        for (const target of targetsOf(document, path, positions, !needsExisting.has(name))) change(target);
      },
    };
  });
}

function checkedPath(field: string): Path {
  if (field === '') throw new CommandError(56, 'An empty update path is not valid.');
  const path = pathOf(field);
  if (path.includes(''))
    throw new CommandError(
      56,
      `The update path '${field}' contains an empty field name, which is not allowed.`,
    );
  const [first = ''] = path;
  if (first === '$' || first.startsWith('$[')) {
    throw badValue(
      `Cannot have array filter identifier or positional operator as the first element in path '${field}'`,
    );
  }
  return path;
}

function renameSteps(from: string, to: unknown): Step[] {
  if (typeof to !== 'string') throw badValue(`The 'to' field for $rename must be a string: ${from}`);
  const [source, target] = [checkedPath(from), checkedPath(to)];
  if (from === to) throw badValue(`The source and target field for $rename must differ: ${from}`);
  if ([...source, ...target].some((part) => part.startsWith('$')))
    throw badValue(`The source field for $rename may not be dynamic: ${from}`);
  return [
    { path: source, apply: () => undefined },
    {
      path: target,
      apply(document, positions) {
        const value = plainValue(document, source);
        if (value === undefined) return;
        for (const place of targetsOf(document, source, positions, false)) place.unset();
        for (const place of targetsOf(document, target, positions, true)) place.set(value);
      },
    },
  ];
}

/** MongoDB sets new fields in the order of their names, indexes by number. */
function comparePaths(a: Path, b: Path): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [x = '', y = ''] = [a[at], b[at]];
    const [i, j] = [indexOf(x), indexOf(y)];
    const order = i !== undefined && j !== undefined ? i - j : compareStrings(x, y);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function refuseConflicts(steps: readonly Step[]): void {
  for (const [at, { path }] of steps.entries()) {
    const before = steps[at - 1]?.path;
    if (before === undefined || !before.every((part, index) => path[index] === part)) continue;
    throw new CommandError(
      40,
      `Updating the path '${path.join('.')}' would create a conflict at '${before.join('.')}'`,
    );
  }
}

function filtersByName(arrayFilters: readonly Doc[]): Map<string, (item: unknown) => boolean> {
  const filters = new Map<string, (item: unknown) => boolean>();
  for (const filter of arrayFilters) {
    const names = new Set(namesIn(filter));
    const [name] = names;
    if (name === undefined)
      throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
    if (names.size > 1) {
      throw failedToParse(
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...names].join("' and '")}'`,
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw badValue(
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name))
      throw failedToParse(`Found multiple array filters with the same top-level field name ${name}`);
    const matches = elementMatcher(filter);
    filters.set(name, (item) => matches({ [name]: item }));
  }
  return filters;
}

const namesIn = (filter: Doc): string[] =>
  Object.entries(filter).flatMap(([key, value]) => {
    if (['$and', '$or', '$nor'].includes(key) && Array.isArray(value))
      return value.flatMap((branch) => namesIn(asDoc(branch)));
    return [key.split('.', 1).join()];
  });

function refuseUnusedFilters(steps: readonly Step[], filters: ReadonlyMap<string, unknown>): void {
  const unused = [...filters.keys()].find((name) => !steps.some(({ path }) => path.includes(`$[${name}]`)));
  if (unused !== undefined)
    throw failedToParse(`The array filter for identifier '${unused}' was not used in the update`);
}

/** An update may say a document's `_id`, but not change it. */
export function refuseChangedId(before: Doc, after: Doc): void {
  if (before._id === undefined || identical(before._id, after._id)) return;
  throw new CommandError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}
