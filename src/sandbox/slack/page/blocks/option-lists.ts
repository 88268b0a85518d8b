import type {
  Checkboxes as CheckboxesElement,
  Option,
  RadioButtons as RadioButtonsElement,
} from '@slack/types';
import { html } from '../html.js';
import { InlineText } from '../text/written.js';
import { described, type ElementProps, nameless } from './element.js';
import { keysOf } from './options.js';

const keyOf = (option: Option): string => option.value ?? option.text.text;

/** One of several, all of them in sight. */
export function RadioButtons({ element, control, ...setting }: ElementProps<RadioButtonsElement>) {
  const [held] = keysOf('static_select', control.value);
  const pick = (option: Option): void => control.set({ type: element.type, selected_option: option });
  const group = `${setting.place.blockId}/${setting.place.actionId}`;
  return html`<div class="option-list" role="radiogroup" ...${described(setting)} aria-label=${nameless(setting, 'Choose one')}>
    ${element.options.map(
      (option) => html`<label class="choice">
        <input type="radio" name=${group} checked=${keyOf(option) === held} onChange=${() => pick(option)} />
        <${Label} option=${option} />
      </label>`,
    )}
  </div>`;
}

/** Any number of several. */
export function Checkboxes({ element, control, ...setting }: ElementProps<CheckboxesElement>) {
  const held = keysOf('multi_static_select', control.value);
  const toggle = (toggled: Option): void => {
    const isHeld = (option: Option): boolean => held.includes(keyOf(option));
    const chosen = element.options.filter((option) =>
      option === toggled ? !isHeld(option) : isHeld(option),
    );
    control.set({ type: element.type, selected_options: chosen });
  };
  return html`<div class="option-list" role="group" ...${described(setting)} aria-label=${nameless(setting, 'Choose any')}>
    ${element.options.map(
      (option) => html`<label class="choice">
        <input type="checkbox" checked=${held.includes(keyOf(option))} onChange=${() => toggle(option)} />
        <${Label} option=${option} />
      </label>`,
    )}
  </div>`;
}

const Label = ({ option }: { readonly option: Option }) => html`<span>
  <${InlineText} text=${option.text} />
  ${option.description && html`<small><${InlineText} text=${option.description} /></small>`}
</span>`;
