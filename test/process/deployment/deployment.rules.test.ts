import { describe, expect, test } from '@jest/globals';
import { later } from '../../../src/kernel/instants.js';
import {
  attemptKey,
  beginAttempt,
  callGoOrNoGo,
  callMissed,
  claim,
  deploymentAppointments,
  deploymentOf,
  endAttempt,
  isTimeToDeploy,
  lastAttempt,
  loseAttempt,
  requestStop,
} from '../../../src/process/deployment/deployment.js';
import { cancel, type Release } from '../../../src/process/release/release.js';
import { agreedInstant, aRelease, aReleaseInTrouble, bo, hour, kim, minute } from '../given.js';
import { frozen, refused } from '../refused.js';

const deploy = { kind: 'deploy', host: 'one', reason: 'the agreed time' } as const;
const back = { kind: 'roll back', host: 'one', reason: 'Totals are wrong' } as const;
const then = later(agreedInstant, minute);
const running = frozen(beginAttempt(aRelease('deploying'), 1, agreedInstant));
const ended = (release: Release, succeeded: boolean): Release =>
  frozen(endAttempt(release, 1, { succeeded, how: succeeded ? 'exit code 0' : 'exit code 1' }, then));

describe('the time to deploy', () => {
  const ready = aRelease('frozen');

  test('is the agreed moment and as long after it as configured, not a moment sooner or later', () => {
    const at = (milliseconds: number): boolean =>
      isTimeToDeploy(ready, hour, later(agreedInstant, milliseconds));
    expect([at(-1), at(0), at(hour - 1), at(hour)]).toEqual([false, true, true, false]);
  });

  test.each(['agreed', 'preparing', 'deploying', 'verifying', 'live'] as const)(
    'never comes for a release that is %s',
    (status) => {
      expect(isTimeToDeploy(aRelease(status), hour, agreedInstant)).toBe(false);
    },
  );
});

describe('claiming an attempt', () => {
  test('moves the release to deploying, so that whoever comes second is refused', () => {
    const claimed = frozen(claim(aRelease('frozen'), deploy, bo, agreedInstant));
    expect(claimed).toMatchObject({ status: 'deploying', frozen: { environment: 'acme/staging' } });
    expect(lastAttempt(claimed)).toMatchObject({ number: 1, status: 'claimed', by: bo });
    expect(refused(() => claim(claimed, deploy, kim, agreedInstant)).code).toBe('wrong-state');
  });

  test('gives each its own key, by which it is looked up wherever it ran', () => {
    const again = claim(aReleaseInTrouble('failed'), deploy, bo, then);
    expect(deploymentOf(again).attempts.map((attempt) => attemptKey(again, attempt))).toEqual([
      'ACME-R1-1',
      'ACME-R1-2',
    ]);
  });

  test.each(['draft', 'negotiating', 'agreed', 'preparing', 'closed'] as const)(
    'is refused when the release is %s',
    (status) => {
      expect(refused(() => claim(aRelease(status), deploy, bo, then)).code).toBe('wrong-state');
      expect(refused(() => claim(aRelease(status), back, bo, then)).code).toBe('wrong-state');
    },
  );

  test.each(['verifying', 'live'] as const)(
    'a second time is refused when it is %s, but it can be rolled back',
    (status) => {
      expect(refused(() => claim(aRelease(status), deploy, bo, then)).message).toContain(
        'was deployed already',
      );
      expect(claim(aRelease(status), back, bo, then).status).toBe('deploying');
    },
  );

  test('to roll back what was never deployed is refused', () => {
    expect(refused(() => claim(aRelease('frozen'), back, bo, then)).message).toContain(
      'nothing to roll back',
    );
  });

  test('after a failure can deploy again or roll back', () => {
    expect(lastAttempt(claim(aReleaseInTrouble('failed'), deploy, bo, then))?.number).toBe(2);
    expect(lastAttempt(claim(aReleaseInTrouble('failed'), back, bo, then))?.kind).toBe('roll back');
  });

  test('is refused while nobody knows how the last one ended: it may be running still', () => {
    expect(refused(() => claim(aReleaseInTrouble('unknown'), deploy, bo, then)).message).toContain(
      'attempt 1 of ACME-R1 ended',
    );
    expect(claim(aReleaseInTrouble('unknown'), back, bo, then).status).toBe('deploying');
  });
});

