import { awaited } from '../happenings.js';
import { globalShortcut, messageShortcut } from '../payloads/shortcuts.js';
import { type ChannelRecord, isExternal, type MessageRecord, type PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { homeShape } from '../view-shapes.js';
import { type Answer, acked, mark, noticed, top, unanswered } from './answer.js';
import { tellBot } from './events.js';

/** A shortcut by its callback_id, on a message where it is of that kind. */
export async function useShortcut(
  slack: Slack,
  person: PersonRecord,
  callbackId: string,
  at?: { readonly channel: ChannelRecord; readonly message: MessageRecord },
): Promise<Answer> {
  const known = slack.manifest.shortcuts.find((shortcut) => shortcut.callbackId === callbackId);
  if (known === undefined) return noticed(slack, person, 'This shortcut is not available.');
  if (isExternal(slack.records, person)) {
    return noticed(slack, person, `${known.name} is not available to people of another organization.`);
  }
  const since = mark(slack);
  const payload =
    at === undefined
      ? globalShortcut(slack, person, callbackId)
      : messageShortcut(slack, person, callbackId, at);
  const ack = await slack.delivery.send('interactive', payload);
  if (ack.problem !== undefined)
    return noticed(slack, person, unanswered(slack, ack), ack.status, at?.channel.id);
  return acked(slack, person, ack, since);
}

/**
 * Opens the App Home's tab and waits until the bot has published it, because Bolt acks an event before
 * anybody has looked at it. Gives up after `within` milliseconds.
 */
export async function openHome(slack: Slack, person: PersonRecord, within = 3000): Promise<Answer> {
  const { records } = slack;
  const before = records.homes[person.id];
  const channel = records.channels.find((known) => known.with === person.id)?.id ?? '';
  const view = before === undefined ? {} : { view: homeShape(slack, person, before) };
  const event = {
    type: 'app_home_opened',
    user: person.id,
    channel,
    tab: 'home',
    event_ts: String(Date.now() / 1000),
    ...view,
  };
  const ack = await tellBot(slack, 'app_home_opened', event);
  if (ack === undefined) return { ok: true, status: 0, ...top(slack, person) };
  if (ack.problem !== undefined) return noticed(slack, person, unanswered(slack, ack), ack.status);
  await awaited(slack.desk, () => (records.homes[person.id] !== before ? true : undefined), within);
  return { ok: true, status: ack.status, ...top(slack, person) };
}
