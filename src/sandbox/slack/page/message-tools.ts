import type { MessageCard } from '../contract.js';
import { formatAddress } from './address.js';
import { problemOf, useDesk } from './desk.js';
import { html } from './html.js';
import { Icon } from './icons.js';
import { Menu, type MenuItem } from './menu.js';

interface ToolsProps {
  readonly message: MessageCard;
  readonly inThread: boolean;
}

/** What one can do with a message: answer in its thread, copy its link, hand it to the bot. */
export function MessageTools({ message, inThread }: ToolsProps) {
  const { model, act, change, go } = useDesk();
  const { channel, ts } = message;
  const openThread = (): void => go({ channel, thread: ts, tab: undefined });
  const say = (text: string): void => change({ type: 'notice', text, channel });
  const hand = async (callbackId: string): Promise<void> => {
    const problem = problemOf(await act({ kind: 'message-shortcut', callbackId, channel, ts }));
    if (problem !== undefined) say(problem);
  };
  const copy = (): void => {
    const link = new URL(formatAddress({ channel, message: ts }), window.location.href).href;
    navigator.clipboard.writeText(link).then(
      () => say('The link is copied.'),
      () => say(`This browser does not let the page copy. The link: ${link}`),
    );
  };
  const shortcuts: readonly MenuItem[] = model.state.shortcuts.map(({ name, callbackId }) => ({
    label: name,
    choose: () => void hand(callbackId),
  }));
  const items: readonly MenuItem[] = [
    ...shortcuts,
    ...(inThread ? [] : [{ label: 'Open thread', choose: openThread }]),
    { label: 'Copy link', choose: copy },
  ];
  return html`<div class="message-tools">
    ${!inThread && html`<button type="button" class="icon-button" aria-label="Reply in thread" title="Reply in thread" onClick=${openThread}><${Icon} name="reply" /></button>`}
    <${Menu} name="More about this message" className="icon-button" items=${items} face=${html`<${Icon} name="more" />`} />
  </div>`;
}
