import type { Instant } from '../../kernel/instants.js';
import type { Thing, Value } from './snapshot.js';

export type Props = Thing['props'];

/** How much a difference matters to whoever runs production. */
export type Weight = 'breaking' | 'notable' | 'cosmetic';
/** From the heaviest to the lightest: the order in which differences are told. */
export const weights: readonly Weight[] = ['breaking', 'notable', 'cosmetic'];

/** What production has, and what staging has; a property that one side lacks is undefined there. */
export type Change = readonly [prop: string, from: Value | undefined, to: Value | undefined];

/** `added`: staging has it and production does not. `blind`: nobody can tell, because one side could not be seen. */
export type What = 'added' | 'removed' | 'changed' | 'renamed' | 'blind';

/** Something that came, went or was renamed together with what it belongs to, and is not told on its own. */
export interface Along {
  readonly kind: string;
  /** Its name in staging, or in production when staging lacks it. */
  readonly name: readonly string[];
  /** Its name in production, where that is another one. */
  readonly formerly?: readonly string[];
  readonly parent?: Thing['parent'];
  readonly production?: Props;
  readonly staging?: Props;
}

/** One difference between production and staging. */
export interface Difference {
  /** The same thing has the same id in every run: made from source, kind and name (production's, when it was renamed). */
  readonly id: string;
  /** Changes with what differs: an answer holds only for what it was given to. */
  readonly digest: string;
  readonly source: string;
  readonly collector: string;
  readonly what: What;
  readonly kind: string;
  /** In staging, or in production when staging lacks it. */
  readonly name: readonly string[];
  /** In production, when it was renamed. */
  readonly formerly?: readonly string[];
  readonly parent?: Thing['parent'];
  /** `shop › public.invoice.total`: its source and its name, as people write it. */
  readonly path: string;
  readonly production?: Props;
  readonly staging?: Props;
  readonly changed: readonly Change[];
  readonly along: readonly Along[];
  /** What could not be seen on each side, and why. */
  readonly blind?: { readonly production?: string; readonly staging?: string };
  readonly weight: Weight;
  readonly reason: string;
  /** Whether it is about who may use something, and how: grants, roles, owners, modes. */
  readonly rights: boolean;
  /** Would bring production to staging's form. A suggestion for people to read; Slipway never runs it. */
  readonly statement?: string;
}

/** A difference that is declared in slipway.yaml, so that nobody has to answer it again. */
export interface Expectation {
  /** Fits `kind path` as a whole, `*` for anything; without a `*`, whatever holds it. Upper and lower case are the same. */
  readonly match: string;
  readonly reason: string;
  /** Only these properties may differ: an owner, a mode. All when absent. */
  readonly only?: readonly string[] | undefined;
  /** Blind spots are expected only where that is said. */
  readonly blind?: boolean | undefined;
}

/** The differences that one expectation took. */
export interface Expected {
  readonly expectation: Expectation;
  readonly differences: readonly Difference[];
}

/** One side of a comparison. */
export interface Side {
  readonly environment: string;
  readonly takenAt: Instant;
  readonly fingerprint: string;
  readonly sources: readonly { readonly source: string; readonly subject: string; readonly things: number }[];
}

/** What differs from production to staging, heaviest first, then by source, kind and name. */
export interface Comparison {
  readonly client: string;
  readonly production: Side;
  readonly staging: Side;
  readonly differences: readonly Difference[];
  /** An entry for each expectation, also for those that took nothing: they may be out of date. */
  readonly expected: readonly Expected[];
}

/** What a statement is suggested for. */
export interface Stated {
  readonly what: 'added' | 'removed' | 'changed';
  readonly kind: string;
  readonly name: readonly string[];
  readonly parent?: Thing['parent'];
  readonly production?: Props;
  readonly staging?: Props;
  readonly changed: readonly Change[];
  /** Set for what comes along with something new: the statement for that stands before it. */
  readonly isAlong?: true;
}

/** Something whose name is suggested to be changed. */
export interface Renaming {
  readonly kind: string;
  readonly name: readonly string[];
  readonly formerly: readonly string[];
}

/** Suggests the statement for a difference of a database's structure; undefined when there is none. */
export interface StatementFor {
  (difference: Stated, along: readonly Along[]): string | undefined;
  renaming?(difference: Renaming): string | undefined;
}
