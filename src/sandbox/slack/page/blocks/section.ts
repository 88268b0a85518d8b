import type { SectionBlock } from '@slack/types';
import { html } from '../html.js';
import { Text } from '../text/written.js';
import type { BlockProps } from './block.js';
import { ElementView } from './element.js';
import { placeOf } from './values.js';

/** Text, fields in two columns, and something to press or see beside them. */
export function Section({ block, blockId }: BlockProps<SectionBlock>) {
  const { text, fields, accessory } = block;
  return html`<div class="section">
    <div class="section-text">
      ${text && html`<${Text} text=${text} />`}
      ${fields && html`<div class="fields">${fields.map((field) => html`<div class="field"><${Text} text=${field} /></div>`)}</div>`}
    </div>
    ${
      accessory &&
      html`<div class="accessory"><${ElementView} element=${accessory} place=${placeOf(blockId, accessory)} dispatch=${true} /></div>`
    }
  </div>`;
}
