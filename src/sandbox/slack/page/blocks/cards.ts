import type { AlertBlock, CardBlock, CarouselBlock, ContainerBlock } from '@slack/types';
import { html } from '../html.js';
import { withEmoji } from '../text/emoji.js';
import { Text } from '../text/written.js';
import { type BlockProps, Blocks } from './block.js';
import { urlOf } from './content.js';
import { ElementView } from './element.js';
import { placeOf } from './values.js';

/** A note in a colour of its own; the colour is never the only sign. */
export const AlertView = ({ block }: BlockProps<AlertBlock>) =>
  html`<div class="note ${block.level ?? 'default'}" role="note"><${Text} text=${block.text} /></div>`;

export const CardView = ({ block, blockId }: BlockProps<CardBlock>) => html`<article class="card">
  ${block.hero_image && html`<img src=${urlOf(block.hero_image)} alt=${block.hero_image.alt_text} />`}
  ${block.title && html`<strong><${Text} text=${block.title} /></strong>`}
  ${block.subtitle && html`<small><${Text} text=${block.subtitle} /></small>`}
  ${block.body && html`<${Text} text=${block.body} />`}
  ${
    block.actions &&
    html`<div class="actions">
      ${block.actions.map((button, index) => html`<${ElementView} element=${button} place=${placeOf(blockId, button, index)} dispatch=${true} />`)}
    </div>`
  }
</article>`;

export const Carousel = ({
  block,
  blockId,
}: BlockProps<CarouselBlock>) => html`<div class="carousel" tabindex="0" role="group" aria-label="Cards">
  ${block.elements.map((card, index) => html`<${CardView} block=${card} blockId=${card.block_id ?? `${blockId}-${index}`} />`)}
</div>`;

export function Container({ block }: BlockProps<ContainerBlock>) {
  const title = html`${block.title && html`<strong>${withEmoji(block.title.text)}</strong>`}${block.subtitle && html`<${Text} text=${block.subtitle} />`}`;
  const content = html`<${Blocks} blocks=${block.child_blocks} />`;
  return block.is_collapsible === true
    ? html`<details class="card" open=${block.default_collapsed !== true}><summary>${title}</summary>${content}</details>`
    : html`<div class="card">${title}${content}</div>`;
}
