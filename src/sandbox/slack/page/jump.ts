import { useId, useState } from 'preact/hooks';
import type { State } from '../contract.js';
import type { Address } from './address.js';
import { useDesk } from './desk.js';
import { Dialog } from './dialog.js';
import { classes, html } from './html.js';
import { nameOf } from './state.js';

interface Destination {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly to: Partial<Address>;
}

const NOWHERE: Partial<Address> = { thread: undefined, message: undefined, tab: undefined };

/** Everywhere one can go: a channel, or somebody else's place. */
function destinationsIn(state: State): readonly Destination[] {
  const channels = state.channels.map((channel) => ({
    key: channel.id,
    label: nameOf(state, channel),
    detail: channel.unread > 0 ? `${channel.unread} unread` : channel.topic,
    to: { ...NOWHERE, channel: channel.id },
  }));
  const people = state.people
    .filter((person) => !person.bot && person.id !== state.me.id)
    .map(({ id, name, title }) => ({
      key: id,
      label: `Be ${name}`,
      detail: title,
      to: { ...NOWHERE, as: id },
    }));
  return [...channels, ...people];
}

/** Jumps to a channel or person by a few letters of the name. */
export function JumpDialog({ onClose }: { readonly onClose: () => void }) {
  const { model, go } = useDesk();
  const [sought, setSought] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const words = sought.toLowerCase().split(/\s+/);
  const found = destinationsIn(model.state).filter(({ label, detail }) =>
    words.every((word) => `${label} ${detail}`.toLowerCase().includes(word)),
  );
  const leave = (destination: Destination | undefined): void => {
    if (destination === undefined) return;
    onClose();
    go(destination.to);
  };
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) setAt((at + by + found.length) % Math.max(found.length, 1));
    else if (event.key === 'Enter') leave(found[at]);
    else return;
    event.preventDefault();
  };
  const type = (event: Event & { readonly currentTarget: HTMLInputElement }): void => {
    setSought(event.currentTarget.value);
    setAt(0);
  };
  return html`<${Dialog} className="dialog jump" label="Jump to a channel or person" onClose=${onClose}>
    <input type="text" class="jump-field" role="combobox" aria-expanded="true" aria-controls=${id} aria-activedescendant=${found[at] && `${id}-${at}`}
      aria-label="Channel or person" placeholder="Where to, or whom to be?" autocomplete="off" data-focus-first
      value=${sought} onInput=${type} onKeyDown=${press} />
    <ul class="jump-list" role="listbox" id=${id} aria-label="Channels and people">
      ${found.map(
        (
          each,
          index,
        ) => html`<li key=${each.key} id=${`${id}-${index}`} role="option" aria-selected=${index === at}
          class=${classes('jump-item', index === at && 'active')} onPointerMove=${() => setAt(index)} onClick=${() => leave(each)}>
          <span>${each.label}</span><small>${each.detail}</small>
        </li>`,
      )}
      ${found.length === 0 && html`<li class="jump-none">Nobody and nothing is called that. Try a shorter word.</li>`}
    </ul>
  <//>`;
}
