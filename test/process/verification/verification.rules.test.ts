import { describe, expect, test } from '@jest/globals';
import { later } from '../../../src/kernel/instants.js';
import { claim } from '../../../src/process/deployment/deployment.js';
import type { Release } from '../../../src/process/release/release.js';
import {
  acknowledge,
  alertOfAttempt,
  dueRound,
  escalate,
  leaveAlerts,
  openAlert,
  recordRound,
  verificationAppointments,
  verificationOf,
  wantRound,
} from '../../../src/process/verification/verification.js';
import {
  agreedInstant,
  aRelease,
  aReleaseInTrouble,
  bo,
  calling,
  failing,
  hour,
  kim,
  minute,
  passing,
  rota,
} from '../given.js';
import { frozen, refused } from '../refused.js';

const verifying = aRelease('verifying');
const liveSince = later(agreedInstant, minute);
const at = (minutes: number): string => later(liveSince, minutes * minute);
const probed = (release: Release, results: typeof passing | typeof failing, minutes: number): Release =>
  frozen(
    recordRound(
      release,
      { kind: dueRound(release, hour, at(minutes)) ?? 'again', results, ...calling },
      at(minutes),
    ),
  );
const alerted = probed(verifying, failing, 0);

describe('looking at production', () => {
  test('is due at once, then after the bake, and then not again', () => {
    expect(dueRound(verifying, hour, at(0))).toBe('at once');
    const once = probed(verifying, passing, 0);
    expect(dueRound(once, hour, at(59))).toBeUndefined();
    expect(dueRound(once, hour, at(60))).toBe('after the bake');
    expect(probed(once, passing, 60)).toMatchObject({ status: 'live', checkedUntil: at(60) });
  });

  test('that failed waits until somebody asks for another look', () => {
    expect(dueRound(alerted, hour, at(120))).toBeUndefined();
    const wanted = frozen(wantRound(alerted, kim, at(5)));
    expect(dueRound(wanted, hour, at(5))).toBe('again');
    expect(refused(() => wantRound(wanted, bo, at(5)))).toMatchObject({
      code: 'already-decided',
      message: expect.stringContaining('Kim asked for that'),
    });
    expect(verificationOf(probed(wanted, failing, 6))).not.toHaveProperty('wanted');
  });

  test('does not end the bake early', () => {
    expect(probed(frozen(wantRound(probed(verifying, passing, 0), kim, at(5))), passing, 6).status).toBe(
      'verifying',
    );
  });

  test('that was asked for after the bake is as good as the one after it', () => {
    expect(probed(frozen(wantRound(alerted, kim, at(70))), passing, 71).status).toBe('live');
  });

  test.each(['frozen', 'deploying', 'live', 'closed'] as const)(
    'is refused when the release is %s',
    (status) => {
      expect(dueRound(aRelease(status), hour, at(0))).toBeUndefined();
      expect(
        refused(() => recordRound(aRelease(status), { kind: 'again', results: passing, ...calling }, at(0)))
          .code,
      ).toBe('outdated');
      expect(refused(() => wantRound(aRelease(status), kim, at(0))).code).toBe('outdated');
    },
  );

  test('of a client without probes passes: nothing says that it is broken', () => {
    const round = { kind: 'at once', results: [], ...calling } as const;
    expect(openAlert(recordRound(verifying, round, at(0)))).toBeUndefined();
  });

  test('has its appointments: the end of the bake, or the escalation', () => {
    expect(verificationAppointments(verifying, hour)).toEqual([{ kind: 'bake ends', at: at(60) }]);
    expect(verificationAppointments(alerted, hour)).toEqual([{ kind: 'escalate', at: at(10) }]);
    expect(verificationAppointments(aRelease('live'), hour)).toEqual([]);
  });
});

