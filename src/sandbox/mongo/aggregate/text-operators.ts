import { CommandError } from '../errors.js';
import { compareStrings } from '../order.js';
import { isAbsent, isNumeric, plainNumber, typeName } from '../values.js';
import type { Compile, Expression, Operator } from './expression.js';
import { anyNumber, eager } from './logic-operators.js';

function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new CommandError(16702, `${name} only supports strings, not ${typeName(value)}`);
}

/** What `$toLower` and its kin take: missing is the empty text, numbers and dates are written out. */
function written(value: unknown): string {
  if (isAbsent(value)) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (isNumeric(value)) return String(value);
  throw new CommandError(16007, `can't convert from BSON type ${typeName(value)} to String`);
}

/** Only the letters of ASCII change, as in MongoDB. */
const lower = (value: string): string => value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (value: string): string => value.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

/** An operator whose operand is an object of named texts; null as soon as one of them is. */
const named =
  (fields: readonly string[], apply: (...texts: string[]) => unknown): Operator =>
  (operand, compile, name) => {
    const values = fields.map((field) => fieldOf(operand, field, compile));
    return (scope) => {
      const given = values.map((evaluate) => evaluate?.(scope));
      if (given.some((value, at) => isAbsent(value) && values[at] !== undefined)) return null;
      return apply(...given.map((value) => (isAbsent(value) ? ' \n\t\r\f\v\0\u00a0' : text(name, value))));
    };
  };

function fieldOf(operand: unknown, field: string, compile: Compile): Expression | undefined {
  const given = Object.entries(operand ?? {}).find(([key]) => key === field);
  return given === undefined ? undefined : compile(given[1]);
}

function trim(value: string, characters: string, start: boolean, end: boolean): string {
  const letters = [...value];
  const gone = new Set(characters);
  while (start && letters[0] !== undefined && gone.has(letters[0])) letters.shift();
  while (end && gone.has(letters.at(-1) ?? '\uffff')) letters.pop();
  return letters.join('');
}

function characters(value: unknown, first: unknown, count: unknown): string {
  const [from, length] = [plainNumber(first) ?? 0, plainNumber(count) ?? 0];
  if (from < 0) throw new CommandError(34452, '$substrCP: the starting index must be non-negative');
  const letters = [...written(value)];
  return letters.slice(from, length < 0 ? undefined : from + length).join('');
}

export const textOperators: Readonly<Record<string, Operator>> = {
  $concat: eager(anyNumber, (...values) =>
    values.some(isAbsent) ? null : values.map((value) => text('$concat', value)).join(''),
  ),
  $toLower: eager(1, (value) => lower(written(value))),
  $toUpper: eager(1, (value) => upper(written(value))),
  $strcasecmp: eager(2, (a, b) => Math.sign(compareStrings(upper(written(a)), upper(written(b))))),
  $split: eager(2, (value, by) =>
    isAbsent(value) || isAbsent(by) ? null : text('$split', value).split(text('$split', by)),
  ),
  $strLenCP: eager(1, (value) => [...text('$strLenCP', value)].length),
  $strLenBytes: eager(1, (value) => Buffer.byteLength(text('$strLenBytes', value))),
  $substrCP: eager(3, characters),
  $trim: named(['input', 'chars'], (value = '', chars = '') => trim(value, chars, true, true)),
  $ltrim: named(['input', 'chars'], (value = '', chars = '') => trim(value, chars, true, false)),
  $rtrim: named(['input', 'chars'], (value = '', chars = '') => trim(value, chars, false, true)),
  $replaceOne: named(['input', 'find', 'replacement'], (value = '', find = '', by = '') =>
    value.replace(find, () => by),
  ),
  $replaceAll: named(['input', 'find', 'replacement'], (value = '', find = '', by = '') =>
    value.replaceAll(find, () => by),
  ),
};
