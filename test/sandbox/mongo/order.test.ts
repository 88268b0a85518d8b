import { expect, test } from '@jest/globals';
import { Binary, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { bucketOf, compare, identical } from '../../../src/sandbox/mongo/order.js';
import { clone, decode, encode } from '../../../src/sandbox/mongo/values.js';

const numbers = fc.oneof(
  fc.integer(),
  fc.double().map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.integer().map((value) => new Double(value)),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((value) => Long.fromBigInt(value)),
  fc
    .tuple(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.integer({ min: -20, max: 20 }))
    .map(([digits, power]) => Decimal128.fromString(`${digits}E${power}`)),
  fc.constantFrom('NaN', 'Infinity', '-Infinity').map((text) => Decimal128.fromString(text)),
);
const scalars = fc.oneof(
  numbers,
  fc.string({ unit: 'grapheme' }),
  fc.boolean(),
  fc.constantFrom(null, undefined, new MinKey(), new MaxKey()),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => new Binary(bytes)),
  fc.nat().map((t) => new Timestamp({ t, i: 1 })),
);
const field = fc.constantFrom('a', 'b', 'c');
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(field, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

test('the order of values is one: never both before and after, and nothing before itself', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
      expect(compare(a, clone(a))).toBe(0);
    }),
  );
});

test('the order of values leads from each to the next: sorting gives the same however it began', () => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 8 }), (list) => {
      // Boxed, because JavaScript sorts undefined to the end without asking.
      const boxed = list.map((value) => ({ value }));
      const sorted = boxed.toSorted((a, b) => compare(a.value, b.value));
      const again = boxed.toReversed().toSorted((a, b) => compare(a.value, b.value));
      for (const [at, { value }] of sorted.entries()) {
        expect(compare(value, again[at]?.value)).toBe(0);
        for (const later of sorted.slice(at)) expect(compare(value, later.value)).toBeLessThanOrEqual(0);
      }
    }),
  );
});

test('equal values share a bucket', () => {
  fc.assert(
    fc.property(numbers, numbers, (a, b) => {
      if (compare(a, b) === 0) expect(bucketOf(a)).toBe(bucketOf(b));
    }),
  );
  expect(bucketOf(new Double(5))).toBe(bucketOf(Decimal128.fromString('5.00')));
});

test('numbers are compared exactly, whatever their types', () => {
  expect(compare(Long.fromString('9007199254740993'), 9007199254740992)).toBeGreaterThan(0);
  expect(compare(Decimal128.fromString('0.1'), 0.1)).toBeLessThan(0);
  expect(compare(Decimal128.fromString('1E+6000'), Number.POSITIVE_INFINITY)).toBeLessThan(0);
  expect(compare(Number.NaN, Number.NEGATIVE_INFINITY)).toBeLessThan(0);
});

test('what is read and written again is the same, to the type of every number', () => {
  fc.assert(
    fc.property(values, (value) => {
      const document = { value: value === undefined ? null : clone(value) };
      const bytes = encode(document);
      expect(Buffer.from(encode(decode(bytes))).equals(bytes)).toBe(true);
      expect(identical(decode(bytes), decode(bytes))).toBe(true);
    }),
  );
});
