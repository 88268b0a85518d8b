import type { By } from '../../kernel/by.js';
import { type Instant, isDue, later } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { lastAttempt } from '../deployment/index.js';
import { core, mayMove, type Part, partOf, type Release, withPart } from '../release/index.js';

export interface ProbeResult {
  readonly probe: string;
  readonly ok: boolean;
  readonly came: string;
  readonly expected: string;
  readonly tries: number;
}

/** One look at production with all probes. */
export interface Round {
  readonly kind: 'at once' | 'after the bake' | 'again';
  /** The attempt whose result was looked at. */
  readonly attempt: number;
  readonly at: Instant;
  readonly results: readonly ProbeResult[];
}

interface Raised {
  readonly number: number;
  /** Repeats of one cause count in the same alert. */
  readonly cause: string;
  readonly came: string;
  readonly expected: string;
  readonly since: Instant;
  readonly count: number;
  /** Who was called so far, in order; the last one has the alert. */
  readonly called: readonly { readonly user: string; readonly name: string; readonly at: Instant }[];
  readonly lastGood?: Instant;
}

export type Alert = Raised &
  (
    | { readonly status: 'open'; readonly escalatesAt: Instant }
    | { readonly status: 'acknowledged'; readonly by: By; readonly at: Instant }
    | { readonly status: 'resolved'; readonly at: Instant; readonly how: string; readonly by?: By }
  );

export interface Verification {
  readonly rounds: readonly Round[];
  readonly alerts: readonly Alert[];
  /** Somebody asked for another look, which has not been taken yet. */
  readonly wanted?: { readonly by: By; readonly at: Instant };
}

export const verificationPart: Part<Verification> = {
  name: 'verification',
  empty: { rounds: [], alerts: [] },
};

export function verificationOf(release: Release): Verification {
  return partOf(release, verificationPart);
}

/** The alert that nobody has dealt with to its end. */
export function openAlert(release: Release): Alert | undefined {
  return verificationOf(release).alerts.find(({ status }) => status !== 'resolved');
}

export type RotaEntry = { readonly user: string; readonly name: string };

/** The look that is due now, if any: at once, after the bake, or because somebody asked. */
export function dueRound(release: Release, bake: number, now: Instant): Round['kind'] | undefined {
  if (release.status !== 'verifying') return undefined;
  const { rounds, wanted } = verificationOf(release);
  const attempt = lastAttempt(release)?.number ?? 0;
  const mine = rounds.filter((round) => round.attempt === attempt);
  if (wanted !== undefined) return 'again';
  if (mine.length === 0) return 'at once';
  const last = mine.at(-1);
  if (last === undefined || !passed(last)) return undefined;
  if (last.kind === 'after the bake') return undefined;
  return isDue(later(release.liveSince, bake), now) ? 'after the bake' : undefined;
}

export function passed({ results }: Round): boolean {
  return results.every(({ ok }) => ok);
}

export interface RoundRequest {
  readonly kind: Round['kind'];
  readonly results: readonly ProbeResult[];
  readonly bake: number;
  readonly rota: readonly RotaEntry[];
  readonly escalateAfter: number;
}

/** Records a look. What failed raises an alert, or counts in the one that is open; what passed closes it and leads on. */
export function recordRound(release: Release, request: RoundRequest, now: Instant): Release {
  if (release.status !== 'verifying')
    throw new Refusal('outdated', `${release.id} is ${release.status}; it is not being verified any more.`);
  const { wanted: _, ...before } = verificationOf(release);
  const attempt = lastAttempt(release)?.number ?? 0;
  const round: Round = { kind: request.kind, attempt, at: now, results: request.results };
  const rounds = [...before.rounds, round];
  if (!passed(round))
    return withPart(release, verificationPart, raise({ ...before, rounds }, round, request, now));
  const alerts = before.alerts.map(
    (alert): Alert => (alert.status === 'resolved' ? alert : resolved(alert, 'the probes pass again', now)),
  );
  const checked = withPart(release, verificationPart, { rounds, alerts });
  // A look that was asked for after the bake has ended is as good as the one after it.
  return isDue(later(release.liveSince, request.bake), now) ? goLive(checked, now) : checked;
}

function goLive(release: Release, now: Instant): Release {
  if (release.status !== 'verifying') return release;
  mayMove(release, 'live', 'going live');
  const { date, frozen, liveSince } = release;
  return { ...core(release), status: 'live', date, frozen, liveSince, checkedUntil: now };
}

function resolved(alert: Alert, how: string, now: Instant, by?: By): Alert {
  const { number, cause, came, expected, since, count, called, lastGood } = alert;
  const kept = {
    number,
    cause,
    came,
    expected,
    since,
    count,
    called,
    ...(lastGood === undefined ? {} : { lastGood }),
  };
  return { ...kept, status: 'resolved', at: now, how, ...(by === undefined ? {} : { by }) };
}

