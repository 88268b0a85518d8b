import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  clockTime,
  dayHeading,
  daysBetween,
  formatSlackDate,
  instantOf,
  isoDay,
  placeOf,
  spanInWords,
} from '../../../src/sandbox/slack/page/text/dates.js';

const MELBOURNE = 'Australia/Melbourne';
const LONDON = 'Europe/London';
/** Monday 2 March 2026, 16:02 in Melbourne. */
const NOW = Date.UTC(2026, 2, 2, 5, 2);
/** Tuesday 3 March 2026, 18:00 in Melbourne. */
const RELEASE = Date.UTC(2026, 2, 3, 7, 0) / 1000;

const said = (format: string, zone: string, seconds = RELEASE): string =>
  formatSlackDate(format, seconds, zone, NOW);

test('both sides read the same instant on their own clocks', () => {
  expect(said('{date_num} {time}', MELBOURNE)).toBe('2026-03-03 18:00');
  expect(said('{date_num} {time}', LONDON)).toBe('2026-03-03 07:00');
});

test.each([
  ['{date}', 'March 3rd'],
  ['{date_short}', 'Mar 3, 2026'],
  ['{date_long}', 'Tuesday, March 3rd'],
  ['{date_slash}', '03/03/2026'],
  ['{time_secs}', '18:00:00'],
  ['{date_short_pretty} at {time}', 'Tomorrow at 18:00'],
  ['{ago}', 'in 26 hours'],
  ['{nonsense}', '{nonsense}'],
])('%s reads %s', (format, words) => {
  expect(said(format, MELBOURNE)).toBe(words);
});

test('a date far away names its year', () => {
  expect(said('{date_long}', MELBOURNE, Date.UTC(2027, 0, 11) / 1000)).toBe('Monday, January 11th, 2027');
});

test.each([
  [0, 'Today'],
  [-1, 'Yesterday'],
  [2, 'Wednesday, 4 March'],
  [400, 'Tuesday, 6 April 2027'],
])('the day %s days on is headed %s', (days, words) => {
  expect(dayHeading(NOW + days * 86_400_000, MELBOURNE, NOW)).toBe(words);
});

test('midnight in the zone of the reader parts the days', () => {
  const late = Date.UTC(2026, 2, 2, 12, 59);
  const later = Date.UTC(2026, 2, 2, 13, 1);
  expect([daysBetween(late, later, MELBOURNE), daysBetween(late, later, LONDON)]).toEqual([1, 0]);
});

test('a picked wall time is the instant that shows it, on either side of a clock change', () => {
  const noonish = fc.record({
    day: fc.integer({ min: 0, max: 365 * 4 }),
    hour: fc.integer({ min: 4, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    zone: fc.constantFrom(MELBOURNE, LONDON, 'America/New_York', 'Asia/Kathmandu', 'UTC'),
  });
  fc.assert(
    fc.property(noonish, ({ day, hour, minute, zone }) => {
      const date = new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10);
      const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
      const instant = instantOf(date, time, zone);
      expect([isoDay(instant, zone), clockTime(instant, zone)]).toEqual([date, time]);
    }),
  );
});

test('an hour that a clock change leaves out becomes the one after it', () => {
  expect(clockTime(instantOf('2026-03-29', '01:30', LONDON), LONDON)).toBe('02:30');
});

test('spans and places in words', () => {
  expect([spanInWords(600_000), spanInWords(90_000_000), spanInWords(0)]).toEqual([
    '10 minutes',
    '1 day 1 hour',
    '0 minutes',
  ]);
  expect([placeOf('America/New_York'), placeOf('UTC')]).toEqual(['New York', 'UTC']);
});
