import { describe, expect, test } from '@jest/globals';
import { later } from '../../../src/kernel/instants.js';
import {
  accept,
  counter,
  decline,
  expire,
  latest,
  negotiationAppointments,
  negotiationOf,
  type Proposal,
  propose,
  proposeAgain,
  scopeChanges,
  shownOf,
} from '../../../src/process/negotiation/negotiation.js';
import { cancel, changeScope, type Release } from '../../../src/process/release/release.js';
import {
  aCounteredRelease,
  agreedFor,
  agreedInstant,
  ana,
  aRelease,
  bo,
  hour,
  minute,
  start,
  wallIn,
} from '../given.js';
import { frozen, refused } from '../refused.js';

const soon = later(start, minute);
const asked = aRelease('negotiating');
const standing = (release: Release): Proposal => {
  const proposal = latest(release);
  if (proposal === undefined) throw new Error('nothing was proposed');
  return proposal;
};
const shown = (release: Release): string => shownOf(release, standing(release));
const ours = {
  wall: wallIn(30 * hour),
  side: 'us',
  by: bo,
  words: '',
  answerBy: later(start, 20 * hour),
} as const;
const theirs = { ...ours, side: 'client', by: ana } as const;
const statuses = (release: Release): string[] => negotiationOf(release).proposals.map(({ status }) => status);

describe('proposing', () => {
  test('a moment that has passed is refused at the date', () => {
    expect(refused(() => propose(asked, { ...ours, wall: wallIn(0) }, start))).toMatchObject({
      code: 'date-unusable',
      field: 'date',
    });
  });

  test('again withdraws what we had asked, and answers what the client had asked', () => {
    expect(statuses(propose(asked, ours, soon))).toEqual(['withdrawn', 'open']);
    expect(statuses(propose(aCounteredRelease(), ours, soon))).toEqual(['countered', 'countered', 'open']);
  });

  test.each(['agreed', 'preparing'] as const)(
    'another date for a release that is %s voids the agreement',
    (status) => {
      const moved = propose(aRelease(status), ours, soon);
      expect(statuses(moved)).toEqual(['void', 'open']);
      expect(moved).not.toHaveProperty('date');
    },
  );

  test.each(['frozen', 'deploying', 'live', 'closed'] as const)('is refused when it is %s', (status) => {
    expect(refused(() => propose(aRelease(status), ours, soon)).code).toBe('wrong-state');
  });
});

describe('an answer', () => {
  test('accepts exactly what was shown, and binds the date to it', () => {
    const agreed = accept(asked, shown(asked), 'client', ana, soon);
    expect(agreed).toMatchObject({
      status: 'agreed',
      date: { wall: agreedFor, instant: agreedInstant, proposal: 1, by: ana },
    });
  });

  test.each([
    ['scope', (release: Release) => changeScope(release, ['ACME-1'])],
    ['notice', (release: Release): Release => ({ ...release, notice: 'Ten minutes read-only' })],
  ])('given before a change of %s is refused, and the one for what is true now counts', (_, change) => {
    const changed = frozen(change(asked));
    for (const act of [
      () => accept(changed, shown(asked), 'client', ana, soon),
      () => decline(changed, shown(asked), 'client', 'No', ana, soon),
      () => counter(changed, shown(asked), theirs, soon),
    ]) {
      expect(refused(act)).toMatchObject({
        code: 'outdated',
        message: expect.stringContaining('has changed since'),
      });
    }
    expect(accept(changed, shown(changed), 'client', ana, soon).status).toBe('agreed');
  });

  test('to an earlier date is refused once there is a new one', () => {
    const moved = propose(asked, ours, soon);
    expect(refused(() => accept(moved, shown(asked), 'client', ana, soon)).message).toContain(
      'withdrawn by Bo already',
    );
    expect(refused(() => accept(moved, '9|nothing', 'client', ana, soon)).code).toBe('outdated');
  });

  test('is given once: the second person hears what the first decided', () => {
    const agreed = accept(asked, shown(asked), 'client', ana, soon);
    for (const act of [
      () => accept(agreed, shown(asked), 'client', ana, soon),
      () => decline(agreed, shown(asked), 'client', 'No', ana, soon),
      () => counter(agreed, shown(asked), theirs, soon),
    ]) {
      expect(refused(act)).toMatchObject({
        code: 'already-decided',
        message: expect.stringContaining('accepted by Ana already'),
      });
    }
  });

  test('comes from the other side', () => {
    expect(refused(() => accept(asked, shown(asked), 'us', bo, soon)).code).toBe('not-permitted');
    const countered = aCounteredRelease();
    expect(refused(() => accept(countered, shown(countered), 'client', ana, soon)).code).toBe(
      'not-permitted',
    );
    expect(accept(countered, shown(countered), 'us', bo, soon).status).toBe('agreed');
  });

  test('comes in time', () => {
    expect(
      refused(() => accept(asked, shown(asked), 'client', ana, later(start, 20 * hour))).message,
    ).toContain('is over');
  });

  test('to a cancelled release is refused, whatever it says', () => {
    const cancelled = frozen(cancel(asked, 'No'));
    expect(refused(() => accept(cancelled, shown(asked), 'client', ana, soon)).message).toContain(
      'is cancelled',
    );
    expect(refused(() => decline(cancelled, shown(asked), 'client', 'No', ana, soon)).message).toContain(
      'is cancelled',
    );
  });

  test('with another date turns the question round', () => {
    expect(standing(aCounteredRelease())).toMatchObject({ side: 'client', status: 'open', number: 2 });
    expect(statuses(aCounteredRelease())).toEqual(['countered', 'open']);
  });

  test('with a date in the past is refused, and the question stands', () => {
    expect(refused(() => counter(asked, shown(asked), { ...theirs, wall: wallIn(-hour) }, soon)).code).toBe(
      'date-unusable',
    );
  });

  test('that declines keeps the reason and waits for another date', () => {
    const declined = decline(asked, shown(asked), 'client', 'A fair', ana, soon);
    expect(standing(declined)).toMatchObject({ status: 'declined', reason: 'A fair', decidedBy: ana });
    expect(declined.status).toBe('negotiating');
  });
});

