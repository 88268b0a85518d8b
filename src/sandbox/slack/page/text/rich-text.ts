import type { RichTextBlock, RichTextElement } from '@slack/types';
import { glyphOf, glyphOfCodePoints } from './emoji.js';
import { type Inline, isSafeUrl, type Passage } from './text.js';

/** Takes a rich_text block apart. */
export function parseRichText(block: RichTextBlock): readonly Passage[] {
  return block.elements.map(passageOf);
}

function passageOf(element: RichTextBlock['elements'][number]): Passage {
  switch (element.type) {
    case 'rich_text_section':
      return { kind: 'paragraph', children: inlinesOf(element.elements) };
    case 'rich_text_quote':
      return { kind: 'quote', children: inlinesOf(element.elements) };
    case 'rich_text_preformatted':
      return { kind: 'code-block', text: element.elements.map(plainOf).join('') };
    case 'rich_text_list':
      return {
        kind: 'list',
        ordered: element.style === 'ordered',
        indent: element.indent ?? 0,
        start: 1 + offsetOf(element),
        items: element.elements.map((item) => inlinesOf(item.elements)),
      };
  }
}

/** Where an ordered list goes on counting; Slack sends it, its types leave it out. */
const offsetOf = (list: object): number =>
  'offset' in list && typeof list.offset === 'number' ? list.offset : 0;

const plainOf = (element: { readonly text?: string; readonly url?: string }): string =>
  element.text ?? element.url ?? '';

/** The elements of a section as inlines, with their styles around them. */
const inlinesOf = (elements: readonly RichTextElement[]): readonly Inline[] =>
  elements.flatMap((element) => {
    const inner = element.style?.code === true ? code(element) : unstyled(element);
    return [styled(inner, element.style ?? {})].flat();
  });

function code(element: RichTextElement): readonly Inline[] {
  if (element.type === 'text') return [{ kind: 'code', text: element.text }];
  if (element.type === 'link')
    return [linkTo(element.url, [{ kind: 'code', text: element.text ?? element.url }])];
  return unstyled(element);
}

function unstyled(element: RichTextElement): readonly Inline[] {
  switch (element.type) {
    case 'text':
      return lines(element.text);
    case 'link':
      return [linkTo(element.url, [{ kind: 'text', text: element.text ?? element.url }])];
    case 'user':
      return [{ kind: 'user', id: element.user_id }];
    case 'channel':
      return [{ kind: 'channel', id: element.channel_id }];
    case 'usergroup':
      return [{ kind: 'mention', label: '@group' }];
    case 'team':
      return [{ kind: 'mention', label: '@team' }];
    case 'broadcast':
      return [{ kind: 'mention', label: `@${element.range}` }];
    case 'color':
      return [{ kind: 'color', value: element.value }];
    case 'emoji': {
      const glyph =
        element.unicode === undefined ? glyphOf(element.name) : glyphOfCodePoints(element.unicode);
      return glyph === undefined
        ? [{ kind: 'text', text: `:${element.name}:` }]
        : [{ kind: 'emoji', glyph, name: element.name }];
    }
    case 'date': {
      const { timestamp, format, fallback, url } = element;
      const linked = url === undefined || !isSafeUrl(url) ? {} : { url };
      return [{ kind: 'date', seconds: timestamp, format, fallback: fallback ?? '', ...linked }];
    }
  }
}

const linkTo = (url: string, children: readonly Inline[]): Inline =>
  isSafeUrl(url) ? { kind: 'link', url, children } : { kind: 'text', text: url };

const lines = (text: string): readonly Inline[] =>
  text
    .split('\n')
    .flatMap((line, index): Inline[] => [
      ...(index > 0 ? [{ kind: 'break' } as const] : []),
      ...(line === '' ? [] : [{ kind: 'text', text: line } as const]),
    ]);

const STYLES = ['bold', 'italic', 'strike', 'underline'] as const;

function styled(inlines: readonly Inline[], style: Readonly<Record<string, unknown>>): readonly Inline[] {
  return STYLES.reduce<readonly Inline[]>(
    (children, kind) => (style[kind] === true ? [{ kind, children }] : children),
    inlines,
  );
}
