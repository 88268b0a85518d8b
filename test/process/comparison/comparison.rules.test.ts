import { describe, expect, test } from '@jest/globals';
import {
  answerDifferences,
  assigned,
  comparisonOf,
  failComparison,
  type Listed,
  mostDifferences,
  openDifferences,
  recordComparison,
  wantComparison,
  wantFirstComparison,
  whatComparisonMisses,
} from '../../../src/process/comparison/comparison.js';
import type { Release } from '../../../src/process/release/release.js';
import { bo, column, compared, file, found, frozen, later, now, release } from './given.js';

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

describe('the first comparison', () => {
  const preparing = { ...frozen, status: 'preparing' } as Release;

  test('starts by itself when the checklist began, and only once', () => {
    expect(wantFirstComparison(release, now)).toBeUndefined();
    const wanted = wantFirstComparison(preparing, now);
    expect(wanted && comparisonOf(wanted).run).toMatchObject({
      status: 'under way',
      by: { name: 'Slipway' },
    });
    expect(wantFirstComparison(wanted ?? preparing, later)).toBeUndefined();
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

  test('falls when its incident leaves the release, and the incident is given nothing any more', () => {
    const given = answerDifferences(
      compared(release, found(column, file)),
      ['a', 'b'],
      { kind: 'assigned', incident: 'ACME-2' },
      bo,
      now,
    );
    const without = { ...given, scope: ['ACME-1'] };

    expect([...assigned(given)].map(([id, all]) => [id, all.map(({ difference }) => difference.id)])).toEqual(
      [
        ['ACME-1', []],
        ['ACME-2', ['a', 'b']],
      ],
    );
    expect(openDifferences(without)).toEqual([column, file]);
    expect(assigned(without).get('ACME-2')).toEqual([]);
  });

  test('gives nothing to an incident whose release is not to go live', () => {
    const given = answerDifferences(
      compared(release, found(column)),
      ['a'],
      { kind: 'assigned', incident: 'ACME-1' },
      bo,
      now,
    );
    expect(assigned(given).get('ACME-1')).toHaveLength(1);
    expect(assigned({ ...frozen, ...given, status: 'cancelled', why: 'x' } as never).get('ACME-1')).toEqual(
      [],
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
