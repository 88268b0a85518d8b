import type { InputBlock } from '@slack/types';
import { useId } from 'preact/hooks';
import { html } from '../html.js';
import { withEmoji } from '../text/emoji.js';
import type { BlockProps } from './block.js';
import { ElementView } from './element.js';
import { useSurface } from './surface.js';
import { placeOf } from './values.js';

/** The elements that consist of several controls: their label names the group. */
const GROUPS = /^(?:radio_buttons|checkboxes|multi_|datetimepicker|file_input)/;

/** A label, an element, a hint, and what is wrong with the answer. */
export function Input({ block, blockId }: BlockProps<InputBlock>) {
  const id = useId();
  const fault = useSurface().errors[blockId];
  const { label, hint, element, optional = false, dispatch_action: dispatch = false } = block;
  const grouped = GROUPS.test(element.type);
  const describedBy = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined;
  const words = html`${withEmoji(label.text)}${optional && html`<span class="optional"> (optional)</span>`}`;
  return html`<div class=${fault === undefined ? 'input' : 'input at-fault'}>
    ${
      grouped
        ? html`<div class="label" id=${`${id}-label`}>${words}</div>`
        : html`<label class="label" id=${`${id}-label`} for=${`${id}-control`}>${words}</label>`
    }
    <${ElementView} element=${element} place=${placeOf(blockId, element)} dispatch=${dispatch} id=${`${id}-control`}
      ...${grouped ? { labelledBy: `${id}-label` } : {}} describedBy=${describedBy} invalid=${fault !== undefined} required=${!optional} />
    ${fault !== undefined && html`<p class="fault" id=${`${id}-fault`}>${fault}</p>`}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${withEmoji(hint.text)}</p>`}
  </div>`;
}
