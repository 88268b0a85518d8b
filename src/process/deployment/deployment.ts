import type { By } from '../../kernel/by.js';
import { between, type Instant, isDue, later } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import {
  type AgreedDate,
  core,
  type Hold,
  mayMove,
  type Part,
  partOf,
  type Release,
  withPart,
} from '../release/index.js';

interface Claim {
  readonly number: number;
  readonly kind: 'deploy' | 'roll back';
  /** Where it runs, as the runner names it. */
  readonly host: string;
  readonly by: By;
  readonly claimedAt: Instant;
  readonly reason: string;
  readonly stop?: { readonly by: By; readonly at: Instant };
}

export type Attempt = Claim &
  (
    | { readonly status: 'claimed' }
    | { readonly status: 'running'; readonly startedAt: Instant }
    | {
        readonly status: 'succeeded' | 'failed';
        readonly startedAt: Instant;
        readonly endedAt: Instant;
        readonly how: string;
      }
    | {
        readonly status: 'unknown';
        readonly startedAt: Instant;
        readonly since: Instant;
        readonly why: string;
      }
  );

/** Every move that an attempt can make; from unknown only evidence or a human leads on. */
export const attemptMoves: Readonly<Record<Attempt['status'], readonly Attempt['status'][]>> = {
  claimed: ['running', 'unknown'],
  running: ['succeeded', 'failed', 'unknown'],
  unknown: ['succeeded', 'failed'],
  succeeded: [],
  failed: [],
};

/** Go or no-go, as it was said at one of the moments before the deployment. */
export interface Call {
  readonly mark: string;
  readonly at: Instant;
  readonly missing: readonly { readonly what: string; readonly who: string }[];
}

export interface Deployment {
  readonly attempts: readonly Attempt[];
  readonly calls: readonly Call[];
}

export const deploymentPart: Part<Deployment> = { name: 'deployment', empty: { attempts: [], calls: [] } };

export function deploymentOf(release: Release): Deployment {
  return partOf(release, deploymentPart);
}

export function lastAttempt(release: Release): Attempt | undefined {
  return deploymentOf(release).attempts.at(-1);
}

/** What an attempt is looked up by, wherever it ran: `ACME-R7-1`. */
export function attemptKey(release: Release, { number }: Attempt): string {
  return `${release.id}-${number}`;
}

/** Whether it is to start by itself now: frozen, the agreed moment has come and is not too long ago. */
export function isTimeToDeploy(release: Release, startWithin: number, now: Instant): boolean {
  return (
    release.status === 'frozen' &&
    isDue(release.date.instant, now) &&
    between(release.date.instant, now) < startWithin
  );
}

export interface ClaimRequest {
  readonly kind: 'deploy' | 'roll back';
  readonly host: string;
  readonly reason: string;
}

/**
 * Claims the next attempt. The claim is the release's one move to deploying, so of two processes that try, one wins.
 */
export function claim(release: Release, request: ClaimRequest, by: By, now: Instant): Release {
  const doing = request.kind === 'deploy' ? 'a deployment' : 'a roll-back';
  mayMove(release, 'deploying', doing);
  if (request.kind === 'deploy' && release.status !== 'frozen' && release.status !== 'needs a human') {
    throw new Refusal('wrong-state', `${release.id} is ${release.status}; it was deployed already.`);
  }
  if (request.kind === 'roll back' && release.status === 'frozen') {
    throw new Refusal('wrong-state', `${release.id} was not deployed yet, so there is nothing to roll back.`);
  }
  const unknown = lastAttempt(release);
  if (unknown?.status === 'unknown' && request.kind === 'deploy') {
    throw new Refusal(
      'wrong-state',
      `Nobody knows yet how attempt ${unknown.number} of ${release.id} ended. Say first whether it did run.`,
    );
  }
  const { attempts, calls } = deploymentOf(release);
  const attempt: Attempt = { ...request, number: attempts.length + 1, by, claimedAt: now, status: 'claimed' };
  return withPart({ ...core(release), ...held(release), status: 'deploying' }, deploymentPart, {
    attempts: [...attempts, attempt],
    calls,
  });
}

function held(release: Release): { date: AgreedDate; frozen: Hold } {
  if ('frozen' in release) return { date: release.date, frozen: release.frozen };
  throw new Refusal('wrong-state', `${release.id} is ${release.status}; staging is not frozen for it.`);
}

function advance(
  release: Release,
  number: number,
  to: Attempt['status'],
  change: (attempt: Attempt) => Attempt,
): Release {
  const { attempts, calls } = deploymentOf(release);
  const attempt = attempts.find((one) => one.number === number);
  if (attempt === undefined || attempt !== attempts.at(-1) || !attemptMoves[attempt.status].includes(to)) {
    throw new Refusal(
      'already-decided',
      `Attempt ${number} of ${release.id} is ${attempt?.status ?? 'not there'}; it cannot become ${to}.`,
    );
  }
  return withPart(release, deploymentPart, {
    attempts: attempts.map((one) => (one === attempt ? change(attempt) : one)),
    calls,
  });
}

function claimOf({ number, kind, host, by, claimedAt, reason, stop }: Attempt): Claim {
  return { number, kind, host, by, claimedAt, reason, ...(stop === undefined ? {} : { stop }) };
}

function startOf(attempt: Attempt): Instant {
  return 'startedAt' in attempt ? attempt.startedAt : attempt.claimedAt;
}

/** Notes that the claimed attempt is about to start: written before it is started, never after. */
export function beginAttempt(release: Release, number: number, now: Instant): Release {
  return advance(release, number, 'running', (attempt) => ({
    ...attempt,
    status: 'running',
    startedAt: now,
  }));
}

