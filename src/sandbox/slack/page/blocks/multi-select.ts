import type { MultiSelect } from '@slack/types';
import { useEffect, useRef } from 'preact/hooks';
import { useDesk } from '../desk.js';
import { html } from '../html.js';
import { Icon } from '../icons.js';
import { described, type ElementProps, nameless } from './element.js';
import { type Choice, type ChoiceGroup, choicesOf, fieldOf, keysOf } from './options.js';

/** A select of several: what is chosen as a line, all choices as checkboxes beneath it. */
export function MultiSelectElement({ element, control, ...setting }: ElementProps<MultiSelect>) {
  const { state } = useDesk().model;
  const groups = choicesOf(element, state);
  const placeholder = element.placeholder?.text ?? 'Choose options';
  if (groups === undefined) {
    return html`<small class="unsupported">Its options come from outside and cannot be loaded in the sandbox.</small>`;
  }
  const held = keysOf(element.type, control.value);
  const all = groups.flatMap(({ choices }) => choices);
  const full = held.length >= (element.max_selected_items ?? Number.POSITIVE_INFINITY);
  const toggle = (key: string): void => {
    const keys = held.includes(key) ? held.filter((each) => each !== key) : [...held, key];
    const chosen = keys.flatMap((each) => all.find((choice) => choice.key === each)?.chosen ?? []);
    control.set({ type: element.type, [fieldOf(element.type)]: chosen });
  };
  const names = all
    .filter(({ key }) => held.includes(key))
    .map(({ label }) => html`<span class="chip">${label}</span>`);
  return html`<${Disclosure} setting=${{ ...described(setting), 'aria-label': nameless(setting, placeholder) }} busy=${control.busy}
    face=${names.length === 0 ? html`<span class="unchosen">${placeholder}</span>` : names}>
    ${groups.map((group) => html`<${Group} group=${group} held=${held} full=${full} toggle=${toggle} />`)}
  <//>`;
}

interface GroupProps {
  readonly group: ChoiceGroup;
  readonly held: readonly string[];
  readonly full: boolean;
  readonly toggle: (key: string) => void;
}

function Group({ group, held, full, toggle }: GroupProps) {
  const row = ({ key, label, detail }: Choice) => html`<label class="choice" key=${key}>
    <input type="checkbox" checked=${held.includes(key)} disabled=${full && !held.includes(key)} onChange=${() => toggle(key)} />
    <span>${label}${detail && html`<small>${detail}</small>`}</span>
  </label>`;
  return html`${group.label && html`<div class="choice-group">${group.label}</div>`}${group.choices.map(row)}`;
}

interface DisclosureProps {
  readonly setting: object;
  readonly busy: boolean;
  readonly face: unknown;
  readonly children?: unknown;
}

/** Opens in place; closes by Escape or a click elsewhere. */
function Disclosure({ setting, busy, face, children }: DisclosureProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    // On the click, not on the press before it: closing moves what is beneath, and the click would miss it.
    const outside = (event: MouseEvent): void => {
      if (!details.current?.contains(event.target as Node)) details.current?.removeAttribute('open');
    };
    document.addEventListener('click', outside);
    return () => document.removeEventListener('click', outside);
  }, []);
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || details.current?.open !== true) return;
    event.preventDefault();
    event.stopPropagation();
    details.current.open = false;
    details.current.querySelector('summary')?.focus();
  };
  return html`<details class=${busy ? 'multi working' : 'multi'} ref=${details} onKeyDown=${closeByKey}>
    <summary ...${setting}><span class="chips">${face}</span><${Icon} name="down" /></summary>
    <div class="multi-list">${children}</div>
  </details>`;
}
