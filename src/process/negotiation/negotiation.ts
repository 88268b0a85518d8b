import type { By } from '../../kernel/by.js';
import { earlier, type Instant, instantOf, isDue, type WallTime } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import {
  agreementContent,
  core,
  mayMove,
  type Part,
  partOf,
  type Release,
  withPart,
} from '../release/index.js';

interface Asked {
  readonly number: number;
  readonly wall: WallTime;
  readonly instant: Instant;
  /** Which side asks for this date; the other one answers. */
  readonly side: 'us' | 'client';
  readonly by: By;
  readonly at: Instant;
  /** Until when an answer is wanted; without one it expires. */
  readonly answerBy: Instant;
  readonly words: string;
  /** Fingerprint of what was proposed, as it was proposed. */
  readonly covers: string;
}

interface Decided {
  readonly decidedBy: By;
  readonly decidedAt: Instant;
}

export type Proposal = Asked &
  (
    | { readonly status: 'open' }
    | ({ readonly status: 'accepted' | 'countered' | 'withdrawn' } & Decided)
    | ({ readonly status: 'declined'; readonly reason: string } & Decided)
    | { readonly status: 'expired' | 'void'; readonly decidedAt: Instant }
  );

/** Every move that a proposal can make. */
export const proposalMoves: Readonly<Record<Proposal['status'], readonly Proposal['status'][]>> = {
  open: ['accepted', 'countered', 'declined', 'expired', 'withdrawn', 'void'],
  accepted: ['void'],
  countered: [],
  declined: [],
  expired: [],
  withdrawn: [],
  void: [],
};

export interface Negotiation {
  readonly proposals: readonly Proposal[];
  /** The scope that the client agreed to last: what a later scope is compared with. */
  readonly agreedScope?: readonly string[];
}

export const negotiationPart: Part<Negotiation> = { name: 'negotiation', empty: { proposals: [] } };

export function negotiationOf(release: Release): Negotiation {
  return partOf(release, negotiationPart);
}

/** The proposal that stands, decided or not. */
export function latest(release: Release): Proposal | undefined {
  return negotiationOf(release).proposals.at(-1);
}

export interface Request {
  readonly wall: WallTime;
  readonly side: 'us' | 'client';
  readonly by: By;
  readonly words: string;
  readonly answerBy: Instant;
}

/** Proposes a date. One that was open before is withdrawn, or countered when the other side had asked. */
export function propose(release: Release, request: Request, now: Instant): Release {
  if (release.status !== 'negotiating') mayMove(release, 'negotiating', 'proposing a date');
  const instant = instantOf(request.wall);
  if (isDue(instant, now))
    throw new Refusal(
      'date-unusable',
      'That moment has passed already. Please propose one that is still to come.',
      { field: 'date' },
    );
  const negotiation = negotiationOf(release);
  const proposals = negotiation.proposals.map((one) => superseded(one, request, now));
  const number = proposals.length + 1;
  const covers = agreementContent(release, request.wall);
  const proposal: Proposal = { ...request, number, instant, at: now, covers, status: 'open' };
  return withPart({ ...core(release), status: 'negotiating' }, negotiationPart, {
    ...negotiation,
    proposals: [...proposals, proposal],
  });
}

function superseded(proposal: Proposal, { side, by }: Request, now: Instant): Proposal {
  const decided = { decidedBy: by, decidedAt: now };
  if (proposal.status === 'accepted') return { ...proposal, status: 'void', decidedAt: now };
  if (proposal.status !== 'open') return proposal;
  return { ...proposal, status: proposal.side === side ? 'withdrawn' : 'countered', ...decided };
}

/** What a click on a proposal is bound to: its number, and the content as it stands. */
export function shownOf(release: Release, proposal: Proposal): string {
  return `${proposal.number}|${agreementContent(release, proposal.wall)}`;
}

