import { expect, test } from '@jest/globals';
import { caughtIn, decideLesson, proposeLesson } from '../../../src/process/checklist/lesson.js';
import { bo, kim, start } from '../given.js';
import { frozen, refused } from '../refused.js';

const request = {
  happened: 'The cron user lacked rights',
  ask: 'Does the cron user have its rights?',
  evidence: 'text',
} as const;
const proposed = frozen(proposeLesson('ACME-L1', 'acme', 'ACME-R1', request, kim, start));

test('a lesson is proposed first, and remembers the release that taught it', () => {
  expect(proposed).toMatchObject({ ...request, status: 'proposed', release: 'ACME-R1', by: kim, caught: [] });
});

test.each(['accepted', 'dismissed'] as const)(
  'a lesson is %s once; the second person hears by whom',
  (to) => {
    const decided = frozen(decideLesson(proposed, to, bo, start));
    expect(decided).toMatchObject({ status: to, decidedBy: bo });
    for (const again of ['accepted', 'dismissed'] as const) {
      expect(refused(() => decideLesson(decided, again, kim, start))).toMatchObject({
        code: 'already-decided',
        message: `ACME-L1 was ${to} by Bo already.`,
      });
    }
  },
);

test('what a lesson caught in a release counts once', () => {
  const once = caughtIn(proposed, 'ACME-R2');
  expect(once?.caught).toEqual(['ACME-R2']);
  expect(once && caughtIn(frozen(once), 'ACME-R2')).toBeUndefined();
  expect(once && caughtIn(frozen(once), 'ACME-R3')?.caught).toEqual(['ACME-R2', 'ACME-R3']);
});
