import type { ChannelCard } from '../contract.js';
import { formatAddress } from './address.js';
import { useDesk } from './desk.js';
import { classes, html } from './html.js';
import { Icon } from './icons.js';
import { Avatar, Badge, titleOf } from './people.js';
import { jumpKeys } from './shortcuts.js';
import { nameOf, personIn } from './state.js';
import { clockTime, placeOf } from './text/dates.js';

interface SidebarProps {
  readonly open: string | undefined;
  readonly onJump: () => void;
}

/** The channels and direct messages of the person, and who that is. */
export function Sidebar({ open, onJump }: SidebarProps) {
  const { model, now } = useDesk();
  const { workspace, me, channels, bot } = model.state;
  const rooms = channels.filter(({ kind }) => kind === 'channel');
  const apps = channels.filter((channel) => channel.with === bot);
  const direct = channels.filter((channel) => channel.kind === 'im' && channel.with !== bot);
  return html`<aside class="sidebar" aria-label="Channels and messages">
    <div class="sidebar-head">
      <h1>${workspace.name}</h1>
      <p>${titleOf(me)}</p>
      <p>${clockTime(now, me.zone)} in ${placeOf(me.zone)}</p>
    </div>
    <button type="button" class="jump-button" onClick=${onJump}>
      <${Icon} name="search" /><span>Jump to…</span><kbd>${jumpKeys()}</kbd>
    </button>
    <nav class="channel-lists" aria-label="Channels">
      <${ChannelList} title="Channels" channels=${rooms} open=${open} />
      <${ChannelList} title="Direct messages" channels=${direct} open=${open} />
      <${ChannelList} title="Apps" channels=${apps} open=${open} />
    </nav>
    <${FirstThing} />
  </aside>`;
}

interface ChannelListProps {
  readonly title: string;
  readonly channels: readonly ChannelCard[];
  readonly open: string | undefined;
}

const ChannelList = ({ title, channels, open }: ChannelListProps) =>
  channels.length > 0 &&
  html`<h2>${title}</h2>
    <ul>${channels.map((channel) => html`<li key=${channel.id}><${ChannelLink} channel=${channel} current=${channel.id === open} /></li>`)}</ul>`;

function ChannelLink({ channel, current }: { readonly channel: ChannelCard; readonly current: boolean }) {
  const { model, address, go } = useDesk();
  const other = personIn(model.state, channel.with ?? '');
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ channel: channel.id, thread: undefined, message: undefined, tab: undefined });
  };
  const sign =
    channel.kind === 'im'
      ? html`<${Avatar} person=${other} size="small" />`
      : html`<${Icon} name=${channel.shared ? 'shared' : 'hash'} />`;
  return html`<a class=${classes('channel-link', current && 'current', channel.unread > 0 && 'unread')} onClick=${follow}
    href=${formatAddress({ as: address.as, channel: channel.id })} aria-current=${current ? 'page' : undefined}>
    ${sign}
    <span class="channel-name">${nameOf(model.state, channel).replace(/^#/, '')}</span>
    ${channel.shared && html`<span class="unseen">, shared with another organisation</span>`}
    ${!other?.bot && html`<${Badge} person=${other} />`}
    ${channel.unread > 0 && html`<span class="count">${channel.unread}<span class="unseen"> unread</span></span>`}
  </a>`;
}

/** What to try first, in the words of whoever one is. */
function FirstThing() {
  const { me } = useDesk().model.state;
  return html`<div class="first-thing">
    ${
      me.external
        ? html`<p>You read along from <strong>${me.teamName}</strong>. Commands are for the agency; you answer with the buttons.</p>`
        : html`<p>Type <kbd>/</kbd> in a channel to see what Slipway can do, then be somebody else above and answer.</p>`
    }
  </div>`;
}
