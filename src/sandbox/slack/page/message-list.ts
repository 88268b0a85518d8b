import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MessageCard } from '../contract.js';
import { useDesk } from './desk.js';
import { type Row, rowsOf } from './grouping.js';
import { html } from './html.js';
import { Icon } from './icons.js';
import { Message } from './message.js';
import { keyOf } from './state.js';
import { dayHeading } from './text/dates.js';

interface MessageListProps {
  readonly messages: readonly MessageCard[];
  readonly loaded: boolean;
  readonly newFrom?: string | undefined;
  /** The message to bring into sight and point out. */
  readonly pointed?: string | undefined;
  readonly empty: string;
  readonly inThread?: boolean;
}

/** Messages by day. Whoever reads the end stays at the end; whoever reads above is left there and told of news. */
export function MessageList({
  messages,
  loaded,
  newFrom,
  pointed,
  empty,
  inThread = false,
}: MessageListProps) {
  const { model } = useDesk();
  const { zone } = model.state.me;
  const rows = useMemo(() => rowsOf(messages, zone, newFrom), [messages, zone, newFrom]);
  const { frame, content, below, toEnd, onScroll } = useScroll(messages.length, pointed);
  return html`<div class="message-list" ref=${frame} onScroll=${onScroll} tabindex="0" role="region" aria-label=${inThread ? 'Thread' : 'Messages'}>
    <div class="message-flow" ref=${content} aria-busy=${!loaded}>
      ${!loaded && messages.length === 0 && html`<p class="empty-words">Fetching messages…</p>`}
      ${loaded && messages.length === 0 && html`<p class="empty-words">${empty}</p>`}
      ${rows.map((row) => html`<${RowView} key=${rowKey(row)} row=${row} pointed=${pointed} inThread=${inThread} />`)}
    </div>
    ${below > 0 && html`<button type="button" class="news-button" onClick=${toEnd}>${below} new<${Icon} name="down" /></button>`}
  </div>`;
}

const rowKey = (row: Row): string =>
  row.kind === 'message' ? keyOf(row.message) : row.kind === 'day' ? `day-${row.instant}` : 'new';

interface RowProps {
  readonly row: Row;
  readonly pointed: string | undefined;
  readonly inThread: boolean;
}

function RowView({ row, pointed, inThread }: RowProps) {
  const { model, now } = useDesk();
  switch (row.kind) {
    case 'day':
      return html`<h3 class="day"><span>${dayHeading(row.instant, model.state.me.zone, now)}</span></h3>`;
    case 'new':
      return html`<div class="new-mark" role="separator" aria-label="New messages"><span>New</span></div>`;
    case 'message':
      return html`<${Message} message=${row.message} continued=${row.continued} pointed=${row.message.ts === pointed} inThread=${inThread} />`;
  }
}

const NEAR = 80;

/** Follows the end while the reader is there, and counts what arrives below while the reader is not. */
function useScroll(count: number, pointed: string | undefined) {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const measured = useRef({ scrollHeight: 0, clientHeight: 0 });
  const seen = useRef(0);
  const [below, setBelow] = useState(0);

  const toEnd = (): void => frame.current?.scrollTo({ top: frame.current.scrollHeight });
  const onScroll = (): void => {
    if (frame.current !== null && isNearEnd(frame.current, frame.current)) setBelow(0);
  };
  // Measured against what the list was before it grew: whoever was at its end then, stays at its end.
  const settle = (): void => {
    const shown = frame.current;
    if (shown === null) return;
    if (isNearEnd(shown, measured.current)) toEnd();
    else if (count > seen.current) setBelow((before) => before + count - seen.current);
    measured.current = { scrollHeight: shown.scrollHeight, clientHeight: shown.clientHeight };
    seen.current = count;
  };

  useLayoutEffect(settle, [count]);

  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    // Messages grow after they are drawn: images load, boards are edited, the field beneath gets taller.
    const watcher = new ResizeObserver(() => latest.current());
    if (content.current !== null) watcher.observe(content.current);
    if (frame.current !== null) watcher.observe(frame.current);
    return () => watcher.disconnect();
  }, []);

  useEffect(() => {
    if (pointed !== undefined && count > 0) pointOut(frame.current, pointed);
  }, [pointed, count > 0]);

  return { frame, content, below, toEnd, onScroll };
}

interface Size {
  readonly scrollHeight: number;
  readonly clientHeight: number;
}

const isNearEnd = ({ scrollTop }: HTMLElement, { scrollHeight, clientHeight }: Size): boolean =>
  scrollHeight - scrollTop - clientHeight < NEAR;

function pointOut(frame: HTMLElement | null, ts: string): void {
  const target = frame?.querySelector<HTMLElement>(`[data-ts="${CSS.escape(ts)}"]`);
  const tall = (target?.offsetHeight ?? 0) > (frame?.clientHeight ?? 0);
  target?.scrollIntoView({ block: tall ? 'start' : 'center' });
  target?.focus({ preventScroll: true });
}
