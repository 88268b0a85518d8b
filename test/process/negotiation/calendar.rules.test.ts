import { describe, expect, test } from '@jest/globals';
import { later } from '../../../src/kernel/instants.js';
import { concerns, mustNotClash } from '../../../src/process/negotiation/calendar.js';
import { agreedInstant, aRelease, hour, minute, theClient } from '../given.js';
import { refused } from '../refused.js';

// Acme in London: windows on Monday and Tuesday 07:00 to 10:00, on Friday from 22:00 past midnight; holidays of GB.
const acme = theClient('acme');
const zones = ['Australia/Melbourne', 'Europe/London'] as const;

describe('windows', () => {
  test.each([
    ['2026-03-03T07:00:00.000Z', 'the first minute of a window'],
    ['2026-03-03T09:59:00.000Z', 'its last minute'],
    ['2026-03-06T22:00:00.000Z', 'Friday at ten in the evening'],
    ['2026-03-07T01:59:00.000Z', 'the Friday night, on Saturday'],
    ['2026-06-02T06:30:00.000Z', 'half past seven in summer'],
  ])('%s speaks against nothing: %s', (instant) => {
    expect(concerns(instant, acme)).toEqual([]);
  });

  test.each([
    ['2026-03-03T10:00:00.000Z', 'the end of a window'],
    ['2026-03-04T08:00:00.000Z', 'a Wednesday'],
    ['2026-03-07T02:00:00.000Z', 'the end of the Friday night'],
    ['2026-03-07T22:30:00.000Z', 'Saturday evening'],
    ['2026-03-06T01:00:00.000Z', 'the night before Friday'],
  ])('%s is outside: %s', (instant) => {
    const [said] = concerns(instant, acme);
    expect(said).toBe(
      'This is outside the usual windows of Acme (Mon and Tue 07:00 to 10:00; Fri 22:00 to 02:00, London).',
    );
  });

  test('a client without windows takes any hour', () => {
    expect(concerns('2026-03-04T03:00:00.000Z', theClient('globex'))).toEqual([]);
  });
});

describe('public holidays', () => {
  const open = { ...acme, windows: [] };

  test("are the client's, on the client's own day", () => {
    expect(concerns('2026-12-25T12:00:00.000Z', open)).toEqual([
      'Christmas Day is a public holiday for Acme.',
    ]);
    expect(concerns('2026-12-24T23:30:00.000Z', open)).toEqual([]);
    expect(concerns('2026-12-25T00:30:00.000Z', open)).toHaveLength(1);
  });

  test('count from midnight to midnight where the client is, far from this machine', () => {
    const far = { ...open, zone: 'Pacific/Auckland', holidays: 'NZ' };
    expect(concerns('2026-12-24T11:30:00.000Z', far)).toEqual([
      'Christmas Day is a public holiday for Acme.',
    ]);
    expect(concerns('2026-12-24T10:30:00.000Z', far)).toEqual([]);
    expect(concerns('2026-12-25T10:30:00.000Z', far)).toEqual([
      'Christmas Day is a public holiday for Acme.',
    ]);
  });

  test('of a place far from the client are kept on the same date, not at the same moment', () => {
    const abroad = { ...open, zone: 'Pacific/Honolulu', holidays: 'NZ' };
    expect(concerns('2026-12-25T20:00:00.000Z', abroad)).toEqual([
      'Christmas Day is a public holiday for Acme.',
    ]);
    expect(concerns('2026-12-24T20:00:00.000Z', abroad)).toEqual([]);
  });

  test('of a state are holidays there and not next door', () => {
    const day = '2026-01-06T12:00:00.000Z'; // Epiphany
    expect(concerns(day, { ...open, zone: 'Europe/Berlin', holidays: 'DE-BY' })).toHaveLength(1);
    expect(concerns(day, { ...open, zone: 'Europe/Berlin', holidays: 'DE-BE' })).toEqual([]);
  });
});

describe('two releases of one client', () => {
  const others = [aRelease('agreed')];

  test.each([0, 119, -119])(
    '%s minutes apart are refused, and the other one is named in both zones',
    (minutes) => {
      const refusal = refused(() =>
        mustNotClash(later(agreedInstant, minutes * minute), 'ACME-R2', others, zones),
      );
      expect(refusal).toMatchObject({ code: 'date-unusable', field: 'date' });
      expect(refusal.message).toContain('ACME-R1 is agreed for Tue 3 Mar, 12:00 Melbourne (01:00 London)');
    },
  );

  test('two hours apart are fine', () => {
    expect(() => mustNotClash(later(agreedInstant, 2 * hour), 'ACME-R2', others, zones)).not.toThrow();
    expect(() => mustNotClash(later(agreedInstant, -2 * hour), 'ACME-R2', others, zones)).not.toThrow();
  });

  test('a release does not stand in its own way, nor one without a date in anybody else’s', () => {
    expect(() => mustNotClash(agreedInstant, 'ACME-R1', others, zones)).not.toThrow();
    expect(() => mustNotClash(agreedInstant, 'ACME-R2', [aRelease('negotiating')], zones)).not.toThrow();
  });
});
