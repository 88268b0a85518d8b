import type { Stated } from '../../differences.js';
import type { Value } from '../../snapshot.js';
import { escapeIdentifier, escapeLiteral } from './driver.js';

/** An identifier, or a name of several, as statements write it. */
export const named = (...parts: readonly string[]): string =>
  parts.map((part) => escapeIdentifier(part)).join('.');

/** A name whose last part is a signature: only the name before the parameters is quoted. */
export function signature(name: readonly string[]): string {
  const last = name.at(-1) ?? '';
  const at = last.lastIndexOf('(');
  return `${named(...name.slice(0, -1), last.slice(0, at))}${last.slice(at)}`;
}

export const literal = (text: string): string => escapeLiteral(text);

/** Whoever holds a right: a role, or everybody. */
export const roleNamed = (name: string): string => (name === 'PUBLIC' ? 'PUBLIC' : named(name));

/** Says of an object what it is for, or no longer; `object` with the words of its kind: `TABLE "public"."t"`. */
export const commentOn = (object: string, comment: string): string =>
  `COMMENT ON ${object} IS ${comment === '' ? 'NULL' : literal(comment)}`;

/** A property of staging's side as text; empty when it is not there. */
export function wanted({ staging }: Stated, prop: string): string {
  return textOf(staging?.[prop]);
}

export function textOf(value: Value | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

const states: Readonly<Record<string, string>> = {
  disabled: 'DISABLE',
  'on a replica': 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

/** When a trigger or rule fires in staging, as `ALTER TABLE` calls it. */
export const firingState = (difference: Stated): string => states[wanted(difference, 'fires')] ?? 'ENABLE';

/** Statements each ended by a semicolon; undefined when there are none. */
export function lines(...statements: readonly (string | undefined)[]): string | undefined {
  const given = statements.filter((statement) => statement !== undefined && statement !== '');
  if (given.length === 0) return undefined;
  return given.map((statement) => `${statement?.trimEnd().replace(/;$/u, '')};`).join('\n');
}

/** What each changed property asks for. */
export function forEach(
  { changed }: Stated,
  write: (prop: string, to: string, from: string) => string | undefined,
): (string | undefined)[] {
  return changed.map(([prop, from, to]) => write(prop, textOf(to), textOf(from)));
}

const optionNames = (options: string): string[] =>
  options.split(', ').flatMap((option) => option.match(/^[^=]+/u) ?? []);

/** Sets the storage options that are wanted, and puts back what is wanted no more. */
export function changedOptions(alter: string, from: string, to: string): string | undefined {
  const wantedNames = optionNames(to);
  const gone = optionNames(from).filter((name) => !wantedNames.includes(name));
  return [
    to === '' ? '' : `${alter} SET (${to})`,
    gone.length === 0 ? '' : `${alter} RESET (${gone.join(', ')})`,
  ]
    .filter(Boolean)
    .join(';\n');
}
