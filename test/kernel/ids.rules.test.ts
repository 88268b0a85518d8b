import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint, randomIds } from '../../src/kernel/ids.js';

const value = fc.jsonValue({ maxDepth: 3 });

/** The same value with the keys of every object the other way round. */
function turned(held: unknown): unknown {
  if (Array.isArray(held)) return held.map(turned);
  if (held === null || typeof held !== 'object') return held;
  return Object.fromEntries(
    Object.entries(held)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

test('equal values have equal fingerprints, whatever the order of their keys and however they travelled', () => {
  fc.assert(
    fc.property(value, (held) => {
      expect(fingerprint(turned(held))).toBe(fingerprint(held));
      expect(fingerprint(JSON.parse(JSON.stringify(held)))).toBe(fingerprint(held));
    }),
  );
});

test('different values have different fingerprints', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      const same = JSON.stringify(turned(turned(one))) === JSON.stringify(other);
      fc.pre(!same);
      try {
        expect(one).toEqual(other);
      } catch {
        expect(fingerprint(one)).not.toBe(fingerprint(other));
      }
    }),
  );
  expect(
    new Set(
      [[1, 2], [2, 1], ['1', 2], [[1], 2], '1,2', null, { a: 1 }, { a: '1' }, ['a', 'b'], ['ab']].map(
        fingerprint,
      ),
    ).size,
  ).toBe(10);
});

test('a field that is undefined is as good as absent', () => {
  expect(fingerprint({ a: 1, b: undefined })).toBe(fingerprint({ a: 1 }));
});

test('a fingerprint is 16 hexadecimal digits, the same in every process', () => {
  expect(fingerprint({ b: [1, 'x'], a: null })).toBe('c22cb7b0353770e2');
});

test('ids are fresh', () => {
  expect(new Set(Array.from({ length: 50 }, () => randomIds.next())).size).toBe(50);
});