function raise(
  before: Verification,
  round: Round,
  { rota, escalateAfter }: RoundRequest,
  now: Instant,
): Verification {
  const failed = round.results.filter(({ ok }) => !ok);
  const cause = failed.map(({ probe }) => probe).join(', ');
  const came = failed.map((one) => `${one.probe} ${one.came}`).join('; ');
  const expected = failed.map((one) => `${one.probe} ${one.expected}`).join('; ');
  const good = before.rounds.slice(0, -1).findLast(passed)?.at;
  const known = before.alerts.find((alert) => alert.status !== 'resolved');
  if (known !== undefined) {
    const again: Alert = { ...known, cause, came, expected, count: known.count + 1 };
    return { ...before, alerts: before.alerts.map((alert) => (alert === known ? again : alert)) };
  }
  return withAlert(
    before,
    { cause, came, expected, ...(good === undefined ? {} : { lastGood: good }) },
    rota,
    escalateAfter,
    now,
  );
}

function withAlert(
  before: Verification,
  told: Pick<Raised, 'cause' | 'came' | 'expected' | 'lastGood'>,
  rota: readonly RotaEntry[],
  escalateAfter: number,
  now: Instant,
): Verification {
  const [first] = rota;
  const called = first === undefined ? [] : [{ ...first, at: now }];
  const alert: Alert = {
    ...told,
    number: before.alerts.length + 1,
    since: now,
    count: 1,
    called,
    status: 'open',
    escalatesAt: later(now, escalateAfter),
  };
  return { ...before, alerts: [...before.alerts, alert] };
}

/** Raises the alert for a deployment that failed or was lost; undefined when that is known, or nothing of the kind happened. */
export function alertOfAttempt(
  release: Release,
  rota: readonly RotaEntry[],
  escalateAfter: number,
  now: Instant,
): Release | undefined {
  const attempt = lastAttempt(release);
  if (release.status !== 'needs a human' || attempt === undefined) return undefined;
  const before = verificationOf(release);
  const cause = `attempt ${attempt.number}`;
  if (before.alerts.some((alert) => alert.cause === cause)) return undefined;
  const closed = before.alerts.map((alert) =>
    alert.status === 'resolved' ? alert : resolved(alert, 'a later attempt failed', now),
  );
  const told = {
    cause,
    came: release.question.replace(/\.$/u, ''),
    expected: `attempt ${attempt.number} succeeds`,
  };
  return withPart(
    release,
    verificationPart,
    withAlert({ ...before, alerts: closed }, told, rota, escalateAfter, now),
  );
}

/** Closes alerts that the release has left behind: it was deployed anew, rolled back or cancelled. Undefined when there is none. */
export function leaveAlerts(release: Release, now: Instant): Release | undefined {
  if (release.status === 'verifying' || release.status === 'needs a human') return undefined;
  const before = verificationOf(release);
  if (before.alerts.every(({ status }) => status === 'resolved')) return undefined;
  const alerts = before.alerts.map((alert) =>
    alert.status === 'resolved' ? alert : resolved(alert, `the release is ${release.status}`, now),
  );
  return withPart(release, verificationPart, { ...before, alerts });
}

/** Calls the next of the rota when nobody has acknowledged in time; undefined when nothing is due. */
export function escalate(
  release: Release,
  rota: readonly RotaEntry[],
  escalateAfter: number,
  now: Instant,
): Release | undefined {
  const alert = openAlert(release);
  if (alert?.status !== 'open' || !isDue(alert.escalatesAt, now)) return undefined;
  // Past the end of the rota it begins again: an alert that nobody took is never given up.
  const next = rota[alert.called.length % Math.max(1, rota.length)];
  const called = next === undefined ? alert.called : [...alert.called, { ...next, at: now }];
  return replaceAlert(release, { ...alert, called, escalatesAt: later(now, escalateAfter) });
}

export function acknowledge(release: Release, number: number, by: By, now: Instant): Release {
  const alert = verificationOf(release).alerts.find((one) => one.number === number);
  if (alert === undefined) throw new Refusal('not-found', `${release.id} has no alert ${number}.`);
  if (alert.status === 'resolved') throw new Refusal('already-decided', `This alert is over: ${alert.how}.`);
  if (alert.status === 'acknowledged')
    throw new Refusal('already-decided', `${alert.by.name} has this alert already.`);
  const { escalatesAt: _, ...kept } = alert;
  return replaceAlert(release, { ...kept, status: 'acknowledged', by, at: now });
}

/** Asks for another look at production at once. */
export function wantRound(release: Release, by: By, now: Instant): Release {
  if (release.status !== 'verifying')
    throw new Refusal('outdated', `${release.id} is ${release.status}; there is nothing to check again.`);
  const verification = verificationOf(release);
  if (verification.wanted !== undefined)
    throw new Refusal(
      'already-decided',
      `${verification.wanted.by.name} asked for that just now; the result comes here.`,
    );
  return withPart(release, verificationPart, { ...verification, wanted: { by, at: now } });
}

function replaceAlert(release: Release, alert: Alert): Release {
  const verification = verificationOf(release);
  return withPart(release, verificationPart, {
    ...verification,
    alerts: verification.alerts.map((one) => (one.number === alert.number ? alert : one)),
  });
}

/** When something becomes due by time alone. */
export function verificationAppointments(release: Release, bake: number): { kind: string; at: Instant }[] {
  const alert = openAlert(release);
  const calls = alert?.status === 'open' ? [{ kind: 'escalate', at: alert.escalatesAt }] : [];
  if (release.status !== 'verifying') return calls;
  const last = verificationOf(release).rounds.at(-1);
  const baking = last === undefined || passed(last);
  return baking ? [...calls, { kind: 'bake ends', at: later(release.liveSince, bake) }] : calls;
}
