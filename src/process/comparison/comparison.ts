import { type By, slipway } from '../../kernel/by.js';
import { between, type Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { counted, listed } from '../../kernel/text.js';
import type { Client } from '../../people/people.js';
import { type Missing, type Part, partOf, type Release, withPart } from '../release/index.js';

export type Weight = 'breaking' | 'notable' | 'cosmetic';

/** A difference as the release keeps it: enough to answer it and to know it again. The whole stands in the report. */
export interface Listed {
  /** The same thing has the same id in every run. */
  readonly id: string;
  /** Changes with what differs: an answer holds only for what it was given to. */
  readonly digest: string;
  readonly what: 'added' | 'removed' | 'changed' | 'renamed' | 'blind';
  readonly kind: string;
  readonly path: string;
  /** What it comes to, in a few words: `type: integer → bigint`. Empty where the rest says it all. */
  readonly brief: string;
  readonly weight: Weight;
  readonly reason: string;
  /** Whether it is about who may use something, and how. */
  readonly rights?: true;
}

export type DifferenceAnswer = { readonly by: By; readonly at: Instant; readonly digest: string } & (
  | { readonly kind: 'assigned'; readonly incident: string }
  | { readonly kind: 'explained'; readonly words: string }
);

/** Where a snapshot is kept, and what it was of. */
export interface SnapshotRef {
  readonly id: string;
  readonly fingerprint: string;
  readonly takenAt: Instant;
}

interface Begun {
  readonly number: number;
  readonly by: By;
  readonly at: Instant;
}

export type Run = Begun &
  (
    | { readonly status: 'under way' }
    | { readonly status: 'failed'; readonly why: string }
    | {
        readonly status: 'done';
        readonly staging: SnapshotRef;
        readonly production: SnapshotRef;
        readonly expected: number;
      }
  );

/** What staging was when it was frozen, and what became of it and of production since. */
export interface Watch {
  readonly atFreeze?: SnapshotRef;
  /** What moved between the comparison that was answered and the freeze: nobody has answered that. */
  readonly unanswered?: readonly string[];
  /** The look just before the deployment: what moved since the freeze, empty when nothing did. */
  readonly before?: { readonly at: Instant; readonly moved: readonly string[]; readonly blind?: string };
  /** The look at production after verification. */
  readonly after?: Arrival;
}

/** What became of the differences in production. Each list holds the first few, `counts` all of them. */
export type Arrival = { readonly at: Instant } & (
  | { readonly status: 'blind'; readonly why: string }
  | {
      readonly status: 'seen';
      /** Given to incidents, and not in production. */
      readonly missing: readonly string[];
      /** Explained as different, and now as in staging: a parameter of production that was overwritten, perhaps. */
      readonly overwritten: readonly string[];
      /** Different, and neither given to an incident nor explained. */
      readonly unexpected: readonly string[];
      readonly counts: Readonly<Record<Arriving, number>>;
    }
);

export type Arriving = 'arrived' | 'explained' | 'missing' | 'overwritten' | 'unexpected';

export interface ReleaseComparison {
  readonly run?: Run;
  readonly differences: readonly Listed[];
  readonly answers: Readonly<Record<string, DifferenceAnswer>>;
  readonly watch: Watch;
}

export const comparisonPart: Part<ReleaseComparison> = {
  name: 'comparison',
  empty: { differences: [], answers: {}, watch: {} },
};

export function comparisonOf(release: Release): ReleaseComparison {
  return partOf(release, comparisonPart);
}

/** The environment that staging is compared with. */
export const production = 'production';

/** Whether both environments of a client say what is to be compared. */
export function isComparable({ environments, staging }: Client): boolean {
  const sources = (name: string): number => environments[name]?.compare?.length ?? 0;
  return sources(staging) > 0 && sources(production) > 0;
}

/** Until staging is frozen. */
export const beforeFreeze: readonly Release['status'][] = ['draft', 'negotiating', 'agreed', 'preparing'];
/** A run that was not heard of for so long has died with its process, and another may be started. */
const longestRun = 30 * 60_000;
/** More than these are not answered one by one; they are declared as expected, or the wrong things are compared. */
export const mostDifferences = 3_000;

/** Asks for a comparison. Refuses while one is under way, and once staging is frozen. */
export function wantComparison(release: Release, by: By, now: Instant): Release {
  if (!beforeFreeze.includes(release.status)) {
    throw new Refusal(
      'wrong-state',
      `${release.id} is ${release.status}; staging and production are compared before staging is frozen.`,
    );
  }
  const comparison = comparisonOf(release);
  const { run } = comparison;
  if (run?.status === 'under way' && between(run.at, now) < longestRun) {
    throw new Refusal(
      'already-decided',
      `${run.by.name} started a comparison already; its message shows how far it is.`,
    );
  }
  return withPart(release, comparisonPart, {
    ...comparison,
    run: { number: (run?.number ?? 0) + 1, by, at: now, status: 'under way' },
  });
}

/** The checklist that begins starts the first comparison by itself; undefined when there was one, or it has not begun. */
export function wantFirstComparison(release: Release, now: Instant): Release | undefined {
  const isDue = release.status === 'preparing' && comparisonOf(release).run === undefined;
  return isDue ? wantComparison(release, slipway, now) : undefined;
}

export interface Found {
  readonly staging: SnapshotRef;
  readonly production: SnapshotRef;
  readonly differences: readonly Listed[];
  readonly expected: number;
}

/** Takes in the result of a run. Answers to differences that are still the same stay; undefined for a run that is not awaited. */
export function recordComparison(release: Release, number: number, found: Found): Release | undefined {
  const comparison = comparisonOf(release);
  const { run } = comparison;
  if (run?.status !== 'under way' || run.number !== number) return undefined;
  if (found.differences.length > mostDifferences) {
    const why = `${found.differences.length} differences are too many to answer; declare what is expected in slipway.yaml, or compare less`;
    return failComparison(release, number, why);
  }
  const { staging, production, differences, expected } = found;
  const kept = differences.flatMap(({ id, digest }) => {
    const answer = comparison.answers[id];
    return answer?.digest === digest ? [[id, answer] as const] : [];
  });
  const done: Run = { number, by: run.by, at: run.at, status: 'done', staging, production, expected };
  return withPart(release, comparisonPart, {
    ...comparison,
    run: done,
    differences,
    answers: Object.fromEntries(kept),
  });
}

export function failComparison(release: Release, number: number, why: string): Release | undefined {
  const comparison = comparisonOf(release);
  const { run } = comparison;
  if (run?.status !== 'under way' || run.number !== number) return undefined;
  return withPart(release, comparisonPart, {
    ...comparison,
    run: { number, by: run.by, at: run.at, status: 'failed', why },
  });
}

/** Differences that nobody has answered as they are now; one that was given to an incident which left the release is open again. */
export function openDifferences(release: Release): Listed[] {
  const { differences, answers } = comparisonOf(release);
  return differences.filter(({ id, digest }) => {
    const answer = answers[id];
    return answer?.digest !== digest || !isInside(release, answer);
  });
}

const isInside = ({ scope }: Release, answer: DifferenceAnswer): boolean =>
  answer.kind === 'explained' || scope.includes(answer.incident);

/** A difference that was given to an incident, with who gave it. */
export interface Assigned {
  readonly difference: Listed;
  readonly by: By;
  readonly at: Instant;
}

/** What was given to each incident of a release, and to those that have left it: nothing, as to all when it is not to go live. */
export function assigned(release: Release): ReadonlyMap<string, readonly Assigned[]> {
  const { differences, answers } = comparisonOf(release);
  const given = new Map<string, Assigned[]>(release.scope.map((incident) => [incident, []]));
  const isOff = release.status === 'cancelled' || release.status === 'rolled back';
  for (const difference of differences) {
    const answer = answers[difference.id];
    if (answer?.kind !== 'assigned') continue;
    const { incident, by, at } = answer;
    const there = given.get(incident) ?? [];
    given.set(incident, there);
    if (!isOff && release.scope.includes(incident)) there.push({ difference, by, at });
  }
  return given;
}

export type AnswerWish =
  | { readonly kind: 'assigned'; readonly incident: string }
  | { readonly kind: 'explained'; readonly words: string };

/** Answers differences: each belongs to an incident of the release, or is explained. */
export function answerDifferences(
  release: Release,
  ids: readonly string[],
  wish: AnswerWish,
  by: By,
  now: Instant,
): Release {
  if (!beforeFreeze.includes(release.status)) {
    throw new Refusal(
      'outdated',
      `${release.id} is ${release.status}; its differences are answered before staging is frozen.`,
    );
  }
  const comparison = comparisonOf(release);
  const chosen = comparison.differences.filter(({ id }) => ids.includes(id));
  if (chosen.length === 0)
    throw new Refusal(
      'outdated',
      'These differences are gone: a newer comparison does not show them any more.',
    );
  if (wish.kind === 'assigned' && !release.scope.includes(wish.incident)) {
    throw new Refusal(
      'not-found',
      `${wish.incident} is not in ${release.id}; in it are ${listed(release.scope)}.`,
    );
  }
  const given = chosen.map(({ id, digest }) => [id, { ...wish, by, at: now, digest }] as const);
  return withPart(release, comparisonPart, {
    ...comparison,
    answers: { ...comparison.answers, ...Object.fromEntries(given) },
  });
}

/** What the comparison leaves open, where both environments can be compared. */
export function whatComparisonMisses(release: Release): Missing[] {
  const compare = { label: 'Compare', action: 'comparison.start', value: release.id };
  const { run } = comparisonOf(release);
  if (run === undefined)
    return [
      { what: 'staging and production have not been compared', who: 'anybody of the team', press: compare },
    ];
  if (run.status === 'failed')
    return [{ what: `the comparison failed: ${run.why}`, who: 'anybody of the team', press: compare }];
  if (run.status === 'under way') return [{ what: 'the comparison to end', who: 'nobody' }];
  const open = openDifferences(release);
  if (open.length === 0) return [];
  const press = { label: 'Show differences', action: 'comparison.show', value: release.id };
  return [
    {
      what: `${counted(open.length, 'difference')} without an incident or an explanation`,
      who: 'the team',
      press,
    },
  ];
}
