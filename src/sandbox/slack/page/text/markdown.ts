import { parseInline as parseMrkdwnInline } from './mrkdwn.js';
import { type Inline, isSafeUrl, type Passage } from './text.js';

/** Takes the Markdown of a `markdown` block apart: headings, lists, quotes, fences, rules and inline marks. */
export function parseMarkdown(source: string): readonly Passage[] {
  const passages: Passage[] = [];
  const lines = source.split('\n');
  for (let at = 0; at < lines.length; ) {
    const taken = passageAt(lines, at);
    if (taken.passage !== undefined) passages.push(taken.passage);
    at = taken.next;
  }
  return passages;
}

interface Taken {
  readonly passage: Passage | undefined;
  readonly next: number;
}

const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(.*)$/;
const FENCE = /^```/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const QUOTE = /^>\s?/;

function passageAt(lines: readonly string[], at: number): Taken {
  const line = lines[at] ?? '';
  if (line.trim() === '') return { passage: undefined, next: at + 1 };
  if (FENCE.test(line)) return fenceAt(lines, at);
  if (RULE.test(line)) return { passage: { kind: 'rule' }, next: at + 1 };
  const heading = HEADING.exec(line);
  if (heading !== null) {
    const children = parseMarkdownInline(heading[2] ?? '');
    return { passage: { kind: 'heading', level: heading[1]?.length ?? 1, children }, next: at + 1 };
  }
  if (ITEM.test(line)) return listAt(lines, at);
  const quoted = QUOTE.test(line);
  const end = endOf(lines, at, (other) => (quoted ? QUOTE.test(other) : !startsSomethingElse(other)));
  const text = lines.slice(at, end).map((each) => (quoted ? each.replace(QUOTE, '') : each));
  const children = parseMarkdownInline(text.join('\n'));
  return { passage: { kind: quoted ? 'quote' : 'paragraph', children }, next: end };
}

const startsSomethingElse = (line: string): boolean =>
  line.trim() === '' || [HEADING, ITEM, FENCE, RULE, QUOTE].some((mark) => mark.test(line));

function endOf(lines: readonly string[], at: number, goesOn: (line: string) => boolean): number {
  let end = at + 1;
  while (end < lines.length && goesOn(lines[end] ?? '')) end += 1;
  return end;
}

function fenceAt(lines: readonly string[], at: number): Taken {
  const end = endOf(lines, at, (line) => !FENCE.test(line));
  return { passage: { kind: 'code-block', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 };
}

function listAt(lines: readonly string[], at: number): Taken {
  const [, space = '', number] = ITEM.exec(lines[at] ?? '') ?? [];
  const same = (line: string): boolean => {
    const item = ITEM.exec(line);
    return (
      item !== null &&
      (item[1] ?? '').length === space.length &&
      (item[2] === undefined) === (number === undefined)
    );
  };
  const end = endOf(lines, at, same);
  const items = lines.slice(at, end).map((line) => parseMarkdownInline(ITEM.exec(line)?.[3] ?? ''));
  const ordered = number !== undefined;
  const indent = Math.floor(space.length / 2);
  return { passage: { kind: 'list', ordered, indent, start: Number(number ?? 1), items }, next: end };
}

const MARKS =
  /\*\*(\S(?:.*?\S)?)\*\*|~~(\S(?:.*?\S)?)~~|(?<!\w)[*_](\S(?:.*?\S)?)[*_](?!\w)|`([^`\n]+)`|\[([^\]\n]+)\]\(([^)\s]+)\)/g;

/** Markdown's inline marks; Slack's own (mentions, dates, emoji) work in a markdown block as well. */
function parseMarkdownInline(source: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let from = 0;
  for (const match of source.matchAll(MARKS)) {
    inlines.push(...plain(source.slice(from, match.index)));
    inlines.push(inlineOf(match));
    from = match.index + match[0].length;
  }
  return [...inlines, ...plain(source.slice(from))];
}

function inlineOf([written, bold, strike, italic, code, label, url]: RegExpMatchArray): Inline {
  if (bold !== undefined) return { kind: 'bold', children: parseMarkdownInline(bold) };
  if (strike !== undefined) return { kind: 'strike', children: parseMarkdownInline(strike) };
  if (italic !== undefined) return { kind: 'italic', children: parseMarkdownInline(italic) };
  if (code !== undefined) return { kind: 'code', text: code };
  if (label !== undefined && url !== undefined && isSafeUrl(url)) {
    return { kind: 'link', url, children: parseMarkdownInline(label) };
  }
  return { kind: 'text', text: written };
}

const plain = (text: string): readonly Inline[] => (text === '' ? [] : parseMrkdwnInline(text));