describe('the end of an attempt', () => {
  test('that succeeded leads to verifying, live since that moment', () => {
    expect(ended(running, true)).toMatchObject({ status: 'verifying', liveSince: then });
  });

  test('that failed asks a human, and says what happened', () => {
    expect(ended(running, false)).toMatchObject({
      status: 'needs a human',
      question: 'Attempt 1 (deploy) failed: exit code 1.',
    });
  });

  test('of a roll-back frees the incidents and staging', () => {
    const going = aReleaseInTrouble('going back');
    const gone = endAttempt(going, 2, { succeeded: true, how: 'exit code 0' }, then);
    expect(gone).toMatchObject({ status: 'rolled back', reason: 'It failed', at: then });
    expect(gone).not.toHaveProperty('claims');
    expect(gone).not.toHaveProperty('frozen');
  });

  test('of a roll-back that failed asks a human', () => {
    const failed = endAttempt(
      aReleaseInTrouble('going back'),
      2,
      { succeeded: false, how: 'exit code 9' },
      then,
    );
    expect(failed).toMatchObject({
      status: 'needs a human',
      question: 'Attempt 2 (roll back) failed: exit code 9.',
    });
  });

  test('is noted once, and only of one that ran', () => {
    expect(
      refused(() => endAttempt(ended(running, true), 1, { succeeded: false, how: 'late' }, then)).code,
    ).toBe('already-decided');
    expect(
      refused(() => endAttempt(aRelease('deploying'), 1, { succeeded: true, how: 'x' }, then)).code,
    ).toBe('already-decided');
    expect(refused(() => endAttempt(running, 7, { succeeded: true, how: 'x' }, then)).message).toContain(
      'not there',
    );
  });

  test('of an older attempt no longer counts', () => {
    const second = frozen(claim(aReleaseInTrouble('unknown'), back, bo, then));
    expect(refused(() => endAttempt(second, 1, { succeeded: true, how: 'late' }, then)).code).toBe(
      'already-decided',
    );
  });

  test('that nobody can tell is unknown, until a human says how it was', () => {
    const lost = aReleaseInTrouble('unknown');
    expect(lost).toMatchObject({
      status: 'needs a human',
      question: expect.stringContaining('Nobody can tell how attempt 1 ended'),
    });
    expect(endAttempt(lost, 1, { succeeded: true, how: 'Kim saw it' }, then)).toMatchObject({
      status: 'verifying',
    });
    const said = endAttempt(lost, 1, { succeeded: false, how: 'Kim saw it' }, then);
    expect(lastAttempt(said)).toMatchObject({ status: 'failed' });
    expect(lastAttempt(said)).not.toHaveProperty('why');
  });

  test('must be said before a release that may be live can be cancelled', () => {
    const lost = frozen(aReleaseInTrouble('unknown'));
    expect(refused(() => cancel(lost, 'Given up')).message).toContain('Nobody knows yet whether');
    const known = endAttempt(lost, 1, { succeeded: false, how: 'Bo saw' }, then);
    expect(cancel(known, 'Given up').status).toBe('cancelled');
  });

  test('cannot be said any more of a release that was cancelled', () => {
    const cancelled = frozen(cancel(aReleaseInTrouble('failed'), 'Given up'));
    for (const succeeded of [true, false]) {
      expect(() => endAttempt(cancelled, 1, { succeeded, how: 'x' }, then)).toThrow();
    }
  });

  test('an attempt that was only claimed can be lost, and begins only once', () => {
    expect(loseAttempt(aRelease('deploying'), 1, 'silent', then)).toMatchObject({ status: 'needs a human' });
    expect(refused(() => beginAttempt(running, 1, then)).code).toBe('already-decided');
  });
});

describe('stopping', () => {
  test('is asked for once, and names who is at it', () => {
    const stopping = frozen(requestStop(running, kim, then));
    expect(lastAttempt(stopping)).toMatchObject({ status: 'running', stop: { by: kim, at: then } });
    expect(refused(() => requestStop(stopping, bo, then))).toMatchObject({
      code: 'already-decided',
      message: 'Kim is stopping it already.',
    });
  });

  test.each(['frozen', 'verifying', 'live', 'closed'] as const)(
    'is refused when the release is %s',
    (status) => {
      expect(refused(() => requestStop(aRelease(status), kim, then)).message).toContain(
        'nothing of it is running',
      );
    },
  );
});

describe('go or no-go', () => {
  const early = (milliseconds: number) => later(agreedInstant, -milliseconds);
  const missing = [{ what: 'the freeze', who: 'Bo' }];

  test('is said at each moment once, with what is missing', () => {
    const said = callGoOrNoGo(aRelease('preparing'), missing, early(hour));
    expect(said && deploymentOf(said).calls).toEqual([{ mark: '1/1 hour', at: early(hour), missing }]);
    expect(said && callGoOrNoGo(frozen(said), missing, early(hour))).toBeUndefined();
    const last = said && callGoOrNoGo(frozen(said), [], early(10 * minute));
    expect(last && deploymentOf(last).calls.at(-1)).toEqual({
      mark: '1/10 minutes',
      at: early(10 * minute),
      missing: [],
    });
  });

  test('of several moments that have come at once only the nearest is said, and the others never are', () => {
    const said = callGoOrNoGo(aRelease('frozen'), [], early(5 * minute));
    expect(said && deploymentOf(said).calls.map(({ mark }) => mark)).toEqual([
      '1/1 hour (passed over)',
      '1/10 minutes',
    ]);
    expect(said && callGoOrNoGo(said, [], early(minute))).toBeUndefined();
  });

  test('is not said for a moment before the date was agreed, nor after it has come', () => {
    expect(callGoOrNoGo(aRelease('frozen'), [], early(2 * hour))).toBeUndefined(); // agreed less than 24 hours before
    expect(callGoOrNoGo(aRelease('frozen'), [], agreedInstant)).toBeUndefined();
    expect(callGoOrNoGo(aRelease('deploying'), [], early(minute))).toBeUndefined();
  });

  test('has its appointments, and the deployment has one', () => {
    expect(deploymentAppointments(aRelease('frozen'))).toEqual([
      { kind: 'go or no-go, 1 hour', at: early(hour) },
      { kind: 'go or no-go, 10 minutes', at: early(10 * minute) },
      { kind: 'deploy', at: agreedInstant },
    ]);
    expect(deploymentAppointments(aRelease('deploying'))).toEqual([]);
  });

  test('is followed by one word when the time has passed and nothing starts by itself any more', () => {
    const ready = aRelease('preparing');
    const over = later(agreedInstant, hour);
    expect(callMissed(ready, missing, hour, later(over, -1))).toBeUndefined();
    const missed = callMissed(ready, missing, hour, over);
    expect(missed && deploymentOf(missed).calls).toEqual([{ mark: '1/missed', at: over, missing }]);
    expect(missed && callMissed(frozen(missed), missing, hour, over)).toBeUndefined();
    expect(callMissed(aRelease('deploying'), missing, hour, over)).toBeUndefined();
  });
});