describe('time', () => {
  test('lets an unanswered proposal expire at the end of its time, not before, and once', () => {
    expect(expire(asked, later(start, 20 * hour - 1))).toBeUndefined();
    const expired = expire(asked, later(start, 20 * hour));
    expect(expired && standing(expired).status).toBe('expired');
    expect(expired && expire(expired, later(start, 21 * hour))).toBeUndefined();
  });

  test('does nothing to the proposal of a cancelled release', () => {
    expect(expire(frozen(cancel(asked, 'No')), later(start, 99 * hour))).toBeUndefined();
  });

  test('is booked for whichever comes first, the answer or the date', () => {
    expect(negotiationAppointments(asked)).toEqual([
      { kind: 'proposal-expires', at: later(start, 20 * hour) },
    ]);
    const late = propose(asked, { ...ours, answerBy: later(start, 99 * hour) }, soon);
    expect(negotiationAppointments(late)).toEqual([
      { kind: 'proposal-expires', at: later(start, 30 * hour) },
    ]);
    expect(negotiationAppointments(aRelease('agreed'))).toEqual([]);
  });
});

describe('after the scope was changed under an agreement', () => {
  const rescoped = frozen(changeScope(aRelease('agreed'), ['ACME-2', 'ACME-3']));

  test('the client is asked again for the same date, and shown what came and went', () => {
    const again = proposeAgain(rescoped, bo, later(start, 20 * hour), soon);
    expect(again && standing(again)).toMatchObject({ wall: agreedFor, status: 'open', side: 'us' });
    expect(again && scopeChanges(again)).toEqual({ added: ['ACME-3'], removed: ['ACME-1'] });
  });

  test('an answer is never wanted later than the date itself', () => {
    const again = proposeAgain(rescoped, bo, later(start, 99 * hour), soon);
    expect(again && standing(again).answerBy).toBe(agreedInstant);
  });

  test("the client's own words are not put into our mouth", () => {
    const countered = aCounteredRelease();
    const agreed = accept(countered, shown(countered), 'us', bo, soon);
    const again = proposeAgain(frozen(changeScope(agreed, ['ACME-1'])), bo, later(start, 20 * hour), soon);
    expect(again && standing(again).words).toBe('');
  });

  test('nothing is asked when the date has passed, or something is open already', () => {
    expect(proposeAgain(rescoped, bo, later(start, 99 * hour), agreedInstant)).toBeUndefined();
    expect(proposeAgain(asked, bo, later(start, 20 * hour), soon)).toBeUndefined();
    expect(proposeAgain(aRelease('agreed'), bo, later(start, 20 * hour), soon)).toBeUndefined();
  });

  test('before anything was agreed nothing came or went', () => {
    expect(scopeChanges(changeScope(asked, ['ACME-7']))).toEqual({ added: [], removed: [] });
  });
});
