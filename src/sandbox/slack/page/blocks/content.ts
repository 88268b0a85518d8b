import type {
  ContextBlock,
  HeaderBlock,
  ImageBlock,
  MarkdownBlock,
  RichTextBlock,
  VideoBlock,
} from '@slack/types';
import { useMemo, useState } from 'preact/hooks';
import { html } from '../html.js';
import { Icon } from '../icons.js';
import { withEmoji } from '../text/emoji.js';
import { parseMarkdown } from '../text/markdown.js';
import { parseRichText } from '../text/rich-text.js';
import { Passages, Text } from '../text/written.js';
import type { BlockProps } from './block.js';

export const Header = ({ block }: BlockProps<HeaderBlock>) =>
  html`<h3 class="header">${withEmoji(block.text.text)}</h3>`;

export const Context = ({ block }: BlockProps<ContextBlock>) => html`<div class="context">
  ${block.elements.map((element) =>
    element.type === 'image'
      ? html`<img class="context-image" src=${urlOf(element)} alt=${element.alt_text} />`
      : html`<${Text} text=${element} />`,
  )}
</div>`;

export const urlOf = (image: object): string | undefined => {
  if ('image_url' in image && typeof image.image_url === 'string') return image.image_url;
  const file: { readonly url?: string; readonly id?: string } =
    'slack_file' in image ? (image.slack_file as object) : {};
  return file.id === undefined ? file.url : `/sandbox/files/${file.id}`;
};

/** An image; what it shows in words where it cannot be loaded. */
export function ImageView({ block }: BlockProps<ImageBlock>) {
  const [failed, setFailed] = useState(false);
  return html`<figure class="image">
    ${block.title && html`<figcaption>${withEmoji(block.title.text)}</figcaption>`}
    ${
      failed
        ? html`<p class="unsupported">Image: ${block.alt_text}</p>`
        : html`<img src=${urlOf(block)} alt=${block.alt_text} loading="lazy" onError=${() => setFailed(true)} />`
    }
  </figure>`;
}

export function RichText({ block }: { readonly block: RichTextBlock }) {
  const passages = useMemo(() => parseRichText(block), [block]);
  return html`<div class="written rich"><${Passages} passages=${passages} /></div>`;
}

export function Markdown({ block }: BlockProps<MarkdownBlock>) {
  const passages = useMemo(() => parseMarkdown(block.text), [block.text]);
  return html`<div class="written markdown"><${Passages} passages=${passages} /></div>`;
}

/** A video as a card that leads to it. */
export const Video = ({
  block,
}: BlockProps<VideoBlock>) => html`<a class="link-card" href=${block.title_url ?? block.video_url}
  target="_blank" rel="noopener noreferrer">
  <span class="link-card-sign"><${Icon} name="play" /></span>
  <span>
    <small>${[block.provider_name, block.author_name].filter(Boolean).join(' · ') || 'Video'}</small>
    <strong>${block.title.text}</strong>
    ${block.description && html`<span>${block.description.text}</span>`}
  </span>
</a>`;
