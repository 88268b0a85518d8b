import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  agreedDate,
  agreementContent,
  cancel,
  changeScope,
  draft,
  isOver,
  mayMove,
  partOf,
  type ReleaseStatus,
  releaseMoves,
  withPart,
} from '../../../src/process/release/release.js';
import { agreedFor, aRelease, bo, start } from '../given.js';
import { refused } from '../refused.js';

describe('a draft', () => {
  test('holds at least one incident', () => {
    expect(refused(() => draft('ACME-R1', 'acme', [], bo, start))).toMatchObject({
      code: 'incomplete',
      field: 'scope0',
    });
  });

  test('claims its incidents at once, so that no other open release can take them', () => {
    expect(draft('ACME-R1', 'acme', ['ACME-1'], bo, start).claims).toEqual(['ACME-1']);
  });
});

describe('changing the scope', () => {
  test('of a draft leaves it a draft', () => {
    expect(changeScope(aRelease('draft'), ['ACME-9'])).toMatchObject({
      status: 'draft',
      scope: ['ACME-9'],
      claims: ['ACME-9'],
    });
  });

  test.each(['agreed', 'preparing'] as const)(
    'of a release that is %s voids the date, and the client is asked again',
    (status) => {
      const changed = changeScope(aRelease(status), ['ACME-1']);
      expect(changed.status).toBe('negotiating');
      expect(agreedDate(changed)).toBeUndefined();
    },
  );

  test('is refused once it is frozen, and the refusal names the way', () => {
    const refusal = refused(() => changeScope(aRelease('frozen'), ['ACME-1']));
    expect(refusal.message).toContain('/freeze thaw ACME-R1');
  });

  test.each(['deploying', 'verifying', 'live', 'closed'] as const)('is refused when it is %s', (status) => {
    expect(refused(() => changeScope(aRelease(status), ['ACME-1'])).code).toBe('wrong-state');
  });

  test('never leaves a release empty', () => {
    expect(refused(() => changeScope(aRelease('draft'), [])).message).toContain('/release cancel ACME-R1');
  });
});

describe('what an agreement is bound to', () => {
  const agreed = aRelease('agreed');
  const ids = fc.uniqueArray(
    fc.integer({ min: 1, max: 50 }).map((number) => `ACME-${number}`),
    { minLength: 1, maxLength: 8 },
  );

  test('any other scope is something else, the same scope in another order is not', () => {
    fc.assert(
      fc.property(ids, ids, (one, other) => {
        const same = one.length === other.length && one.every((id) => other.includes(id));
        const equal =
          agreementContent({ ...agreed, scope: one }, agreedFor) ===
          agreementContent({ ...agreed, scope: other }, agreedFor);
        expect(equal).toBe(same);
        expect(agreementContent({ ...agreed, scope: [...one].reverse() }, agreedFor)).toBe(
          agreementContent({ ...agreed, scope: one }, agreedFor),
        );
      }),
    );
  });

  test('any other notice, hour or zone is something else', () => {
    const content = agreementContent(agreed, agreedFor);
    expect(agreementContent({ ...agreed, notice: 'Ten minutes read-only' }, agreedFor)).not.toBe(content);
    expect(agreementContent(agreed, { ...agreedFor, local: '2026-03-03T12:01' })).not.toBe(content);
    expect(agreementContent(agreed, { ...agreedFor, zone: 'Australia/Sydney' })).not.toBe(content);
  });
});

describe('cancelling', () => {
  test('lets go of incidents and staging, and keeps why', () => {
    const cancelled = cancel(aRelease('frozen'), 'The client went away');
    expect(cancelled).toMatchObject({ status: 'cancelled', reason: 'The client went away' });
    expect(cancelled).not.toHaveProperty('claims');
    expect(cancelled).not.toHaveProperty('frozen');
  });

  test.each(['deploying', 'verifying', 'live', 'closed'] as const)('is refused when it is %s', (status) => {
    expect(refused(() => cancel(aRelease(status), 'why')).message).toContain(
      `ACME-R1 is ${status}, so cancelling it does not fit now`,
    );
  });
});

test('a release is over when the table has no move for it', () => {
  expect(
    (Object.keys(releaseMoves) as ReleaseStatus[]).filter((status) => releaseMoves[status].length === 0),
  ).toEqual(['closed', 'cancelled', 'rolled back']);
  expect(isOver(aRelease('closed'))).toBe(true);
  expect(isOver(aRelease('live'))).toBe(false);
});

test('a move that the table does not have is refused', () => {
  expect(() => mayMove(aRelease('draft'), 'negotiating', 'proposing')).not.toThrow();
  expect(refused(() => mayMove(aRelease('draft'), 'live', 'going live')).message).toContain(
    '/release show ACME-R1',
  );
});

test("a step's part is read back as it was kept, and touches no other part", () => {
  const mine = { name: 'mine', empty: 0 };
  const release = aRelease('agreed');
  expect(partOf(release, mine)).toBe(0);
  const kept = withPart(release, mine, 7);
  expect(partOf(kept, mine)).toBe(7);
  expect(kept.parts['negotiation']).toBe(release.parts['negotiation']);
});
