import { expect, test } from '@jest/globals';
import { handClock, shiftedClock, systemClock } from '../../src/kernel/clock.js';
import { between } from '../../src/kernel/instants.js';

test('a hand clock stands still until it is moved', () => {
  const clock = handClock('2026-03-02T01:00:00Z');
  expect([clock.now(), clock.now()]).toEqual(['2026-03-02T01:00:00.000Z', '2026-03-02T01:00:00.000Z']);
  clock.forward({ days: 1, hours: 2, minutes: 3, seconds: 4 });
  expect(clock.now()).toBe('2026-03-03T03:03:04.000Z');
});

test('a shifted clock runs ahead by what it is set to, and can be set while it runs', () => {
  const clock = shiftedClock(86_400_000);
  expect(Math.abs(between(systemClock.now(), clock.now()) - 86_400_000)).toBeLessThan(60_000);
  clock.ahead = -86_400_000;
  expect(between(systemClock.now(), clock.now())).toBeLessThan(0);
});