// Two people, or one person twice: the second hears what the first decided.
function open(
  release: Release,
  shown: string,
  side: 'us' | 'client',
  now: Instant,
): Proposal & { status: 'open' } {
  const { proposals } = negotiationOf(release);
  const [number] = shown.split('|');
  const proposal = proposals.find((one) => one.number === Number(number));
  if (proposal === undefined)
    throw new Refusal(
      'outdated',
      `This proposal for ${release.id} is not there any more. Please look at the newest message.`,
    );
  if (proposal.status !== 'open') {
    const who = 'decidedBy' in proposal ? ` by ${proposal.decidedBy.name}` : '';
    throw new Refusal(
      'already-decided',
      `This date was ${proposal.status}${who} already. Nothing was changed.`,
    );
  }
  if (release.status !== 'negotiating')
    throw new Refusal('outdated', `${release.id} is ${release.status} now, so there is nothing to decide.`);
  if (proposal.side === side)
    throw new Refusal('not-permitted', 'This date waits for the other side to answer.');
  if (shownOf(release, proposal) !== shown) {
    throw new Refusal(
      'outdated',
      `${release.id} has changed since you were shown this. Please read the message again, it says what is new, and decide there.`,
    );
  }
  if (isDue(proposal.answerBy, now) || isDue(proposal.instant, now)) {
    throw new Refusal(
      'outdated',
      `The time to answer this proposal for ${release.id} is over. A new date will be proposed.`,
    );
  }
  return proposal;
}

function decided(release: Release, proposal: Proposal): Negotiation {
  const negotiation = negotiationOf(release);
  return {
    ...negotiation,
    proposals: negotiation.proposals.map((one) => (one.number === proposal.number ? proposal : one)),
  };
}

/** Accepts what the other side proposed, exactly as it was shown. */
export function accept(
  release: Release,
  shown: string,
  side: 'us' | 'client',
  by: By,
  now: Instant,
): Release {
  const proposal = open(release, shown, side, now);
  mayMove(release, 'agreed', 'agreeing a date');
  const covers = agreementContent(release, proposal.wall);
  const date = {
    wall: proposal.wall,
    instant: proposal.instant,
    proposal: proposal.number,
    by,
    at: now,
    covers,
  };
  const negotiation = decided(release, { ...proposal, status: 'accepted', decidedBy: by, decidedAt: now });
  return withPart({ ...core(release), status: 'agreed', date }, negotiationPart, {
    ...negotiation,
    agreedScope: release.scope,
  });
}

/** The client answers our date with another one. */
export function counter(release: Release, shown: string, request: Request, now: Instant): Release {
  open(release, shown, request.side, now);
  return propose(release, request, now);
}

export function decline(
  release: Release,
  shown: string,
  side: 'us' | 'client',
  reason: string,
  by: By,
  now: Instant,
): Release {
  const proposal = open(release, shown, side, now);
  return withPart(
    release,
    negotiationPart,
    decided(release, { ...proposal, status: 'declined', reason, decidedBy: by, decidedAt: now }),
  );
}

/** Lets the open proposal expire when its time is over; undefined when nothing is due. */
export function expire(release: Release, now: Instant): Release | undefined {
  const proposal = latest(release);
  if (release.status !== 'negotiating' || proposal?.status !== 'open') return undefined;
  if (!(isDue(proposal.answerBy, now) || isDue(proposal.instant, now))) return undefined;
  return withPart(
    release,
    negotiationPart,
    decided(release, { ...proposal, status: 'expired', decidedAt: now }),
  );
}

/**
 * Asks the client again for the date they had agreed to, after the scope was changed under that agreement.
 * Undefined when there is nothing to ask, or the date is too near.
 */
export function proposeAgain(release: Release, by: By, answerBy: Instant, now: Instant): Release | undefined {
  const last = latest(release);
  if (release.status !== 'negotiating' || last?.status !== 'accepted' || isDue(last.instant, now))
    return undefined;
  const words = last.side === 'us' ? last.words : '';
  const soonest = answerBy < last.instant ? answerBy : last.instant;
  return propose(release, { wall: last.wall, side: 'us', by, words, answerBy: soonest }, now);
}

/** What was added to and taken out of the scope since the client last agreed. */
export function scopeChanges(release: Release): { added: readonly string[]; removed: readonly string[] } {
  const agreed = negotiationOf(release).agreedScope;
  if (agreed === undefined) return { added: [], removed: [] };
  return {
    added: release.scope.filter((id) => !agreed.includes(id)),
    removed: agreed.filter((id) => !release.scope.includes(id)),
  };
}

/** When something becomes due by time alone. */
export function negotiationAppointments(release: Release): { kind: string; at: Instant }[] {
  const proposal = latest(release);
  if (release.status !== 'negotiating' || proposal?.status !== 'open') return [];
  const { answerBy, instant } = proposal;
  return [{ kind: 'proposal-expires', at: earlier(answerBy, instant) }];
}
