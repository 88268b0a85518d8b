import type { ChannelCard, MessageCard } from '../contract.js';
import { useDesk } from './desk.js';
import { html } from './html.js';
import { Icon } from './icons.js';
import { Menu } from './menu.js';
import { Avatar, Badge } from './people.js';
import { nameOf, personIn } from './state.js';

interface HeadProps {
  readonly channel: ChannelCard;
  readonly tabs: boolean;
  readonly messages: readonly MessageCard[];
}

/** What the channel is, what it is about, what is pinned in it. */
export function ConversationHead({ channel, tabs, messages }: HeadProps) {
  const { model, go } = useDesk();
  const other = personIn(model.state, channel.with ?? '');
  const pinned = messages.filter((message) => message.pinned);
  const name = nameOf(model.state, channel).replace(/^#/, '');
  const sign =
    other === undefined
      ? html`<${Icon} name=${channel.shared ? 'shared' : 'hash'} />`
      : html`<${Avatar} person=${other} size="small" />`;
  return html`<header class="conversation-head">
    <div class="head-line">
      <button type="button" class="icon-button back" aria-label="Back to the channels"
        onClick=${() => go({ channel: undefined, tab: undefined, thread: undefined, message: undefined })}><${Icon} name="back" /></button>
      <h2>${sign}<span>${name}</span><${Badge} person=${other} /></h2>
      ${channel.shared && html`<span class="badge external">Shared channel</span>`}
      ${channel.kind === 'channel' && html`<${Members} channel=${channel} />`}
      ${pinned.length > 0 && html`<${Pins} pinned=${pinned} />`}
    </div>
    ${channel.topic !== '' && html`<p class="topic">${channel.topic}</p>`}
    ${tabs && html`<${Tabs} channel=${channel} />`}
  </header>`;
}

function Pins({ pinned }: { readonly pinned: readonly MessageCard[] }) {
  const { model, go } = useDesk();
  const items = pinned.map((message) => ({
    label: firstLine(message.text),
    detail: personIn(model.state, message.user)?.name,
    choose: () => go({ channel: message.channel, message: message.ts, thread: undefined, tab: undefined }),
  }));
  return html`<${Menu} className="quiet-button" name="${pinned.length} pinned" items=${items}
    face=${html`<${Icon} name="pin" /><span>${pinned.length}</span>`} />`;
}

const firstLine = (text: string): string => {
  const line = text.split('\n')[0] ?? '';
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
};

function Members({ channel }: { readonly channel: ChannelCard }) {
  const { state } = useDesk().model;
  const people = channel.members.flatMap((id) => personIn(state, id) ?? []);
  const names = people
    .map(({ name, external, teamName }) => (external ? `${name} (${teamName})` : name))
    .join(', ');
  return html`<span class="members" title=${names}>
    <span class="faces">${people.slice(0, 4).map((person) => html`<${Avatar} person=${person} size="small" />`)}</span>
    <span>${channel.members.length}<span class="unseen"> people: ${names}</span></span>
  </span>`;
}

const TABS = [
  { key: 'home', label: 'Home', tab: 'home' },
  { key: 'messages', label: 'Messages', tab: undefined },
] as const;

/** The bot's two tabs; arrows move between them. */
function Tabs({ channel }: { readonly channel: ChannelCard }) {
  const { address, go } = useDesk();
  const select = (tab: 'home' | undefined): void => {
    go({ channel: channel.id, tab, thread: undefined, message: undefined });
    requestAnimationFrame(() => document.getElementById(`tab-${tab ?? 'messages'}`)?.focus());
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    select(address.tab === 'home' ? undefined : 'home');
  };
  return html`<div class="tabs" role="tablist" aria-label="Slipway" onKeyDown=${press}>
    ${TABS.map(
      ({
        key,
        label,
        tab,
      }) => html`<button type="button" role="tab" id=${`tab-${key}`} aria-controls=${`panel-${key}`} aria-selected=${address.tab === tab}
        tabindex=${address.tab === tab ? 0 : -1} onClick=${() => select(tab)}>${label}</button>`,
    )}
  </div>`;
}
