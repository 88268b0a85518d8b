import { useMemo } from 'preact/hooks';
import type { MessageCard, PersonCard } from '../contract.js';
import { Blocks } from './blocks/block.js';
import { SurfaceProvider, useOwnSurface } from './blocks/surface.js';
import { useDesk } from './desk.js';
import { Files } from './files.js';
import { classes, html } from './html.js';
import { Icon } from './icons.js';
import { MessageTools } from './message-tools.js';
import { Avatar, Badge } from './people.js';
import { personIn, threadOf } from './state.js';
import { clockTime, dayHeading, instantOfTs } from './text/dates.js';
import { Mrkdwn } from './text/written.js';

interface MessageProps {
  readonly message: MessageCard;
  /** Said by the same person right after the one above: no second name. */
  readonly continued: boolean;
  readonly pointed: boolean;
  readonly inThread: boolean;
}

export function Message({ message, continued, pointed, inThread }: MessageProps) {
  const { model, now, change } = useDesk();
  const { zone } = model.state.me;
  const author = personIn(model.state, message.user);
  const instant = instantOfTs(message.ts);
  const when = html`<time datetime=${new Date(instant).toISOString()} title="${dayHeading(instant, zone, now)}, ${clockTime(instant, zone)}">${clockTime(instant, zone)}</time>`;
  const look = classes(
    'message',
    continued && 'continued',
    message.ephemeral && 'ephemeral',
    message.pinned && !inThread && 'pinned',
    pointed && 'pointed',
  );
  return html`<article class=${look} data-ts=${message.ts} tabindex="-1" aria-label="${author?.name ?? message.user}, ${clockTime(instant, zone)}">
    <div class="gutter">${continued ? when : html`<${Avatar} person=${author} />`}</div>
    <div class="message-body">
      ${message.pinned && html`<p class="sign"><${Icon} name="pin" />Pinned</p>`}
      ${
        message.ephemeral &&
        html`<p class="sign"><${Icon} name="eye" />Only visible to you
          <button type="button" class="link-button" onClick=${() => change({ type: 'dismiss-message', message })}>Dismiss</button></p>`
      }
      ${!continued && html`<${Byline} author=${author} id=${message.user} when=${when} edited=${message.edited} />`}
      <${Content} message=${message} />
      ${continued && message.edited && html`<span class="edited">(edited)</span>`}
      ${message.files.length > 0 && html`<${Files} files=${message.files} />`}
      ${!inThread && html`<${Replies} message=${message} />`}
    </div>
    ${!message.ephemeral && html`<${MessageTools} message=${message} inThread=${inThread} />`}
  </article>`;
}

interface BylineProps {
  readonly author: PersonCard | undefined;
  readonly id: string;
  readonly when: unknown;
  readonly edited: boolean;
}

const Byline = ({ author, id, when, edited }: BylineProps) => html`<header class="byline">
  <strong title=${author?.title}>${author?.name ?? id}</strong><${Badge} person=${author} />${when}${edited && html`<span class="edited">(edited)</span>`}
</header>`;

/** The blocks where there are any, else the text. What goes wrong with a click is said right beneath. */
function Content({ message }: { readonly message: MessageCard }) {
  const { act } = useDesk();
  const { channel, ts, blocks } = message;
  const surface = useOwnSurface(blocks, ({ blockId, actionId }, element, state) =>
    act({ kind: 'act-in-message', channel, ts, blockId, actionId, element, state }),
  );
  if (blocks.length === 0) return message.text === '' ? null : html`<${Mrkdwn} text=${message.text} />`;
  return html`<${SurfaceProvider} value=${surface}><${Blocks} blocks=${blocks} /><//>
    <p class="problem" role="alert">${surface.problem}</p>`;
}

/** Leads into the thread: who answered, how often, when last. */
function Replies({ message }: { readonly message: MessageCard }) {
  const { model, go } = useDesk();
  const replies = useMemo(
    () => threadOf(model.messages[message.channel] ?? [], message.ts).filter(({ ts }) => ts !== message.ts),
    [model.messages[message.channel], message.ts],
  );
  const count = Math.max(message.replyCount, replies.length);
  if (count === 0) return null;
  const last = replies.at(-1);
  const authors = [...new Set(replies.map(({ user }) => user))].slice(-3);
  return html`<button type="button" class="replies" onClick=${() => go({ channel: message.channel, thread: message.ts, tab: undefined })}>
    <span class="faces">${authors.map((id) => html`<${Avatar} person=${personIn(model.state, id)} size="small" />`)}</span>
    <strong>${count} ${count === 1 ? 'reply' : 'replies'}</strong>
    ${last && html`<small>last at ${clockTime(instantOfTs(last.ts), model.state.me.zone)}</small>`}
  </button>`;
}
