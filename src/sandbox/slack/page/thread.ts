import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ChannelCard } from '../contract.js';
import { Composer } from './composer.js';
import { useDesk } from './desk.js';
import { html } from './html.js';
import { Icon } from './icons.js';
import { MessageList } from './message-list.js';
import { nameOf, threadOf } from './state.js';

interface ThreadProps {
  readonly channel: ChannelCard;
  readonly ts: string;
}

/** A thread beside its channel. Escape closes it. */
export function Thread({ channel, ts }: ThreadProps) {
  const { model, address, go } = useDesk();
  const panel = useRef<HTMLElement>(null);
  const all = model.messages[channel.id];
  const messages = useMemo(() => threadOf(all ?? [], ts), [all, ts]);
  const close = (): void => go({ thread: undefined });
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('.composer textarea')?.focus();
  }, []);
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    close();
  };
  return html`<aside class="thread" ref=${panel} aria-label="Thread" onKeyDown=${press}>
    <header class="conversation-head">
      <div class="head-line">
        <h2><span>Thread</span></h2>
        <span class="topic">${nameOf(model.state, channel)}</span>
        <button type="button" class="icon-button end" aria-label="Close the thread" onClick=${close}><${Icon} name="close" /></button>
      </div>
    </header>
    <${MessageList} messages=${messages} loaded=${model.loaded.includes(channel.id)} pointed=${address.message} inThread=${true}
      empty="The message of this thread is gone." />
    <${Composer} channel=${channel} threadTs=${ts} />
  </aside>`;
}
