import type { By } from '../../kernel/by.js';
import { fingerprint } from '../../kernel/ids.js';
import type { Instant, WallTime } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';

/** The date both sides agreed on, and what the agreement was given for. */
export interface AgreedDate {
  readonly wall: WallTime;
  readonly instant: Instant;
  /** The number of the proposal that was accepted. */
  readonly proposal: number;
  readonly by: By;
  readonly at: Instant;
  /** Fingerprint of scope, notice and date as they were shown. */
  readonly covers: string;
}

/** Who holds staging still, and since when. */
export interface Hold {
  /** `acme/staging`. */
  readonly environment: string;
  readonly by: By;
  readonly since: Instant;
  /** The reason given, where it was frozen although something was missing. */
  readonly override?: string;
}

interface Core {
  readonly id: string;
  readonly client: string;
  readonly createdBy: By;
  readonly createdAt: Instant;
  readonly scope: readonly string[];
  /** What the client should know beside the incidents: "10 minutes read-only from 18:00". */
  readonly notice: string;
  /** The scope while the release is open, absent when it is over: a unique index keeps an incident in one open release. */
  readonly claims?: readonly string[];
  /** What each later step keeps of its own; read and written by that step alone. */
  readonly parts: Readonly<Record<string, unknown>>;
}

export type Release = Core &
  (
    | { readonly status: 'draft' | 'negotiating' }
    | { readonly status: 'agreed' | 'preparing'; readonly date: AgreedDate }
    | { readonly status: 'frozen' | 'deploying'; readonly date: AgreedDate; readonly frozen: Hold }
    | {
        readonly status: 'verifying';
        readonly date: AgreedDate;
        readonly frozen: Hold;
        readonly liveSince: Instant;
      }
    | {
        readonly status: 'needs a human';
        readonly date: AgreedDate;
        readonly frozen: Hold;
        readonly question: string;
        /** Nobody can tell whether the last attempt did its work. */
        readonly lost?: true;
      }
    | {
        readonly status: 'live';
        readonly date: AgreedDate;
        readonly frozen: Hold;
        readonly liveSince: Instant;
        readonly checkedUntil: Instant;
      }
    | {
        readonly status: 'closed';
        readonly date: AgreedDate;
        readonly liveSince: Instant;
        readonly checkedUntil: Instant;
        readonly closedAt: Instant;
      }
    | { readonly status: 'cancelled'; readonly reason: string }
    | {
        readonly status: 'rolled back';
        readonly date: AgreedDate;
        readonly reason: string;
        readonly at: Instant;
      }
  );

export type ReleaseStatus = Release['status'];

/** Every move that a release can make; nothing else is legal. */
export const releaseMoves: Readonly<Record<ReleaseStatus, readonly ReleaseStatus[]>> = {
  draft: ['negotiating', 'cancelled'],
  negotiating: ['agreed', 'draft', 'cancelled'],
  agreed: ['preparing', 'negotiating', 'cancelled'],
  preparing: ['frozen', 'negotiating', 'cancelled'],
  frozen: ['deploying', 'preparing', 'cancelled'],
  deploying: ['verifying', 'rolled back', 'needs a human'],
  'needs a human': ['deploying', 'verifying', 'rolled back', 'cancelled'],
  verifying: ['live', 'deploying', 'needs a human'],
  live: ['closed', 'deploying'],
  closed: [],
  cancelled: [],
  'rolled back': [],
};

/** Whether anything can still happen to it. */
export function isOver({ status }: Release): boolean {
  return releaseMoves[status].length === 0;
}

/** Refuses unless the table of moves has it. */
export function mayMove(release: Release, to: ReleaseStatus, doing: string): void {
  if (releaseMoves[release.status].includes(to)) return;
  throw new Refusal(
    'wrong-state',
    `${release.id} is ${release.status}, so ${doing} does not fit now. /release show ${release.id} tells what comes next.`,
  );
}

export function draft(id: string, client: string, scope: readonly string[], by: By, now: Instant): Release {
  if (scope.length === 0)
    throw new Refusal('incomplete', 'A release needs at least one authorised incident.', { field: 'scope0' });
  return {
    id,
    client,
    status: 'draft',
    createdBy: by,
    createdAt: now,
    scope,
    notice: '',
    claims: scope,
    parts: {},
  };
}

/** The parts that every status keeps; what a status has of its own is left behind. */
export function core(release: Release): Core {
  const { id, client, createdBy, createdAt, scope, notice, claims, parts } = release;
  return {
    id,
    client,
    createdBy,
    createdAt,
    scope,
    notice,
    parts,
    ...(claims === undefined ? {} : { claims }),
  };
}

const changeable: readonly ReleaseStatus[] = ['draft', 'negotiating', 'agreed', 'preparing'];

/**
 * Changes what is in the release. Until it is frozen that is allowed, and it voids the agreement on the date,
 * because the client agreed to something else.
 */
export function changeScope(release: Release, scope: readonly string[]): Release {
  if (!changeable.includes(release.status)) {
    const way = release.status === 'frozen' ? ` Thaw it first: /freeze thaw ${release.id}` : '';
    throw new Refusal(
      'wrong-state',
      `${release.id} is ${release.status}; what is in it can no longer change.${way}`,
    );
  }
  if (scope.length === 0)
    throw new Refusal(
      'incomplete',
      `${release.id} would be empty. Cancel it instead: /release cancel ${release.id} and why`,
    );
  const status = release.status === 'draft' ? 'draft' : 'negotiating';
  return { ...core(release), status, scope, claims: scope };
}

/** What an agreement is bound to: scope, notice and date. */
export function agreementContent({ scope, notice }: Release, wall: WallTime): string {
  return fingerprint([[...scope].sort(), notice, wall.local, wall.zone]);
}

export function cancel(release: Release, reason: string): Release {
  mayMove(release, 'cancelled', 'cancelling it');
  if (release.status === 'needs a human' && release.lost) {
    throw new Refusal(
      'wrong-state',
      `Nobody knows yet whether ${release.id} is live, so it cannot be cancelled. Say first how the attempt ended.`,
    );
  }
  const { claims: _, ...kept } = core(release);
  return { ...kept, status: 'cancelled', reason };
}

/** When it is agreed to go out; undefined while it is not. */
export function agreedDate(release: Release): AgreedDate | undefined {
  return 'date' in release ? release.date : undefined;
}

/** What a step keeps in a release: its name there, and what it is before anything was kept. */
export interface Part<T> {
  readonly name: string;
  readonly empty: T;
}

/** Reads a step's own part. */
export function partOf<T>(release: Release, { name, empty }: Part<T>): T {
  return (release.parts[name] as T | undefined) ?? empty;
}

/** The release with a step's own part replaced. */
export function withPart<R extends Release, T>(release: R, { name }: Part<T>, value: T): R {
  return { ...release, parts: { ...release.parts, [name]: value } };
}

/** Something that stands between a release and its next step: what, whom it waits for, and the button that leads there. */
export interface Missing {
  readonly what: string;
  readonly who: string;
  readonly press?: { readonly label: string; readonly action: string; readonly value: string };
}
