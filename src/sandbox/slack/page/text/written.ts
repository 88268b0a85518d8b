import type { TextObject } from '@slack/types';
import { useMemo } from 'preact/hooks';
import { html } from '../html.js';
import { withEmoji } from './emoji.js';
import { Inlines } from './inlines.js';
import { parseMrkdwn } from './mrkdwn.js';
import type { Passage } from './text.js';

/** Passages, one beneath the other. */
export const Passages = ({ passages }: { readonly passages: readonly Passage[] }) =>
  passages.map((passage) => html`<${PassageView} passage=${passage} />`);

function PassageView({ passage }: { readonly passage: Passage }) {
  switch (passage.kind) {
    case 'paragraph':
      return html`<p><${Inlines} inlines=${passage.children} /></p>`;
    case 'heading':
      return html`<p class="heading-${passage.level}" role="heading" aria-level=${passage.level + 2}>
        <${Inlines} inlines=${passage.children} />
      </p>`;
    case 'quote':
      return html`<blockquote><${Inlines} inlines=${passage.children} /></blockquote>`;
    case 'code-block':
      return html`<pre tabindex="0"><code>${passage.text}</code></pre>`;
    case 'rule':
      return html`<hr />`;
    case 'list': {
      const items = passage.items.map((item) => html`<li><${Inlines} inlines=${item} /></li>`);
      const indent = `indent-${Math.min(passage.indent, 4)}`;
      return passage.ordered
        ? html`<ol class=${indent} start=${passage.start}>${items}</ol>`
        : html`<ul class=${indent}>${items}</ul>`;
    }
  }
}

/** A string of mrkdwn, as a message's `text` is. */
export function Mrkdwn({
  text,
  verbatim = false,
}: {
  readonly text: string;
  readonly verbatim?: boolean | undefined;
}) {
  const passages = useMemo(() => parseMrkdwn(text, { verbatim }), [text, verbatim]);
  return html`<div class="written"><${Passages} passages=${passages} /></div>`;
}

/** Block Kit's text object, of either kind. */
export function Text({ text }: { readonly text: TextObject }) {
  if (text.type === 'mrkdwn') return html`<${Mrkdwn} text=${text.text} verbatim=${text.verbatim} />`;
  return html`<div class="written plain">${withEmoji(text.text)}</div>`;
}

/** The same without a line of its own, for labels. */
export function InlineText({ text }: { readonly text: TextObject }) {
  const inlines = useMemo(
    () =>
      text.type === 'mrkdwn'
        ? parseMrkdwn(text.text).flatMap((passage) => ('children' in passage ? passage.children : []))
        : [],
    [text],
  );
  return text.type === 'mrkdwn'
    ? html`<${Inlines} inlines=${inlines} />`
    : html`<span>${withEmoji(text.text)}</span>`;
}
