import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { progressOf } from '../../../src/process/deployment/progress.js';

describe('the progress of a deployment', () => {
  test('is what its last step line says', () => {
    expect(progressOf('[1/5] fetch\nok\n[3/5] migrate database\n  12 tables')).toEqual({
      step: 'step 3 of 5: migrate database',
      percent: 40,
      tail: ['[1/5] fetch', 'ok', '[3/5] migrate database', '  12 tables'],
    });
  });

  test('is unknown where the script says no steps', () => {
    expect(progressOf('copying\ndone')).toEqual({
      step: undefined,
      percent: undefined,
      tail: ['copying', 'done'],
    });
    expect(progressOf('').tail).toEqual([]);
  });

  test.each([
    ['[0/5] begin', 0],
    ['[9/5] too far', 100],
    ['[1/0] nothing', undefined],
  ])('of "%s" is %s percent', (line, percent) => {
    expect(progressOf(line).percent).toBe(percent);
  });

  test('shows the last five lines, cut where they are long, without colours and cursor movements', () => {
    const lines = ['1', '2', '\u001B[31m3\u001B[0m', '4', '5', '\u001B[2K6', 'x'.repeat(300)];
    const { tail } = progressOf(lines.join('\r\n'));
    expect(tail).toEqual(['3', '4', '5', '6', `${'x'.repeat(199)}…`]);
  });

  test('of any output is within bounds and holds nothing that a terminal would obey', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('\u001B[1A', '[2/4] go', '\n', '\r', '\u0007', '[', ']'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { percent, tail } = progressOf(pieces.join(''));
        expect(percent === undefined || (percent >= 0 && percent <= 100)).toBe(true);
        expect(tail.length).toBeLessThanOrEqual(5);
        const obeyed = (sign: string): boolean => sign !== '\t' && (sign < ' ' || sign === '\u007F');
        expect(tail.some((line) => line.length > 200 || [...line].some(obeyed))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
