import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { counted, cut, few, line, listed, nearest, optionalProse, prose } from '../../src/kernel/text.js';
import { refused } from '../process/refused.js';

const unseen = [
  '\u0000',
  '\u0007',
  '\u001B',
  '\u007F',
  '\u0085',
  '\u200B',
  '\u202E',
  '\u2066',
  '\uFEFF',
  '\u061C',
  '\u{E0041}',
];
const wild = fc
  .array(
    fc.oneof(fc.constantFrom(...unseen, ' ', '\t', '\n', '\r\n', '😀', 'é', '<!channel>'), fc.string()),
    { maxLength: 20 },
  )
  .map((all) => all.join(''));

describe('a line of words', () => {
  test.each(unseen)('holds nothing unseen: %j is taken out', (character) => {
    expect(line(`In${character}voice`, 'The title', 150)).toBe('Invoice');
    expect(prose(`In${character}voice`, 'The text', 150)).toBe('Invoice');
  });

  test('whatever was typed, is one trimmed line within its length, or refused', () => {
    fc.assert(
      fc.property(wild, (typed) => {
        let read = '';
        try {
          read = line(typed, 'The title', 20);
        } catch (error) {
          expect(error).toMatchObject({ name: 'Refusal' });
          return;
        }
        expect(read).toBe(read.trim());
        expect(read).not.toMatch(/[\r\n\t\p{Cc}]| {2}/u);
        expect([...read].length).toBeLessThanOrEqual(20);
        expect(line(read, 'The title', 20)).toBe(read);
      }),
    );
  });

  test('keeps what people write: accents, emoji of several parts, other scripts', () => {
    for (const text of ['Größe 👩‍💻 über', 'مرحبا', '請求書', 'a & b < c'])
      expect(line(text, 'The title', 150)).toBe(text);
  });

  test('folds line breaks of every kind', () => {
    expect(line('one\r\ntwo\u2028three\tfour\rfive', 'The title', 150)).toBe('one two three four five');
  });

  test('that is missing or too long is refused at its field, with the count', () => {
    expect(refused(() => line(' \u200B ', 'The title', 150, 'title'))).toMatchObject({
      code: 'unreadable',
      field: 'title',
    });
    const refusal = refused(() => line('😀'.repeat(151), 'The title', 150, 'title'));
    expect(refusal).toMatchObject({
      code: 'too-long',
      field: 'title',
      message: 'The title has 151 characters; at most 150 fit. Please shorten it.',
    });
    expect(line('😀'.repeat(150), 'The title', 150)).toHaveLength(300);
  });
});

describe('prose', () => {
  test('keeps its lines', () => {
    expect(prose(' one\r\ntwo\rthree\n', 'The text', 100)).toBe('one\ntwo\nthree');
  });

  test('may be missing where nothing said is an answer too', () => {
    expect(optionalProse(undefined, 'The text', 10)).toBe('');
    expect(optionalProse('  \n ', 'The text', 10)).toBe('');
    expect(refused(() => optionalProse('x'.repeat(11), 'The text', 10, 'text'))).toMatchObject({
      code: 'too-long',
      field: 'text',
    });
  });

  test('of nothing but unseen characters is nothing, where that is allowed', () => {
    expect(optionalProse('\u200B\u0007', 'The text', 10)).toBe('');
  });
});

describe('words for people', () => {
  test('lists and counts read like language', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'], 'or')]).toEqual([
      '',
      'a',
      'a and b',
      'a, b or c',
    ]);
    expect([counted(1, 'task'), counted(0, 'task'), counted(2, 'entry', 'entries')]).toEqual([
      '1 task',
      '0 tasks',
      '2 entries',
    ]);
  });

  test('a cut text is never longer than asked, never cut within a character, and says that it was cut', () => {
    fc.assert(
      fc.property(wild, fc.integer({ min: 1, max: 30 }), (text, most) => {
        const short = cut(text, most);
        expect([...short].length).toBeLessThanOrEqual(most);
        expect(short === text || short.endsWith('…')).toBe(true);
      }),
    );
  });

  test('a few of many words say how many more there are, also where only the first are given', () => {
    expect([few([], 2), few(['a', 'b'], 2), few(['a', 'b', 'c'], 2), few(['a', 'b', 'c'], 2, 9)]).toEqual([
      '',
      'a; b',
      'a; b; and 1 more',
      'a; b; and 7 more',
    ]);
  });

  test('the nearest word is one that may have been meant, or none', () => {
    const words = ['propose', 'list', 'show', 'cancel'];
    expect([nearest('propsoe', words), nearest('LIST', words), nearest('shw', words)]).toEqual([
      'propose',
      'list',
      'show',
    ]);
    expect([nearest('banana', words), nearest('x'.repeat(3_000), words), nearest('list', [])]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
