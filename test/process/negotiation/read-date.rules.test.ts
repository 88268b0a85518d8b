import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from '../../../src/kernel/instants.js';
import { pickedDate, readDate } from '../../../src/process/negotiation/read-date.js';
import { refused } from '../refused.js';

// Monday 2 March 2026, 12:00:37 in Melbourne.
const now = '2026-03-02T01:00:37.000Z';
const zone = 'Australia/Melbourne';
const read = (typed: string, at = now, where = zone): string => readDate(typed, where, at).local;

describe('a date as people write it', () => {
  test.each([
    ['next tuesday 6pm', '2026-03-10T18:00'],
    ['tuesday 6pm', '2026-03-03T18:00'],
    ['on Tuesday at 6pm', '2026-03-03T18:00'],
    ['tomorrow 18:30', '2026-03-03T18:30'],
    ['3 March 18:00', '2026-03-03T18:00'],
    ['3.3.2026 18:00', '2026-03-03T18:00'],
    ['13/3/2026 18:00', '2026-03-13T18:00'],
    ['2026-03-10 18:00', '2026-03-10T18:00'],
    ['2026-03-10T18:00', '2026-03-10T18:00'],
    ['in 2 hours', '2026-03-02T14:00'],
    ['in 90 minutes', '2026-03-02T13:30'],
    ['in 30 seconds', '2026-03-02T12:01:07'],
    ['in 2 days at 6pm', '2026-03-04T18:00'],
    ['tomorrow noon', '2026-03-03T12:00'],
    ['6pm UTC', '2026-03-03T05:00'],
    ['in 2 days at 6pm UTC', '2026-03-05T05:00'],
    ['2026-03-10T18:00:00Z', '2026-03-11T05:00'],
  ])('"%s" is read in the zone of whoever wrote it', (typed, local) => {
    expect(readDate(typed, zone, now)).toEqual({ local, zone });
  });

  test.each(['', '   ', 'soon', 'gibberish', '25:00', '31 Feb 18:00', '<!channel>'])(
    '"%s" is no date, and the answer shows how to write one',
    (typed) => {
      expect(refused(() => readDate(typed, zone, now))).toMatchObject({
        code: 'unreadable',
        field: 'date',
        message: expect.stringContaining('"next tuesday 6pm"'),
      });
    },
  );

  test.each(['tuesday', 'tonight', 'in 2 days', '3 March'])(
    '"%s" lacks the time of day, and that is what is asked',
    (typed) => {
      expect(refused(() => readDate(typed, zone, now)).message).toMatch(/^At what time on that day\?/);
    },
  );

  test.each(['tuesday 6pm or wednesday 6pm', 'tuesday 6pm to 8pm'])(
    '"%s" is more than one moment',
    (typed) => {
      expect(refused(() => readDate(typed, zone, now)).code).toBe('unreadable');
    },
  );

  test('words beside the date are not dropped in silence', () => {
    expect(refused(() => readDate('tuesday 6pm because of the fair', zone, now)).message).toContain(
      'I read Tue 3 Mar, 18:00 Melbourne, but not "because of the fair"',
    );
  });

  test('a day that reads differently in America and elsewhere is asked for by its month', () => {
    expect(refused(() => readDate('10/3/2026 18:00', zone, now)).message).toContain('10/3 can be two days');
    expect(read('3/3/2026 18:00')).toBe('2026-03-03T18:00');
  });

  test('a very long text is answered with a short sentence', () => {
    expect(refused(() => readDate('x'.repeat(3_000), zone, now)).message.length).toBeLessThan(200);
  });

  test('whatever is typed, the answer is a wall that can be met, or a refusal', () => {
    const piece = fc.constantFrom(
      'tuesday',
      '6pm',
      'next',
      'in',
      '2',
      'hours',
      '18:00',
      'march',
      '/',
      '3',
      'UTC',
      '+10',
      'noon',
      '-',
      'at',
      'tomorrow',
      '2026',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (words) => {
        const typed = words.join(' ');
        try {
          const wall = readDate(typed, zone, now);
          expect(instantOf(wall)).toMatch(/Z$/);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('nights in which the clocks change', () => {
  // Melbourne springs forward on 4 October 2026 at 02:00, and falls back on 5 April 2026 at 03:00.
  test('an hour that does not exist is refused, with one that does', () => {
    const refusal = refused(() => readDate('4 October 2026 2:30am', zone, now));
    expect(refusal).toMatchObject({
      code: 'date-unusable',
      field: 'date',
      message: expect.stringContaining('Please take 03:30'),
    });
    expect(refused(() => pickedDate('2026-10-04', '02:30', zone)).code).toBe('date-unusable');
  });

  test('"in 2 hours" is two hours later, also over the change', () => {
    const before = '2026-10-03T15:30:00.000Z'; // 01:30, half an hour before the clocks go forward
    const wall = readDate('in 2 hours', zone, before);
    expect(wall.local).toBe('2026-10-04T04:30');
    expect(instantOf(wall)).toBe('2026-10-03T17:30:00.000Z');
  });

  test('an hour on the wall stays that hour, whatever the clocks do until then', () => {
    expect(instantOf(readDate('5 October 2026 18:00', zone, '2026-10-02T01:00:00.000Z'))).toBe(
      '2026-10-05T07:00:00.000Z',
    );
    expect(instantOf(readDate('6 April 2026 18:00', zone, now))).toBe('2026-04-06T08:00:00.000Z');
  });

  test('an hour that comes twice is taken to be one of the two', () => {
    const wall = readDate('5 April 2026 2:30am', zone, now);
    expect(wall.local).toBe('2026-04-05T02:30');
    expect(['2026-04-04T15:30:00.000Z', '2026-04-04T16:30:00.000Z']).toContain(instantOf(wall));
  });
});

describe('pickers', () => {
  test('what was picked is what is meant', () => {
    expect(pickedDate('2026-03-03', '18:00', 'Europe/London')).toEqual({
      local: '2026-03-03T18:00',
      zone: 'Europe/London',
    });
  });

  test('what is no date is refused', () => {
    expect(refused(() => pickedDate('2026-02-31', '18:00', zone)).code).toBe('unreadable');
    expect(refused(() => pickedDate('', '', zone)).code).toBe('unreadable');
  });
});
