import { between, type Instant } from '../../kernel/instants.js';
import { few } from '../../kernel/text.js';
import { type Release, withPart } from '../release/index.js';
import {
  type Arrival,
  type Arriving,
  beforeFreeze,
  comparisonOf,
  comparisonPart,
  type Listed,
  type SnapshotRef,
  type Watch,
} from './comparison.js';

const mostMoved = 50;
const mostTold = 20;
const mostSaid = 10;
/** How long a look counts, in milliseconds. */
const fresh = 5 * 60_000;

function watching(release: Release, watch: Watch): Release {
  return withPart(release, comparisonPart, { ...comparisonOf(release), watch });
}

/** Keeps what staging was at the freeze, and what had moved since the comparison. */
export function keepFrozen(
  release: Release,
  atFreeze: SnapshotRef,
  unanswered: readonly string[],
): Release | undefined {
  if (release.status !== 'frozen' || comparisonOf(release).watch.atFreeze !== undefined) return undefined;
  const moved = unanswered.length === 0 ? {} : { unanswered: unanswered.slice(0, mostMoved) };
  return watching(release, { atFreeze, ...moved });
}

/** A thawed release forgets what staging was; a new freeze looks again. Undefined when there is nothing to forget. */
export function forgetFrozen(release: Release): Release | undefined {
  const { watch } = comparisonOf(release);
  const isKept = watch.atFreeze !== undefined || watch.before !== undefined;
  return beforeFreeze.includes(release.status) && isKept ? watching(release, {}) : undefined;
}

/** Records the look just before the deployment. */
export function recordBefore(
  release: Release,
  moved: readonly string[],
  now: Instant,
  blind?: string,
): Release | undefined {
  if (release.status !== 'frozen') return undefined;
  const why = blind === undefined ? {} : { blind };
  const before = { at: now, moved: moved.slice(0, mostMoved), ...why };
  return watching(release, { ...comparisonOf(release).watch, before });
}

/** Whether staging is to be looked at because it was frozen: not yet, or in vain a while ago. */
export function wantsFreezeLook(release: Release, now: Instant): boolean {
  const { atFreeze, before } = comparisonOf(release).watch;
  if (release.status !== 'frozen' || atFreeze !== undefined) return false;
  return before === undefined || between(before.at, now) >= fresh;
}

/** What holds a due deployment back, as a sentence; `look first` when staging was not looked at for a while; undefined when nothing does. */
export function whatHoldsBack(release: Release, now: Instant): string | undefined {
  const { atFreeze, before } = comparisonOf(release).watch;
  const isFresh = before !== undefined && between(before.at, now) < fresh;
  return atFreeze !== undefined && isFresh ? heldBack(release) : (unansweredWords(release) ?? 'look first');
}

/** What was seen to hold a deployment back, however long ago; undefined when nothing was. */
export function heldBack(release: Release): string | undefined {
  const { before } = comparisonOf(release).watch;
  const unanswered = unansweredWords(release);
  if (unanswered !== undefined || before === undefined) return unanswered;
  if (before.blind !== undefined) return `staging could not be looked at: ${before.blind}`;
  return before.moved.length === 0
    ? undefined
    : `staging moved since the freeze: ${few(before.moved, mostSaid)}`;
}

function unansweredWords(release: Release): string | undefined {
  const { unanswered = [] } = comparisonOf(release).watch;
  return unanswered.length === 0
    ? undefined
    : `staging moved between the comparison and the freeze: ${few(unanswered, mostSaid)}`;
}

/** `changed column shop › public.invoice.total, type: integer → bigint`. */
export function differenceWords({ what, kind, path, brief }: Listed): string {
  return `${what} ${kind} ${path}${brief === '' ? '' : `, ${brief}`}`;
}

/** Whether production is to be looked at after verification: not yet, or in vain a while ago. */
export function wantsArrival(release: Release, now: Instant): boolean {
  const { atFreeze, after } = comparisonOf(release).watch;
  if (release.status !== 'live' || atFreeze === undefined) return false;
  return after === undefined || (after.status === 'blind' && between(after.at, now) >= fresh);
}

/** Records that production could not be looked at after verification. */
export function recordNoArrival(release: Release, why: string, now: Instant): Release | undefined {
  const { watch } = comparisonOf(release);
  if (release.status !== 'live' || watch.after?.status === 'seen') return undefined;
  return watching(release, { ...watch, after: { status: 'blind', at: now, why } });
}

/** Records how production differs after verification from what was frozen, against what was meant to arrive. */
export function recordArrival(release: Release, left: readonly Listed[], now: Instant): Release | undefined {
  const { watch } = comparisonOf(release);
  if (release.status !== 'live' || watch.after?.status === 'seen') return undefined;
  return watching(release, { ...watch, after: { at: now, ...arrival(release, left) } });
}

function arrival(release: Release, left: readonly Listed[]): Omit<Arrival & { status: 'seen' }, 'at'> {
  const { differences, answers } = comparisonOf(release);
  const still = new Map(left.map((one) => [one.id, one]));
  const found: Record<Arriving, Listed[]> = {
    arrived: [],
    explained: [],
    missing: [],
    overwritten: [],
    unexpected: [],
  };
  for (const difference of differences) {
    const now = still.get(difference.id);
    const kind = answers[difference.id]?.kind;
    const isAsExplained = kind === 'explained' && now?.digest === difference.digest;
    if (now === undefined) found[kind === 'explained' ? 'overwritten' : 'arrived'].push(difference);
    else if (kind === 'assigned') found.missing.push(now);
    else found[isAsExplained ? 'explained' : 'unexpected'].push(now);
  }
  const known = new Set(differences.map(({ id }) => id));
  found.unexpected.push(...left.filter(({ id }) => !known.has(id)));
  const told = (fate: Arriving): string[] => found[fate].slice(0, mostTold).map(differenceWords);
  const { arrived, explained, missing, overwritten, unexpected } = found;
  return {
    status: 'seen',
    missing: told('missing'),
    overwritten: told('overwritten'),
    unexpected: told('unexpected'),
    counts: {
      arrived: arrived.length,
      explained: explained.length,
      missing: missing.length,
      overwritten: overwritten.length,
      unexpected: unexpected.length,
    },
  };
}
