import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseInline, parseMrkdwn } from '../../../src/sandbox/slack/page/text/mrkdwn.js';
import type { Inline, Passage } from '../../../src/sandbox/slack/page/text/text.js';

const text = (words: string): Inline => ({ kind: 'text', text: words });
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The words that a reader sees. */
const read = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if ('children' in inline) return read(inline.children);
      if (inline.kind === 'text' || inline.kind === 'code') return inline.text;
      return inline.kind === 'break' ? '\n' : `[${inline.kind}]`;
    })
    .join('');

const readAll = (passages: readonly Passage[]): string =>
  passages
    .map((passage) =>
      'children' in passage ? read(passage.children) : 'text' in passage ? passage.text : '',
    )
    .join('\n');

test.each([
  ['*bold*', 'bold'],
  ['_italic_', 'italic'],
  ['~gone~', 'strike'],
])('%s is %s', (source, kind) => {
  expect(parseInline(source)).toEqual([{ kind, children: [text(source.slice(1, -1))] }]);
});

test('marks nest, and stand beside punctuation', () => {
  expect(parseInline('(*all _of_ it*).')).toEqual([
    text('('),
    { kind: 'bold', children: [text('all '), { kind: 'italic', children: [text('of')] }, text(' it')] },
    text(').'),
  ]);
});

test.each([
  '2*3*4',
  'snake_case_name',
  'x*y* z',
  '* not bold *',
  '*open',
  'a ~ b ~ c',
  '**',
  '5 * 3 * 2',
  '*over\nlines*',
])('%j is not markup and stays as it is', (source) => {
  expect(read(parseInline(source))).toBe(source);
  expect(parseInline(source).some((inline) => 'children' in inline)).toBe(false);
});

test('nothing is markup inside code', () => {
  expect(parseInline('`*a* &lt;b&gt; :rocket:`')).toEqual([{ kind: 'code', text: '*a* <b> :rocket:' }]);
  expect(parseMrkdwn('```\n*a*\n  b\n```')).toEqual([{ kind: 'code-block', text: '*a*\n  b' }]);
});

test('code between words makes three passages', () => {
  expect(parseMrkdwn('before\n```x```\nafter').map(({ kind }) => kind)).toEqual([
    'paragraph',
    'code-block',
    'paragraph',
  ]);
});

test('quoted lines stand together, and >>> quotes the rest', () => {
  expect(parseMrkdwn('&gt; one\n&gt; two\nthree')).toEqual([
    { kind: 'quote', children: [text('one'), { kind: 'break' }, text('two')] },
    { kind: 'paragraph', children: [text('three')] },
  ]);
  expect(parseMrkdwn('a\n>>> b\nc').map(({ kind }) => kind)).toEqual(['paragraph', 'quote']);
});

test('links, with and without a label, with escapes', () => {
  expect(parseInline('<https://a.example/?x=1&amp;y=2|the *page*>')).toEqual([
    {
      kind: 'link',
      url: 'https://a.example/?x=1&y=2',
      children: [text('the '), { kind: 'bold', children: [text('page')] }],
    },
  ]);
  expect(parseInline('<mailto:bo@a.example>')).toEqual([
    { kind: 'link', url: 'mailto:bo@a.example', children: [text('bo@a.example')] },
  ]);
});

test('a bare address becomes a link without the full stop behind it, unless the text is verbatim', () => {
  expect(parseInline('See https://a.example/b.')).toMatchObject([
    text('See '),
    { kind: 'link', url: 'https://a.example/b' },
    text('.'),
  ]);
  expect(parseInline('See https://a.example/b.', { verbatim: true })).toEqual([
    text('See https://a.example/b.'),
  ]);
});

test.each([
  '<javascript:alert(1)|x>',
  '<data:text/html,x>',
  '<vbscript:x>',
  '<//evil.example>',
  '<b>',
  '<>',
  'a < b > c',
])('%s leads nowhere', (source) => {
  expect(parseInline(source).filter(({ kind }) => kind === 'link')).toEqual([]);
});

test('people, channels, broadcasts and groups', () => {
  expect(parseInline('<@U1> <@U2|bo> <#C1|acme> <!channel> <!subteam^S1|@devs>')).toEqual([
    { kind: 'user', id: 'U1' },
    text(' '),
    { kind: 'user', id: 'U2', label: 'bo' },
    text(' '),
    { kind: 'channel', id: 'C1', label: 'acme' },
    text(' '),
    { kind: 'mention', label: '@channel' },
    text(' '),
    { kind: 'mention', label: '@devs' },
  ]);
});

test('an escaped mention mentions nobody', () => {
  expect(parseInline('&lt;!channel&gt; &lt;@U1&gt;')).toEqual([text('<!channel> <@U1>')]);
});

test('dates carry their format, fallback and link', () => {
  expect(parseInline('<!date^1772521200^{date_short} at {time}^https://a.example|Tue 3 Mar>')).toEqual([
    {
      kind: 'date',
      seconds: 1_772_521_200,
      format: '{date_short} at {time}',
      fallback: 'Tue 3 Mar',
      url: 'https://a.example',
    },
  ]);
});

test('emoji that are known turn into glyphs, times of day do not', () => {
  expect(parseInline(':white_check_mark: done')).toEqual([
    { kind: 'emoji', glyph: '✅', name: 'white_check_mark' },
    text(' done'),
  ]);
  expect(parseInline('18:04:05 :nonsense:')).toEqual([text('18:04:05 :nonsense:')]);
});

test('whatever people type in plain words is read as they typed it', () => {
  const plain = fc.string({
    unit: fc.constantFrom('a', 'Ü', '7', ' ', '&', '<', '>', '.', '|', '!', '@', '#'),
  });
  fc.assert(
    fc.property(plain, (words) => {
      expect(readAll(parseMrkdwn(`x${escaped(words)}`))).toBe(`x${words}`);
    }),
  );
});

test('no text at all makes it stumble or grow', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('*', '_', '~', '`', '<', '>', '|', '\n', 'a', ' ', '&lt;', ':', 'http://x'),
      }),
      (words) => {
        expect(readAll(parseMrkdwn(words)).length).toBeLessThanOrEqual(words.length * 2 + 20);
      },
    ),
  );
});
