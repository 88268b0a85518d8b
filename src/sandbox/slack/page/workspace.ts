import { useEffect, useState } from 'preact/hooks';
import type { State } from '../contract.js';
import type { Address } from './address.js';
import { ConfirmDialog } from './confirm.js';
import { Conversation } from './conversation.js';
import { type Desk, DeskProvider } from './desk.js';
import { html } from './html.js';
import { JumpDialog } from './jump.js';
import { ModalStack } from './modal.js';
import { neighbour, useShortcuts } from './shortcuts.js';
import { Sidebar } from './sidebar.js';
import { listed } from './state.js';
import { Strip } from './strip.js';
import { Thread } from './thread.js';
import { useOwnDesk } from './use-desk.js';

interface WorkspaceProps {
  readonly first: State;
  readonly address: Address;
  readonly go: Desk['go'];
}

/** One person's workspace. On a narrow screen one pane is shown at a time: the list, the channel or the thread. */
export function Workspace({ first, address, go }: WorkspaceProps) {
  const [jumping, setJumping] = useState(false);
  const { desk, open, question, announced } = useOwnDesk(first, address, go);
  const { state } = desk.model;
  const channel = state.channels.find(({ id }) => id === open);
  const unread = state.channels.reduce((sum, each) => sum + each.unread, 0);

  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${state.me.name} · ${state.workspace.name} · Slipway sandbox`;
  }, [unread, state.me.name, state.workspace.name]);

  useShortcuts({
    jump: () => setJumping(true),
    step: (by) =>
      go({
        channel: neighbour(listed(state), open, by),
        thread: undefined,
        message: undefined,
        tab: undefined,
      }),
  });

  const pane =
    address.thread !== undefined
      ? 'thread'
      : address.channel === undefined && address.tab === undefined
        ? 'list'
        : 'channel';
  return html`<${DeskProvider} value=${desk}>
    <div class="workspace" data-pane=${pane}>
      <a class="skip" href="#composer">Skip to the message field</a>
      <${Strip} />
      <${Sidebar} open=${open} onJump=${() => setJumping(true)} />
      ${
        channel === undefined
          ? html`<main class="conversation empty"><p>You are in no channel yet. Pick another person above.</p></main>`
          : html`<${Conversation} key=${channel.id} channel=${channel} />`
      }
      ${channel !== undefined && address.thread !== undefined && html`<${Thread} key=${address.thread} channel=${channel} ts=${address.thread} />`}
    </div>
    <${ModalStack} />
    ${jumping && html`<${JumpDialog} onClose=${() => setJumping(false)} />`}
    ${question && html`<${ConfirmDialog} question=${question} />`}
    <div class="unseen" role="log" aria-live="polite" aria-label="News">${announced}</div>
  <//>`;
}
