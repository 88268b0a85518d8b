import type { Select } from '@slack/types';
import { useDesk } from '../desk.js';
import { html } from '../html.js';
import { described, type ElementProps, nameless } from './element.js';
import { type Choice, choicesOf, fieldOf, keysOf } from './options.js';

/** A select of one: the browser's own, which every keyboard and screen reader knows. */
export function SelectElement({ element, control, ...setting }: ElementProps<Select>) {
  const { state } = useDesk().model;
  const groups = choicesOf(element, state);
  const placeholder = element.placeholder?.text ?? 'Choose an option';
  const attributes = { ...described(setting), 'aria-label': nameless(setting, placeholder) };
  if (groups === undefined) {
    return html`<span class="select-note"><select disabled ...${attributes}><option>${placeholder}</option></select>
      <small class="unsupported">Its options come from outside and cannot be loaded in the sandbox.</small></span>`;
  }
  const [held = ''] = keysOf(element.type, control.value);
  const pick = (event: Event & { readonly currentTarget: HTMLSelectElement }): void => {
    const { value } = event.currentTarget;
    const choice = groups.flatMap(({ choices }) => choices).find(({ key }) => key === value);
    control.set({ type: element.type, [fieldOf(element.type)]: choice?.chosen ?? null });
  };
  return html`<span class=${control.busy ? 'select working' : 'select'}>
    <select ...${attributes} value=${held} data-focus-first=${element.focus_on_load} class=${held === '' ? 'unchosen' : ''} onChange=${pick}>
      <option value="">${placeholder}</option>
      ${groups.map(({ label, choices }) =>
        label === undefined
          ? choices.map(optionOf)
          : html`<optgroup label=${label}>${choices.map(optionOf)}</optgroup>`,
      )}
    </select>
  </span>`;
}

const optionOf = ({ key, label, detail }: Choice) =>
  html`<option key=${key} value=${key}>${detail === undefined ? label : `${label} (${detail})`}</option>`;
