import type { MessageCard } from '../contract.js';
import { isRoot } from './state.js';
import { daysBetween, instantOfTs } from './text/dates.js';

/** A line of a message list: a day's heading, the mark where the unread ones begin, or a message. */
export type Row =
  | { readonly kind: 'day'; readonly instant: number }
  | { readonly kind: 'new' }
  | { readonly kind: 'message'; readonly message: MessageCard; readonly continued: boolean };

const TOGETHER = 5 * 60_000;

/** Messages as they are read: by day, and one author's in a row beneath one name. `newFrom` is the first unread ts. */
export function rowsOf(messages: readonly MessageCard[], zone: string, newFrom?: string): readonly Row[] {
  const rows: Row[] = [];
  let before: MessageCard | undefined;
  for (const message of messages) {
    const instant = instantOfTs(message.ts);
    const newDay = before === undefined || daysBetween(instantOfTs(before.ts), instant, zone) !== 0;
    if (newDay) rows.push({ kind: 'day', instant });
    const isNew = message.ts === newFrom;
    if (isNew) rows.push({ kind: 'new' });
    rows.push({ kind: 'message', message, continued: !newDay && !isNew && continues(before, message) });
    before = message;
  }
  return rows;
}

const continues = (before: MessageCard | undefined, message: MessageCard): boolean =>
  before !== undefined &&
  before.user === message.user &&
  !before.ephemeral &&
  !message.ephemeral &&
  !message.pinned &&
  instantOfTs(message.ts) - instantOfTs(before.ts) < TOGETHER;

/** Where the unread messages begin: the first outside threads of the last `unread` ones by other people. */
export function firstUnread(
  messages: readonly MessageCard[],
  unread: number,
  me: string,
): string | undefined {
  if (unread === 0) return undefined;
  return messages
    .filter(({ user }) => user !== me)
    .slice(-unread)
    .find(isRoot)?.ts;
}
