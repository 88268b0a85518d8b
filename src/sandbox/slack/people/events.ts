import type { Ack } from '../delivery/ack.js';
import type { Json } from '../json.js';
import { eventEnvelope } from '../payloads/events.js';
import type { ChannelRecord, MessageRecord, PersonRecord } from '../records.js';
import { messageShape } from '../shapes.js';
import type { Slack } from '../slack.js';

/** After a failed delivery Slack tries again at once, after a minute and after five. */
const retries = [0, 60_000, 300_000];

/** Sends an event that the app has subscribed to; gives the first ack, undefined where nobody subscribed. */
export async function tellBot(
  slack: Slack,
  name: string,
  event: Json,
  shared = false,
): Promise<Ack | undefined> {
  if (!slack.manifest.events.includes(name)) return undefined;
  const envelope = eventEnvelope(slack, event, shared);
  const ack = await slack.delivery.send('events_api', envelope);
  if (ack.problem !== undefined) again(slack, envelope, ack, 1);
  return ack;
}

function again(slack: Slack, envelope: Json, failed: Ack, num: number): void {
  const wait = retries[num - 1];
  if (wait === undefined) return;
  const reason = failed.problem === 'operation_timeout' ? 'http_timeout' : 'http_error';
  const retry = async () => {
    const ack = await slack.delivery.send('events_api', envelope, { num, reason });
    if (ack.problem !== undefined) again(slack, envelope, ack, num + 1);
  };
  slack.later(wait, () => void retry());
}

/** A person's message reaches a bot that listens to messages or was mentioned. */
export async function tellOfMessage(
  slack: Slack,
  person: PersonRecord,
  channel: ChannelRecord,
  message: MessageRecord,
): Promise<void> {
  const kind = channel.kind === 'im' ? 'im' : 'channel';
  const shape = { ...messageShape(slack, message), channel: channel.id, event_ts: message.ts };
  const event = { ...shape, user_team: person.teamId, source_team: person.teamId };
  await tellBot(
    slack,
    kind === 'im' ? 'message.im' : 'message.channels',
    { ...event, channel_type: kind },
    channel.shared,
  );
  if (message.text.includes(`<@${slack.records.bot.userId}>`)) {
    await tellBot(slack, 'app_mention', { ...event, type: 'app_mention' }, channel.shared);
  }
}
