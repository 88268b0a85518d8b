import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  between,
  instantOf,
  inZone,
  inZones,
  isDue,
  isZone,
  lasting,
  later,
  placeOf,
  relative,
  shortTime,
  wallOf,
} from '../../src/kernel/instants.js';

const zones = [
  'UTC',
  'Australia/Melbourne',
  'Europe/London',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Australia/Lord_Howe',
];
const zone = fc.constantFrom(...zones);
const instant = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2031, 0, 1) })
  .map((at) => new Date(Math.floor(at / 1_000) * 1_000).toISOString());

describe('wall time and instants', () => {
  test('a wall shows the moment that it was asked for, but for the hour that comes twice', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const apart = Math.abs(between(at, instantOf(wallOf(at, where))));
        // Lord Howe puts its clocks back by half an hour.
        expect([0, 30 * 60_000, 60 * 60_000]).toContain(apart);
        if (apart > 0) expect(wallOf(instantOf(wallOf(at, where)), where)).toEqual(wallOf(at, where));
      }),
    );
  });

  test('a wall time that exists is shown again just as it was', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const wall = wallOf(at, where);
        expect(wallOf(instantOf(wall), where)).toEqual(wall);
      }),
    );
  });

  test('the hour that the clocks skip is read as the moment after', () => {
    expect(instantOf({ local: '2026-03-29T01:30', zone: 'Europe/London' })).toBe('2026-03-29T01:30:00.000Z');
    expect(wallOf('2026-03-29T01:30:00.000Z', 'Europe/London').local).toBe('2026-03-29T02:30');
    expect(instantOf({ local: '2026-10-04T02:30', zone: 'Australia/Melbourne' })).toBe(
      '2026-10-03T16:30:00.000Z',
    );
  });

  test('the hour that comes twice is read as one of the two', () => {
    expect(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']).toContain(
      instantOf({ local: '2026-10-25T01:30', zone: 'Europe/London' }),
    );
  });

  test('an hour on the wall is another moment in summer than in winter', () => {
    expect(instantOf({ local: '2026-01-15T18:00', zone: 'Europe/London' })).toBe('2026-01-15T18:00:00.000Z');
    expect(instantOf({ local: '2026-07-15T18:00', zone: 'Europe/London' })).toBe('2026-07-15T17:00:00.000Z');
  });

  test('seconds stand on the wall only where there are some; milliseconds never', () => {
    expect(wallOf('2026-03-02T01:00:00.900Z', 'UTC').local).toBe('2026-03-02T01:00');
    expect(wallOf('2026-03-02T01:00:07.000Z', 'UTC').local).toBe('2026-03-02T01:00:07');
  });

  test('what is no wall time throws, and is never taken for some moment', () => {
    for (const local of ['', 'tomorrow', '2026-02-31T18:00', '2026-03-02T25:00']) {
      expect(() => instantOf({ local, zone: 'UTC' })).toThrow(RangeError);
    }
    expect(() => instantOf({ local: '2026-03-02T18:00', zone: 'Mars/Olympus' })).toThrow(RangeError);
  });
});

describe('reckoning', () => {
  const length = fc.integer({ min: -1e11, max: 1e11 });

  test('later and between undo each other, and sort as text as they sort in time', () => {
    fc.assert(
      fc.property(instant, length, (at, milliseconds) => {
        const then = later(at, milliseconds);
        expect(between(at, then)).toBe(milliseconds);
        expect(then > at).toBe(milliseconds > 0);
        expect(isDue(then, at)).toBe(milliseconds <= 0);
      }),
    );
  });
});

describe('time in words', () => {
  const at = '2026-03-03T07:00:00.000Z';

  test('names both zones, and the day again only where it is another', () => {
    expect(inZones(at, 'Australia/Melbourne', 'Europe/London')).toBe(
      'Tue 3 Mar, 18:00 Melbourne (07:00 London)',
    );
    expect(inZones(at, 'Australia/Melbourne', 'America/New_York')).toBe(
      'Tue 3 Mar, 18:00 Melbourne (02:00 New York)',
    );
    expect(inZones('2026-03-03T02:00:00.000Z', 'Australia/Melbourne', 'America/New_York')).toBe(
      'Tue 3 Mar, 13:00 Melbourne (Mon 2 Mar, 21:00 New York)',
    );
    expect(inZones(at, 'UTC', 'UTC')).toBe('Tue 3 Mar, 07:00 UTC');
    expect(inZone(at, 'Europe/London')).toBe('Tue 3 Mar, 07:00 London');
  });

  test('leaves out the day when it is today', () => {
    expect(shortTime(at, '2026-03-03T10:00:00.000Z', 'Australia/Melbourne')).toBe('18:00');
    expect(shortTime(at, '2026-03-03T14:00:00.000Z', 'Australia/Melbourne')).toBe('Tue 3 Mar 18:00');
  });

  test('says how long from now, and how long it took', () => {
    expect(relative(later(at, 2 * 86_400_000), at)).toBe('in 2 days');
    expect(relative(later(at, -180_000), at)).toBe('3 minutes ago');
    expect(relative(later(at, 400), at)).toBe('now');
    expect([72_000, 8_000, 60_000, 7_500_000, 3_599_600, -5].map(lasting)).toEqual([
      '1 min 12 s',
      '8 s',
      '1 min',
      '2 h 5 min',
      '1 h',
      '0 s',
    ]);
  });

  test('a zone is called by its place', () => {
    expect(['Australia/Melbourne', 'America/New_York', 'America/Indiana/Knox', 'UTC'].map(placeOf)).toEqual([
      'Melbourne',
      'New York',
      'Knox',
      'UTC',
    ]);
  });
});

test('a zone is an IANA name, never "wherever this machine stands"', () => {
  expect(zones.filter(isZone)).toEqual(zones);
  expect(['', 'local', 'system', 'default', 'Mars/Olympus', 'UTC+3'].filter(isZone)).toEqual([]);
});
