import type { KnownBlock } from '@slack/types';
import { html } from '../html.js';
import { Actions } from './actions.js';
import { AlertView, CardView, Carousel, Container } from './cards.js';
import { Context, Header, ImageView, Markdown, RichText, Video } from './content.js';
import { Input } from './input.js';
import { Section } from './section.js';
import { Table } from './table.js';
import { blockIdOf } from './values.js';

/** The blocks of a message, modal or home, one beneath the other. They need a surface around them. */
export const Blocks = ({ blocks }: { readonly blocks: readonly KnownBlock[] }) => html`<div class="blocks">
  ${blocks.map((block, index) => {
    const blockId = blockIdOf(block, index);
    return html`<${BlockView} key=${`${blockId}/${block.type}`} block=${block} blockId=${blockId} />`;
  })}
</div>`;

export interface BlockProps<Kind> {
  readonly block: Kind;
  readonly blockId: string;
}

function BlockView({ block, blockId }: BlockProps<KnownBlock>) {
  const Kind = kindOf(block);
  if (Kind === undefined)
    return html`<p class="unsupported">The sandbox does not show blocks of type ${block.type}.</p>`;
  return html`<${Kind} block=${block} blockId=${blockId} />`;
}

const Divider = () => html`<hr class="block-divider" />`;

function kindOf(block: KnownBlock): unknown {
  switch (block.type) {
    case 'section':
      return Section;
    case 'header':
      return Header;
    case 'context':
      return Context;
    case 'divider':
      return Divider;
    case 'actions':
      return Actions;
    case 'input':
      return Input;
    case 'image':
      return ImageView;
    case 'rich_text':
      return RichText;
    case 'markdown':
      return Markdown;
    case 'table':
    case 'data_table':
      return Table;
    case 'video':
      return Video;
    case 'alert':
      return AlertView;
    case 'card':
      return CardView;
    case 'carousel':
      return Carousel;
    case 'container':
      return Container;
    default:
      return undefined;
  }
}
