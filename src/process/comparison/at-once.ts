import type { Section, Thing } from './snapshot.js';

/**
 * What a collector can tell of a section without making all of its things: of a hundred thousand files, most are just the same on
 * both sides, and of those nothing need be made.
 */
export interface AtOnce {
  /** How many things there are. */
  readonly count: number;
  /** The things of this section and of another, without those that are the same in both; undefined where it cannot tell. */
  unlike(other: Section): readonly [readonly Thing[], readonly Thing[]] | undefined;
}

/** Beside the sections, which are pure data: a copy of a section is told of in full. */
const known = new WeakMap<Section, AtOnce>();

export function tellAtOnce(section: Section, atOnce: AtOnce): Section {
  known.set(section, atOnce);
  return section;
}

/** How many things a section has. */
export const countOf = (section: Section): number => known.get(section)?.count ?? section.things.length;

/** The things of two sections; without some or all of those that are the same in both. */
export function unlikeThings(
  production: Section,
  staging: Section,
): readonly [readonly Thing[], readonly Thing[]] {
  return known.get(production)?.unlike(staging) ?? [production.things, staging.things];
}
