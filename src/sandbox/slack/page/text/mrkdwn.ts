import { glyphOf } from './emoji.js';
import { type Inline, isSafeUrl, type Passage, unescapeSlack } from './text.js';

export interface MrkdwnOptions {
  /** Slack's `verbatim`: bare addresses are not made into links. */
  readonly verbatim?: boolean;
}

/** Takes Slack's mrkdwn apart. Anything that is not markup stays the text it is. */
export function parseMrkdwn(source: string, options: MrkdwnOptions = {}): readonly Passage[] {
  const passages: Passage[] = [];
  const fence = /```([\s\S]+?)```/g;
  let from = 0;
  for (const match of source.matchAll(fence)) {
    passages.push(...proseOf(source.slice(from, match.index).replace(/\n$/, ''), options));
    passages.push({ kind: 'code-block', text: plainCode(match[1] ?? '').replace(/^\n|\n$/g, '') });
    from = match.index + match[0].length;
  }
  passages.push(...proseOf(from > 0 ? source.slice(from).replace(/^\n/, '') : source, options));
  return passages;
}

const QUOTED = /^(?:>|&gt;) ?/;
const QUOTED_TO_THE_END = /^(?:>>>|&gt;&gt;&gt;) ?/;

function proseOf(source: string, options: MrkdwnOptions): Passage[] {
  if (source === '') return [];
  const passages: Passage[] = [];
  const lines = source.split('\n');
  for (let at = 0; at < lines.length; ) {
    const first = lines[at] ?? '';
    if (QUOTED_TO_THE_END.test(first)) {
      const rest = [first.replace(QUOTED_TO_THE_END, ''), ...lines.slice(at + 1)];
      passages.push({ kind: 'quote', children: parseInline(rest.join('\n'), options) });
      return passages;
    }
    const quoted = QUOTED.test(first);
    let end = at + 1;
    while (end < lines.length && belongsTogether(quoted, lines[end] ?? '')) end += 1;
    const taken = lines.slice(at, end).map((line) => (quoted ? line.replace(QUOTED, '') : line));
    passages.push({ kind: quoted ? 'quote' : 'paragraph', children: parseInline(taken.join('\n'), options) });
    at = end;
  }
  return passages;
}

const belongsTogether = (quoted: boolean, line: string): boolean =>
  !QUOTED_TO_THE_END.test(line) && QUOTED.test(line) === quoted;

interface Found {
  readonly inline: Inline;
  readonly length: number;
}

/** The marks within a line or several. */
export function parseInline(source: string, options: MrkdwnOptions = {}): readonly Inline[] {
  const inlines: Inline[] = [];
  let plain = '';
  const flush = (): void => {
    if (plain !== '') inlines.push({ kind: 'text', text: unescapeSlack(plain) });
    plain = '';
  };
  for (let at = 0; at < source.length; ) {
    const found = markAt(source, at, options);
    if (found === undefined) {
      plain += source[at] ?? '';
      at += 1;
    } else {
      flush();
      inlines.push(found.inline);
      at += found.length;
    }
  }
  flush();
  return inlines;
}

function markAt(source: string, at: number, options: MrkdwnOptions): Found | undefined {
  const rest = source.slice(at);
  switch (rest[0]) {
    case '\n':
      return { inline: { kind: 'break' }, length: 1 };
    case '<':
      return angleAt(rest, options);
    case '`':
      return codeAt(rest);
    case ':':
      return emojiAt(rest);
    case '*':
      return styledAt(source, at, 'bold', options);
    case '_':
      return styledAt(source, at, 'italic', options);
    case '~':
      return styledAt(source, at, 'strike', options);
    case 'h':
      return options.verbatim ? undefined : bareUrlAt(source, at);
    default:
      return undefined;
  }
}