describe('an alert', () => {
  test('tells what came and what was expected, and calls the first of the rota', () => {
    expect(openAlert(alerted)).toMatchObject({
      number: 1,
      status: 'open',
      count: 1,
      came: 'home answers 500',
      expected: 'home answers 200',
      escalatesAt: at(10),
      called: [{ name: 'Ola', at: at(0) }],
    });
  });

  test('tells when production was last seen well', () => {
    const later20 = probed(frozen(wantRound(probed(verifying, passing, 0), kim, at(20))), failing, 20);
    expect(openAlert(later20)).toMatchObject({ lastGood: at(0) });
  });

  test('counts its repeats, and does not call anybody again for them', () => {
    const again = probed(frozen(wantRound(alerted, kim, at(1))), failing, 2);
    expect(verificationOf(again).alerts).toHaveLength(1);
    expect(openAlert(again)).toMatchObject({ count: 2, called: [{ name: 'Ola' }] });
  });

  test('escalates when nobody acknowledges in time, around the rota, for as long as it takes', () => {
    expect(escalate(alerted, rota, 10 * minute, at(9))).toBeUndefined();
    const names: (string | undefined)[] = [];
    let release: Release = alerted;
    for (const minutes of [10, 20, 30]) {
      release = frozen(escalate(release, rota, 10 * minute, at(minutes)) ?? release);
      names.push(openAlert(release)?.called.at(-1)?.name);
    }
    expect(names).toEqual(['Kim', 'Ola', 'Kim']);
  });

  test('that is acknowledged stops escalating, and is acknowledged once', () => {
    const taken = frozen(acknowledge(alerted, 1, kim, at(3)));
    expect(openAlert(taken)).toMatchObject({ status: 'acknowledged', by: kim, at: at(3) });
    expect(escalate(taken, rota, 10 * minute, at(99))).toBeUndefined();
    expect(refused(() => acknowledge(taken, 1, bo, at(4))).message).toBe('Kim has this alert already.');
    expect(refused(() => acknowledge(taken, 2, bo, at(4))).code).toBe('not-found');
  });

  test('is over when the probes pass again, and cannot be acknowledged any more', () => {
    const well = probed(frozen(wantRound(alerted, kim, at(5))), passing, 6);
    expect(openAlert(well)).toBeUndefined();
    expect(refused(() => acknowledge(well, 1, kim, at(7)))).toMatchObject({
      code: 'already-decided',
      message: 'This alert is over: the probes pass again.',
    });
  });

  test('is raised once for an attempt that failed or was lost', () => {
    for (const how of ['failed', 'unknown'] as const) {
      const raised = alertOfAttempt(aReleaseInTrouble(how), rota, 10 * minute, at(0));
      expect(raised && openAlert(raised)).toMatchObject({
        cause: 'attempt 1',
        expected: 'attempt 1 succeeds',
        called: [{ name: 'Ola' }],
      });
      expect(raised && alertOfAttempt(frozen(raised), rota, 10 * minute, at(1))).toBeUndefined();
    }
    expect(alertOfAttempt(verifying, rota, 10 * minute, at(0))).toBeUndefined();
  });

  test('is closed when the release leaves it behind', () => {
    const going = frozen(claim(alerted, { kind: 'roll back', host: 'one', reason: 'broken' }, bo, at(5)));
    const left = leaveAlerts(going, at(6));
    expect(left && verificationOf(left).alerts[0]).toMatchObject({
      status: 'resolved',
      how: 'the release is deploying',
    });
    expect(left && leaveAlerts(frozen(left), at(7))).toBeUndefined();
    expect(leaveAlerts(alerted, at(6))).toBeUndefined();
  });

  test('with nobody on the rota is still raised', () => {
    const alone = recordRound(
      verifying,
      { kind: 'at once', results: failing, bake: hour, rota: [], escalateAfter: minute },
      at(0),
    );
    expect(openAlert(alone)).toMatchObject({ status: 'open', called: [] });
    expect(escalate(frozen(alone), [], minute, at(2))).toBeDefined();
  });
});
