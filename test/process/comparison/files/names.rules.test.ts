import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { byteName, shownName } from '../../../../src/process/comparison/collectors/files/names.js';

const bytes = (...values: readonly number[]): string => Buffer.from(values).toString('latin1');

/** What a person who knows the rule would do to get the bytes back. */
function bytesShown(shown: string): string {
  return shown
    .split(/(%[0-9A-Fa-f]{2})/u)
    .map((part) =>
      /^%[0-9A-Fa-f]{2}$/u.test(part) ? bytes(Number.parseInt(part.slice(1), 16)) : byteName(part),
    )
    .join('');
}

test('ordinary names are shown as they are', () => {
  for (const name of [
    'index.html',
    'a b',
    "it's",
    'größe',
    '日本語',
    '100%',
    'line\nbreak',
    '\uFEFFmarked',
  ]) {
    expect(shownName(byteName(name))).toBe(name);
  }
});

test('bytes that are no text are shown by their number', () => {
  expect(shownName(bytes(0x61, 0xff, 0x62))).toBe('a%FFb');
  expect(shownName(bytes(0xc3, 0xa9, 0xc3))).toBe('é%C3');
});

test('a name that looks like a shown byte is told apart from one that has it', () => {
  expect(shownName('a%FFb')).toBe('a%25FFb');
});

test('every name can be got back from what is shown of it', () => {
  const name = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((given) => bytes(...given));
  const tricky = fc.stringMatching(/^[%0-9A-F\u0080-\u00ff]{1,8}$/u);
  fc.assert(
    fc.property(fc.oneof(name, tricky), (given) => {
      expect(bytesShown(shownName(given))).toBe(given);
    }),
  );
});