function codeAt(rest: string): Found | undefined {
  const match = /^`([^`\n]+)`/.exec(rest);
  if (match === null) return undefined;
  return { inline: { kind: 'code', text: plainCode(match[1] ?? '') }, length: match[0].length };
}

function emojiAt(rest: string): Found | undefined {
  const match = /^:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/.exec(rest);
  const name = match?.[1] ?? '';
  const glyph = glyphOf(name);
  if (match === null || glyph === undefined) return undefined;
  return { inline: { kind: 'emoji', glyph, name }, length: match[0].length };
}

const WORD = /[\p{L}\p{N}]/u;

/** `*bold*` counts only between word boundaries and on one line, so that `2*3*4` and `snake_case_name` stay. */
function styledAt(
  source: string,
  at: number,
  kind: 'bold' | 'italic' | 'strike',
  options: MrkdwnOptions,
): Found | undefined {
  const mark = source[at] ?? '';
  const before = source[at - 1];
  const next = source[at + 1];
  if ((before !== undefined && (WORD.test(before) || before === mark)) || next === undefined)
    return undefined;
  if (/\s/.test(next) || next === mark) return undefined;
  for (let end = at + 2; end < source.length && source[end] !== '\n'; end += 1) {
    const after = source[end + 1];
    const closes = source[end] === mark && !/\s/.test(source[end - 1] ?? '');
    if (closes && (after === undefined || !(WORD.test(after) || after === mark))) {
      return {
        inline: { kind, children: parseInline(source.slice(at + 1, end), options) },
        length: end + 1 - at,
      };
    }
  }
  return undefined;
}

function bareUrlAt(source: string, at: number): Found | undefined {
  const match = /^https?:\/\/[^\s<>|`]+/.exec(source.slice(at));
  if (match === null || WORD.test(source[at - 1] ?? '')) return undefined;
  const url = match[0].replace(/[.,;:!?)\]'"*_~]+$/, '');
  return { inline: linkTo(unescapeSlack(url)), length: url.length };
}

const linkTo = (url: string, children?: readonly Inline[]): Inline => ({
  kind: 'link',
  url,
  children: children ?? [{ kind: 'text', text: url.replace(/^mailto:/, '') }],
});

function angleAt(rest: string, options: MrkdwnOptions): Found | undefined {
  const match = /^<([^<>\n]+)>/.exec(rest);
  const inline = match === null ? undefined : insideAngles(match[1] ?? '', options);
  return match === null || inline === undefined ? undefined : { inline, length: match[0].length };
}

function insideAngles(inside: string, options: MrkdwnOptions): Inline | undefined {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : unescapeSlack(inside.slice(bar + 1));
  const labelled = label === undefined ? {} : { label };
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), ...labelled };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), ...labelled };
  if (target.startsWith('!')) return special(target.slice(1), label);
  const url = unescapeSlack(target);
  if (!isSafeUrl(url)) return undefined;
  return bar < 0
    ? linkTo(url)
    : linkTo(url, parseInline(inside.slice(bar + 1), { ...options, verbatim: true }));
}

/** What stands behind `<!`: a date, a broadcast or a user group. */
function special(command: string, label: string | undefined): Inline | undefined {
  const date = /^date\^(-?\d+)\^([^^]+)(?:\^(.+))?$/.exec(command);
  if (date !== null) {
    const url = date[3] === undefined || !isSafeUrl(date[3]) ? {} : { url: date[3] };
    return { kind: 'date', seconds: Number(date[1]), format: date[2] ?? '', fallback: label ?? '', ...url };
  }
  if (/^(?:here|channel|everyone)$/.test(command)) return { kind: 'mention', label: `@${command}` };
  if (command.startsWith('subteam^')) return { kind: 'mention', label: label ?? '@group' };
  return undefined;
}

/** In code, links and mentions are shown as their text; nothing else is markup. */
const plainCode = (code: string): string =>
  unescapeSlack(
    code.replace(
      /<((?:https?|mailto|tel)[^<>|\n]*)(?:\|([^<>\n]*))?>/g,
      (_, url: string, label?: string) => label ?? url,
    ),
  );
