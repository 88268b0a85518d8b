import { expect, test } from '@jest/globals';
import { parseMarkdown } from '../../../src/sandbox/slack/page/text/markdown.js';
import { parseRichText } from '../../../src/sandbox/slack/page/text/rich-text.js';
import type { Inline } from '../../../src/sandbox/slack/page/text/text.js';

const text = (words: string): Inline => ({ kind: 'text', text: words });

test('markdown headings, lists, quotes, fences and rules are told apart', () => {
  const source = '# Notes\nOne line\n\n- a\n- b\n1. first\n2. second\n> said\n```\ncode\n```\n---';
  expect(parseMarkdown(source)).toEqual([
    { kind: 'heading', level: 1, children: [text('Notes')] },
    { kind: 'paragraph', children: [text('One line')] },
    { kind: 'list', ordered: false, indent: 0, start: 1, items: [[text('a')], [text('b')]] },
    { kind: 'list', ordered: true, indent: 0, start: 1, items: [[text('first')], [text('second')]] },
    { kind: 'quote', children: [text('said')] },
    { kind: 'code-block', text: 'code' },
    { kind: 'rule' },
  ]);
});

test('markdown marks: two stars are bold, one is italic, links lead only where links may', () => {
  expect(parseMarkdown('**b** *i* ~~s~~ `c` [l](https://a.example) [x](javascript:alert)')).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'bold', children: [text('b')] },
        text(' '),
        { kind: 'italic', children: [text('i')] },
        text(' '),
        { kind: 'strike', children: [text('s')] },
        text(' '),
        { kind: 'code', text: 'c' },
        text(' '),
        { kind: 'link', url: 'https://a.example', children: [text('l')] },
        text(' '),
        text('[x](javascript:alert)'),
      ],
    },
  ]);
});

test('rich text keeps styles, numbering and indents, and shows unknown emoji by name', () => {
  const passages = parseRichText({
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'both', style: { bold: true, italic: true } },
          { type: 'emoji', name: 'blank', unicode: '1f680' },
          { type: 'emoji', name: 'house_mascot' },
          { type: 'link', url: 'javascript:alert(1)', text: 'x' },
          { type: 'date', timestamp: 1, format: '{date}', fallback: 'then', url: 'javascript:alert(1)' },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 2,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
      },
    ],
  });
  expect(passages).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'italic', children: [{ kind: 'bold', children: [text('both')] }] },
        { kind: 'emoji', glyph: '🚀', name: 'blank' },
        text(':house_mascot:'),
        text('javascript:alert(1)'),
        { kind: 'date', seconds: 1, format: '{date}', fallback: 'then' },
      ],
    },
    { kind: 'list', ordered: true, indent: 2, start: 1, items: [[{ kind: 'user', id: 'U1' }]] },
  ]);
});
