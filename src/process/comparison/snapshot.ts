import type { Instant } from '../../kernel/instants.js';

/** What a property of a thing can hold. A secret is stored only as a keyed hash: it can differ, and cannot be read. */
export type Value = string | number | boolean | null | { readonly secret: string };

/**
 * One thing that an environment has: a table, a column, an index, a file, a parameter, a grant, a row of reference data.
 * Its name is unique within its kind and its section, and the same on both sides when it is the same thing.
 */
export interface Thing {
  /** `table`, `column`, `primary key`, `index`, `view`, `function`, `trigger`, `file`, `parameter`, `grant`, `row`, … */
  readonly kind: string;
  /** From the outermost to the innermost: `['public', 'invoice', 'total']`, `['bin', 'billing.dll']`. */
  readonly name: readonly string[];
  /** What it stands and falls with: a dropped table takes its columns along, and is told once. */
  readonly parent?: { readonly kind: string; readonly name: readonly string[] } | undefined;
  /** What can differ, in the server's own normalised words. Keys are sorted when written. */
  readonly props: Readonly<Record<string, Value>>;
}

/** What a collector could not see, and why. Blind is never equal. */
export interface Blind {
  /** The kind of things, or all of the section when absent. */
  readonly kind?: string;
  readonly name: readonly string[];
  readonly why: string;
}

/** What one collector saw of one source. Things are sorted by kind and name, in code unit order. */
export interface Section {
  /** The name of the source in slipway.yaml: the same on both sides. */
  readonly source: string;
  readonly collector: string;
  /** Raised whenever the same environment would be written down differently. */
  readonly collectorVersion: number;
  /** What was looked at, without credentials: `PostgreSQL 15.18`, `folder /srv/acme`. */
  readonly subject: string;
  readonly things: readonly Thing[];
  readonly blind: readonly Blind[];
}

/** One environment at one instant: immutable, self-describing, canonical. */
export interface Snapshot {
  readonly format: 1;
  readonly client: string;
  readonly environment: string;
  readonly takenAt: Instant;
  readonly sections: readonly Section[];
  /** Tells keys of secrets apart without telling them: hashes that were made with two keys cannot be compared. */
  readonly keyMark?: string;
  /** SHA-256 in hexadecimal over the canonical text of the sections: equal when the environments are. */
  readonly fingerprint: string;
}
