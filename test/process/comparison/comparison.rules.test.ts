import { describe, expect, test } from '@jest/globals';
import {
  answerDifferences,
  comparisonOf,
  type Found,
  failComparison,
  keepFrozen,
  type Listed,
  mostDifferences,
  openDifferences,
  recordBefore,
  recordComparison,
  wantComparison,
  whatComparisonMisses,
  whatMoved,
} from '../../../src/process/comparison/comparison.js';
import type { Release } from '../../../src/process/release/release.js';

const bo = { team: 'T1', user: 'U1', name: 'Bo' };
const now = '2026-03-02T01:00:00.000Z';
const later = '2026-03-02T01:10:00.000Z';

const release: Release = {
  id: 'ACME-R1',
  client: 'acme',
  status: 'draft',
  createdBy: bo,
  createdAt: now,
  scope: ['ACME-1', 'ACME-2'],
  notice: '',
  parts: {},
};
const frozen: Release = {
  ...release,
  status: 'frozen',
  date: {
    wall: { local: '2026-03-03T18:00', zone: 'UTC' },
    instant: now,
    proposal: 1,
    by: bo,
    at: now,
    covers: '',
  },
  frozen: { environment: 'acme/staging', by: bo, since: now },
};
const ref = (id: string) => ({ id, fingerprint: `of ${id}`, takenAt: now });
const column: Listed = {
  id: 'a',
  digest: '1',
  what: 'added',
  kind: 'column',
  path: 'public.invoice.discount',
  weight: 'notable',
  reason: 'new',
};
const file: Listed = {
  id: 'b',
  digest: '1',
  what: 'changed',
  kind: 'file',
  path: 'bin/billing.dll',
  weight: 'notable',
  reason: 'content',
};
const found = (...differences: Listed[]): Found => ({
  staging: ref('s'),
  production: ref('p'),
  differences,
  expected: 0,
});
const compared = (from: Release, result: Found): Release => {
  const wanted = wantComparison(from, bo, now);
  return recordComparison(wanted, comparisonOf(wanted).run?.number ?? 0, result) ?? wanted;
};

describe('a comparison', () => {
  test('is missing until it was made, and leaves nothing open when both sides are equal', () => {
    expect(whatComparisonMisses(release)).toMatchObject([
      { what: 'staging and production have not been compared' },
    ]);
    expect(whatComparisonMisses(compared(release, found()))).toEqual([]);
  });

  test('is not started twice at once, nor after the freeze', () => {
    const wanted = wantComparison(release, bo, now);
    expect(() => wantComparison(wanted, bo, later)).toThrow(/Bo started a comparison already/u);
    expect(() => wantComparison(frozen, bo, now)).toThrow(/compared before staging is frozen/u);
  });

  test('that died with its process can be started again after half an hour', () => {
    const wanted = wantComparison(release, bo, now);
    expect(comparisonOf(wantComparison(wanted, bo, '2026-03-02T01:30:00.000Z')).run?.number).toBe(2);
  });

  test('blocks with every difference that nobody answered', () => {
    expect(whatComparisonMisses(compared(release, found(column, file)))).toMatchObject([
      { what: '2 differences without an incident or an explanation' },
    ]);
  });

  test('says why it failed, and a result that is not awaited changes nothing', () => {
    const failed = failComparison(wantComparison(release, bo, now), 1, 'the database did not answer');
    expect(failed === undefined ? [] : whatComparisonMisses(failed)).toMatchObject([
      { what: 'the comparison failed: the database did not answer' },
    ]);
    expect(recordComparison(release, 1, found())).toBeUndefined();
    expect(recordComparison(wantComparison(release, bo, now), 7, found())).toBeUndefined();
  });

  test('with more differences than anybody can answer fails and says what to do', () => {
    const many = Array.from(
      { length: mostDifferences + 1 },
      (_, at): Listed => ({ ...column, id: String(at) }),
    );
    expect(comparisonOf(compared(release, found(...many))).run).toMatchObject({ status: 'failed' });
  });
});

describe('an answer', () => {
  test('gives a difference to an incident of the release, or explains it', () => {
    const given = answerDifferences(
      compared(release, found(column, file)),
      ['a'],
      { kind: 'assigned', incident: 'ACME-1' },
      bo,
      now,
    );
    const explained = answerDifferences(given, ['b'], { kind: 'explained', words: 'a build date' }, bo, now);
    expect(openDifferences(given)).toEqual([file]);
    expect(openDifferences(explained)).toEqual([]);
  });

  test('is refused for an incident of another release, and for a difference that is gone', () => {
    const before = compared(release, found(column));
    expect(() => answerDifferences(before, ['a'], { kind: 'assigned', incident: 'ACME-9' }, bo, now)).toThrow(
      /ACME-9 is not in ACME-R1/u,
    );
    expect(() => answerDifferences(before, ['z'], { kind: 'explained', words: 'x' }, bo, now)).toThrow(
      /are gone/u,
    );
  });

  test('stays over a new comparison while the difference is the same, and falls with it when it is not', () => {
    const answered = answerDifferences(
      compared(release, found(column, file)),
      ['a', 'b'],
      { kind: 'explained', words: 'known' },
      bo,
      now,
    );
    const again = compared(answered, found(column, { ...file, digest: '2' }));
    expect(openDifferences(again)).toEqual([{ ...file, digest: '2' }]);
  });
});

describe('the watch over a frozen staging', () => {
  const kept = keepFrozen(frozen, ref('frozen')) ?? frozen;

  test('wants a look before the deployment, and one that is fresh', () => {
    expect(whatMoved(frozen, now)).toBe('look first');
    expect(whatMoved(kept, now)).toBe('look first');
    const still = recordBefore(kept, [], now) ?? kept;
    expect(whatMoved(still, now)).toEqual([]);
    expect(whatMoved(still, later)).toBe('look first');
  });

  test('holds the deployment back with what moved, and with what could not be seen', () => {
    expect(whatMoved(recordBefore(kept, ['file a changed'], now) ?? kept, now)).toEqual(['file a changed']);
    expect(whatMoved(recordBefore(kept, [], now, 'no connection') ?? kept, now)).toEqual(['no connection']);
  });
});
