import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Difference } from '../../../../src/process/comparison/differences.js';
import { nameText } from '../../../../src/process/comparison/paths.js';

/** A change of a schema, and what it must be found as; a semicolon stands between several differences. */
export type Way = readonly [statement: string, differences: string];

/** A schema that a Debian package brings, and what staging has done with it since. */
export interface PublicSchema {
  /** The name of the package. */
  readonly name: string;
  readonly file: string;
  /** What both sides have besides: kinds of things that the schema itself does without. */
  readonly both: string;
  readonly ways: readonly Way[];
}

// test/support/public-schemas.sh fetches the packages into a folder; without it they may be installed.
const root = process.env['SLIPWAY_SCHEMAS'] ?? '/';
const fileOf = ({ file }: PublicSchema): string => join(root, 'usr/share', file);

/** Why a schema cannot be tested with; undefined when it can. */
export const lacking = (schema: PublicSchema): string | undefined =>
  existsSync(fileOf(schema))
    ? undefined
    : `needs the schema of ${schema.name} (test/support/public-schemas.sh <folder>, and SLIPWAY_SCHEMAS=<folder>)`;

export const textOf = (schema: PublicSchema): string => readFileSync(fileOf(schema), 'utf8');

/** What must be found, sorted. */
export const wanted = (ways: readonly Way[]): string[] =>
  ways.flatMap(([, differences]) => differences.split('; ')).sort();

/** What was found in the same words: `changed column public.host.name: default`. */
export const found = (differences: readonly Difference[]): string[] =>
  differences
    .map(({ what, kind, name, changed }) => {
      const props = changed.length === 0 ? '' : `: ${changed.map(([prop]) => prop).join(', ')}`;
      return `${what} ${kind} ${nameText({ kind, name })}${props}`;
    })
    .sort();
