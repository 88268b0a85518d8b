import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ChannelCard, MessageCard } from '../contract.js';
import { Composer } from './composer.js';
import { ConversationHead } from './conversation-head.js';
import { useDesk } from './desk.js';
import { firstUnread } from './grouping.js';
import { Home } from './home.js';
import { classes, html } from './html.js';
import { MessageList } from './message-list.js';
import { Notices } from './notices.js';
import { isRoot, nameOf } from './state.js';

const NOTHING_SAID: readonly MessageCard[] = [];

/** A channel or direct message: its head, its messages, and the field to write in. The bot's has a home tab. */
export function Conversation({ channel }: { readonly channel: ChannelCard }) {
  const { model, address } = useDesk();
  const isBots = channel.with === model.state.bot;
  const atHome = isBots && address.tab === 'home';
  const all = model.messages[channel.id] ?? NOTHING_SAID;
  const messages = useMemo(() => all.filter(isRoot), [all]);
  const loaded = model.loaded.includes(channel.id);
  const newFrom = useNewFrom(channel, all, loaded && !atHome);
  const { me } = model.state;
  return html`<main class="conversation" aria-label=${nameOf(model.state, channel)}>
    <${ConversationHead} channel=${channel} tabs=${isBots} messages=${messages} />
    ${
      atHome
        ? html`<${Home} /><${Notices} channel=${channel.id} />`
        : html`<div class=${classes('panel')} role=${isBots ? 'tabpanel' : undefined} id=${isBots ? 'panel-messages' : undefined} aria-labelledby=${isBots ? 'tab-messages' : undefined}>
            <${MessageList} messages=${messages} loaded=${loaded} newFrom=${newFrom} pointed=${address.message} empty=${emptyWords(channel, me.external, isBots)} />
            <${Notices} channel=${channel.id} />
            <${Composer} channel=${channel} />
          </div>`
    }
  </main>`;
}

function emptyWords(channel: ChannelCard, external: boolean, isBots: boolean): string {
  if (isBots)
    return 'Slipway writes here when something waits for you alone. Its Home tab shows all of it at once.';
  if (external) return 'Nothing here yet. What Slipway asks you will appear here, with buttons to answer.';
  if (channel.kind === 'im') return 'Nothing here yet. What you write is read by the two of you only.';
  return 'Nothing here yet. Type / to see what Slipway can do, for instance /incident to register a request.';
}

/** Marks the channel as read while it is looked at, and remembers where the unread messages began. */
function useNewFrom(
  channel: ChannelCard,
  messages: readonly MessageCard[],
  ready: boolean,
): string | undefined {
  const { model, act, change } = useDesk();
  const [newFrom, setNewFrom] = useState<string | undefined>(undefined);
  const focused = useFocused();
  useEffect(() => {
    if (!ready || !focused || channel.unread === 0) return;
    setNewFrom(firstUnread(messages, channel.unread, model.state.me.id));
    change({ type: 'read', channel: channel.id });
    void act({ kind: 'read', channel: channel.id });
  }, [ready, focused, channel.unread]);

  const last = messages.at(-1)?.ts;
  useEffect(() => {
    if (ready && focused && last !== undefined) void act({ kind: 'read', channel: channel.id });
  }, [last]);
  return newFrom;
}

function useFocused(): boolean {
  const [focused, setFocused] = useState(document.hasFocus());
  useEffect(() => {
    const look = (): void => setFocused(document.hasFocus());
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    return () => {
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
    };
  }, []);
  return focused;
}