export interface Outcome {
  readonly succeeded: boolean;
  readonly how: string;
}

/** Notes how an attempt ended, and moves the release on. */
export function endAttempt(
  release: Release,
  number: number,
  { succeeded, how }: Outcome,
  now: Instant,
): Release {
  const status = succeeded ? 'succeeded' : 'failed';
  const ended = advance(release, number, status, (attempt) => ({
    ...claimOf(attempt),
    status,
    how,
    startedAt: startOf(attempt),
    endedAt: now,
  }));
  const attempt = lastAttempt(ended);
  if (!succeeded) return asking(ended, `Attempt ${number} (${attempt?.kind}) failed: ${how}.`);
  if (attempt?.kind === 'roll back') return rolledBack(ended, attempt.reason, now);
  mayMove(release, 'verifying', 'verifying');
  return { ...core(ended), ...held(release), status: 'verifying', liveSince: now };
}

function asking(release: Release, question: string, lost = false): Release {
  if (release.status !== 'needs a human') mayMove(release, 'needs a human', 'asking a human');
  return {
    ...core(release),
    ...held(release),
    status: 'needs a human',
    question,
    ...(lost ? { lost: true } : {}),
  };
}

function rolledBack(release: Release, reason: string, now: Instant): Release {
  const { date } = held(release);
  mayMove(release, 'rolled back', 'rolling back');
  const { claims: _, ...kept } = core(release);
  return { ...kept, status: 'rolled back', date, reason, at: now };
}

/** Notes that nobody can tell how an attempt ended. */
export function loseAttempt(release: Release, number: number, why: string, now: Instant): Release {
  const lost = advance(release, number, 'unknown', (attempt) => ({
    ...attempt,
    status: 'unknown',
    startedAt: startOf(attempt),
    since: now,
    why,
  }));
  return asking(lost, `Nobody can tell how attempt ${number} ended: ${why}.`, true);
}

/** Asks that a running attempt be stopped. */
export function requestStop(release: Release, by: By, now: Instant): Release {
  const attempt = lastAttempt(release);
  if (
    release.status !== 'deploying' ||
    attempt === undefined ||
    (attempt.status !== 'claimed' && attempt.status !== 'running')
  ) {
    throw new Refusal(
      'wrong-state',
      `${release.id} is ${release.status}; nothing of it is running that could be stopped.`,
    );
  }
  if (attempt.stop !== undefined)
    throw new Refusal('already-decided', `${attempt.stop.by.name} is stopping it already.`);
  const { attempts, calls } = deploymentOf(release);
  const stopping: Attempt = { ...attempt, stop: { by, at: now } };
  return withPart(release, deploymentPart, {
    attempts: attempts.map((one) => (one === attempt ? stopping : one)),
    calls,
  });
}

/** How long before the agreed moment go or no-go is said, in milliseconds. */
export const callMarks: readonly (readonly [mark: string, before: number])[] = [
  ['24 hours', 24 * 3_600_000],
  ['1 hour', 3_600_000],
  ['10 minutes', 600_000],
];

const waiting: readonly Release['status'][] = ['agreed', 'preparing', 'frozen'];

/** Says go or no-go where one of the moments has come since the date was agreed; undefined when none has. */
export function callGoOrNoGo(release: Release, missing: Call['missing'], now: Instant): Release | undefined {
  if (!waiting.includes(release.status) || !('date' in release)) return undefined;
  const { attempts, calls } = deploymentOf(release);
  const prefix = `${release.date.proposal}/`;
  const due = openMarks(release, release.date, calls).filter(({ at }) => isDue(at, now));
  if (due.length === 0 || isDue(release.date.instant, now)) return undefined;
  // Of several that have come at once only the nearest is said.
  const said = due.map(
    ({ mark }, index): Call => ({
      mark: `${prefix}${mark}`,
      at: now,
      missing: index === due.length - 1 ? missing : [],
    }),
  );
  const nearest = said.at(-1);
  const silent = said.slice(0, -1).map((call): Call => ({ ...call, mark: `${call.mark} (passed over)` }));
  return withPart(release, deploymentPart, {
    attempts,
    calls: [...calls, ...silent, ...(nearest ? [nearest] : [])],
  });
}

function openMarks(
  _release: Release,
  date: AgreedDate,
  calls: readonly Call[],
): { mark: string; at: Instant }[] {
  return callMarks
    .map(([mark, before]) => ({ mark, at: later(date.instant, -before) }))
    .filter(({ at }) => at > date.at)
    .filter(({ mark }) => !calls.some((call) => call.mark.startsWith(`${date.proposal}/${mark}`)));
}

export const missedMark = 'missed';

/** Says once that the agreed moment has passed and nothing starts by itself any more; undefined while that is not so, or said. */
export function callMissed(
  release: Release,
  missing: Call['missing'],
  startWithin: number,
  now: Instant,
): Release | undefined {
  if (!waiting.includes(release.status) || !('date' in release)) return undefined;
  const { attempts, calls } = deploymentOf(release);
  const mark = `${release.date.proposal}/${missedMark}`;
  if (!isDue(later(release.date.instant, startWithin), now) || calls.some((call) => call.mark === mark))
    return undefined;
  return withPart(release, deploymentPart, { attempts, calls: [...calls, { mark, at: now, missing }] });
}

/** When something becomes due by time alone. */
export function deploymentAppointments(release: Release): { kind: string; at: Instant }[] {
  if (!waiting.includes(release.status) || !('date' in release)) return [];
  const calls = openMarks(release, release.date, deploymentOf(release).calls).map(({ mark, at }) => ({
    kind: `go or no-go, ${mark}`,
    at,
  }));
  return [...calls, { kind: 'deploy', at: release.date.instant }];
}
