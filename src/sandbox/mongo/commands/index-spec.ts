import { CommandError, unsupported } from '../errors.js';
import type { IndexSpec } from '../indexes.js';
import { compileFilter } from '../match.js';
import { type Doc, isDoc, plainNumber } from '../values.js';
import { refuseCollation } from './command.js';

const flags = ['unique', 'sparse'] as const;
const ignored = [
  'background',
  'ns',
  'v',
  'key',
  'name',
  'dropDups',
  'commitQuorum',
  '2dsphereIndexVersion',
  'textIndexVersion',
];
const refused = [
  'hidden',
  'weights',
  'default_language',
  'language_override',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'storageEngine',
];

/** An index as it will be kept: options in MongoDB's order, those that are false or meaningless left out. */
export function specFrom(given: Doc): IndexSpec {
  const key = keyFrom(given.key);
  if (typeof given.name !== 'string' || given.name === '')
    throw new CommandError(9, "The 'name' field is a required property of an index specification");
  refuseCollation(given.collation);
  const spec: Record<string, unknown> = { v: 2, key, name: given.name };
  for (const flag of flags) if (given[flag] === true || given[flag] === 1) spec[flag] = true;
  const { expireAfterSeconds, partialFilterExpression } = given;
  if (expireAfterSeconds !== undefined) spec.expireAfterSeconds = checkedTtl(expireAfterSeconds, key);
  if (partialFilterExpression !== undefined) {
    if (spec.sparse === true)
      throw new CommandError(67, "cannot mix 'partialFilterExpression' and 'sparse' options");
    spec.partialFilterExpression = checkedPartial(partialFilterExpression);
  }
  for (const option of Object.keys(given)) {
    if (
      option in spec ||
      ignored.includes(option) ||
      flags.some((flag) => flag === option) ||
      option === 'collation'
    )
      continue;
    if (refused.includes(option)) {
      if (given[option] === false) continue;
      throw unsupported(`The index option ${option}`);
    }
    throw new CommandError(
      197,
      `The field '${option}' is not valid for an index specification. Specification: ${JSON.stringify(given)}`,
    );
  }
  return { ...spec, v: 2, key, name: given.name };
}

function keyFrom(key: unknown): Record<string, 1 | -1> {
  if (!isDoc(key) || Object.keys(key).length === 0) throw new CommandError(67, 'Index keys cannot be empty.');
  return Object.fromEntries(
    Object.entries(key).map(([field, given]) => {
      if (typeof given === 'string') throw unsupported(`The index type ${given}`);
      if (field === '$**' || field.endsWith('.$**')) throw unsupported('A wildcard index');
      const direction = plainNumber(given);
      if (direction === undefined || direction === 0)
        throw new CommandError(
          67,
          `Values in v:2 index key pattern cannot be of type ${typeof given}. Only numbers > 0, numbers < 0, and strings are allowed.`,
        );
      if (field === '' || field.startsWith('$') || field.split('.').includes(''))
        throw new CommandError(67, `Index keys cannot be an empty field or start with '$': '${field}'`);
      return [field, direction > 0 ? 1 : -1];
    }),
  );
}

function checkedTtl(seconds: unknown, key: Doc): number {
  const number = plainNumber(seconds);
  if (number === undefined || number < 0 || number > 2147483647)
    throw new CommandError(
      67,
      `TTL index 'expireAfterSeconds' option must be within an acceptable range, was: ${String(seconds)}`,
    );
  if (Object.keys(key).length > 1)
    throw new CommandError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL.');
  return Math.trunc(number);
}

const partialOperators = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in'];

function checkedPartial(filter: unknown): Doc {
  if (!isDoc(filter)) throw new CommandError(14, "'partialFilterExpression' must be an object");
  compileFilter(filter);
  const wrong = operatorsIn(filter).find((name) => !['$and', '$or', ...partialOperators].includes(name));
  if (wrong !== undefined) throw new CommandError(67, `Expression not supported in partial index: ${wrong}`);
  return filter;
}

const operatorsIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(operatorsIn)
    : isDoc(value)
      ? Object.entries(value).flatMap(([key, inner]) => [
          ...(key.startsWith('$') ? [key] : []),
          ...operatorsIn(inner),
        ])
      : [];
