import { describe, expect, test } from '@jest/globals';
import { answerDifferences, comparisonOf, type Listed } from '../../../src/process/comparison/comparison.js';
import {
  forgetFrozen,
  heldBack,
  keepFrozen,
  recordArrival,
  recordBefore,
  recordNoArrival,
  wantsArrival,
  wantsFreezeLook,
  whatHoldsBack,
} from '../../../src/process/comparison/watch.js';
import type { Release } from '../../../src/process/release/release.js';
import { bo, column, compared, file, found, frozen, later, now, ref, release } from './given.js';

const kept = keepFrozen(frozen, ref('frozen'), []) ?? frozen;

describe('the watch over a frozen staging', () => {
  test('wants a look at the freeze, and one before the deployment that is fresh', () => {
    expect(wantsFreezeLook(frozen, now)).toBe(true);
    expect(whatHoldsBack(frozen, now)).toBe('look first');
    expect(wantsFreezeLook(kept, now)).toBe(false);
    expect(whatHoldsBack(kept, now)).toBe('look first');
    const still = recordBefore(kept, [], now) ?? kept;
    expect(whatHoldsBack(still, now)).toBeUndefined();
    expect(whatHoldsBack(still, later)).toBe('look first');
  });

  test('holds the deployment back with what moved since the freeze', () => {
    const moved = recordBefore(kept, ['changed file site › a'], now) ?? kept;
    expect(whatHoldsBack(moved, now)).toBe('staging moved since the freeze: changed file site › a');
    expect(heldBack(moved)).toBe(whatHoldsBack(moved, now));
  });

  test('holds it back with what could not be seen, and looks again after a while', () => {
    const blind = recordBefore(kept, [], now, 'no connection') ?? kept;
    expect(whatHoldsBack(blind, now)).toBe('staging could not be looked at: no connection');
    expect(whatHoldsBack(blind, later)).toBe('look first');
    const never = recordBefore(frozen, [], now, 'no connection') ?? frozen;
    expect(wantsFreezeLook(never, now)).toBe(false);
    expect(wantsFreezeLook(never, later)).toBe(true);
  });

  test('holds it back for good when staging moved between the comparison and the freeze: nobody answered that', () => {
    const moved = keepFrozen(frozen, ref('frozen'), ['added table shop › public.late']) ?? frozen;
    const looked = recordBefore(moved, [], now) ?? moved;
    for (const one of [moved, looked])
      expect(whatHoldsBack(one, now)).toBe(
        'staging moved between the comparison and the freeze: added table shop › public.late',
      );
  });

  test('forgets all of it when staging is thawed', () => {
    const thawed: Release = { ...kept, status: 'preparing' } as never;
    expect(comparisonOf(forgetFrozen(thawed) ?? thawed).watch).toEqual({});
    expect(forgetFrozen(kept)).toBeUndefined();
  });
});

describe('what arrived in production', () => {
  const host: Listed = { ...file, id: 'c', kind: 'parameter', path: 'settings › .env: HOST' };
  const answered = answerDifferences(
    answerDifferences(
      compared(release, found(column, file, host)),
      ['a', 'b'],
      { kind: 'assigned', incident: 'ACME-1' },
      bo,
      now,
    ),
    ['c'],
    { kind: 'explained', words: 'each has its own' },
    bo,
    now,
  );
  const { parts } = keepFrozen({ ...frozen, parts: answered.parts }, ref('frozen'), []) ?? frozen;
  const live: Release = { ...frozen, status: 'live', parts } as never;
  const seen = (...left: Listed[]) => {
    const { after } = comparisonOf(recordArrival(live, left, now) ?? live).watch;
    return after?.status === 'seen' ? after : undefined;
  };

  test('is what was given to incidents; what was explained stays as it was explained', () => {
    expect(seen(host)?.counts).toEqual({
      arrived: 2,
      explained: 1,
      missing: 0,
      overwritten: 0,
      unexpected: 0,
    });
  });

  test('what was meant to arrive and did not is missing, however it differs now', () => {
    expect(seen({ ...file, digest: '2' }, host)?.missing).toEqual(['changed file bin/billing.dll']);
  });

  test('what was explained as different and is not any more was overwritten', () => {
    expect(seen()?.overwritten).toEqual(['changed parameter settings › .env: HOST']);
  });

  test('what nobody knew of is unexpected, and what differs in another way than was explained', () => {
    const other: Listed = { ...column, id: 'z', path: 'shop › public.stray' };
    expect(seen({ ...host, digest: '2' }, other)?.unexpected).toEqual([
      'changed parameter settings › .env: HOST',
      'added column shop › public.stray, numeric(12,2)',
    ]);
  });

  test('is looked for once, and again after a while where it could not be', () => {
    expect(wantsArrival(live, now)).toBe(true);
    const blind = recordNoArrival(live, 'no connection', now) ?? live;
    expect([wantsArrival(blind, now), wantsArrival(blind, later)]).toEqual([false, true]);
    const done = recordArrival(blind, [host], later) ?? blind;
    expect(wantsArrival(done, '2026-03-09T00:00:00.000Z')).toBe(false);
  });
});
