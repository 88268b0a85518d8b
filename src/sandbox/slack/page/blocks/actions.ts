import type { ActionsBlock } from '@slack/types';
import { html } from '../html.js';
import type { BlockProps } from './block.js';
import { ElementView } from './element.js';
import { placeOf } from './values.js';

export const Actions = ({
  block,
  blockId,
}: BlockProps<ActionsBlock>) => html`<div class="actions" role="group" aria-label="Actions">
  ${block.elements.map((element, index) => {
    const place = placeOf(blockId, element, index);
    return html`<${ElementView} key=${`${place.actionId}/${index}`} element=${element} place=${place} dispatch=${true} />`;
  })}
</div>`;
