import type { WebClient } from '@slack/web-api';
import type { Connection } from 'mongoose';
import { fingerprint } from '../../kernel/ids.js';
import { cut } from '../../kernel/text.js';
import { isDuplicate } from '../store/connection.js';
import { asText, type Content } from './blocks.js';
import { retryAfter, slackError } from './client.js';

/** Where a slot's message stands: in a channel, or in the direct messages with one person. */
export type Place = { readonly channel: string } | { readonly person: string };

/** One message that follows from the state: posted once, then edited in place. */
export interface Slot {
  /** `release/ACME-R7/board`: the aggregate, and what the message is of it. */
  readonly key: string;
  readonly place: Place;
  /** The key of the slot in whose thread it stands. */
  readonly thread?: string;
  readonly pin?: boolean;
  readonly content: Content;
}

export interface SlotFile {
  readonly key: string;
  readonly place: Place;
  readonly thread?: string;
  readonly filename: string;
  readonly title: string;
  /** Asked for only when it is really shared. */
  readonly text: () => Promise<string>;
}

export interface Slots {
  /** Brings the message in line with the slot. Safe to repeat; throws what Slack threw, for a later try. */
  show(slot: Slot): Promise<void>;
  /** Shows what is not in line yet, in order; one look at the records tells which that is. */
  showAll(slots: readonly Slot[]): Promise<void>;
  /** Shares a file once per key. */
  share(file: SlotFile): Promise<void>;
  /** Where the slot's message stands, once it was posted. */
  whereabouts(key: string): Promise<{ channel: string; ts: string } | undefined>;
  /** A link to the slot's message. */
  link(key: string): Promise<string | undefined>;
}

interface SlotRecord {
  _id: string;
  channel: string;
  /** When it was first about to be sent: how far back to look for it. */
  since: Date;
  ts?: string;
  hash?: string;
  pinned?: boolean;
}

/** Slots in MongoDB. Whoever calls holds the lease of the slot's aggregate, so a slot is never shown by two processes at once. */
export function slots(connection: Connection, client: WebClient): Slots {
  const records = connection.collection<SlotRecord>('slots');
  const direct = new Map<string, string>();
  let restsUntil = 0;

  /** Asks Slack, unless it wanted to be left alone for a while: then throws how long that still is. */
  const asking = async <T>(ask: () => Promise<T>): Promise<T> => {
    const left = restsUntil - Date.now();
    if (left > 0) throw Object.assign(new Error('Slack asked for a pause'), { retryAfter: left / 1_000 });
    try {
      return await ask();
    } catch (error) {
      restsUntil = Math.max(restsUntil, Date.now() + (retryAfter(error) ?? 0));
      throw error;
    }
  };

  const channelOf = async (place: Place): Promise<string> => {
    if ('channel' in place) return place.channel;
    const known = direct.get(place.person);
    if (known !== undefined) return known;
    const { channel } = await client.conversations.open({ users: place.person });
    if (channel?.id === undefined) throw new Error('conversations.open gave no channel');
    direct.set(place.person, channel.id);
    return channel.id;
  };

  const threadOf = async (key: string | undefined): Promise<string | undefined> => {
    if (key === undefined) return undefined;
    const parent = await records.findOne({ _id: key });
    if (parent?.ts === undefined) throw new Error(`the message of ${key} is not posted yet`);
    return parent.ts;
  };

  /** Notes that it is about to be sent; answers with what is known of an earlier try. */
  const announce = async (key: string, channel: string): Promise<SlotRecord | undefined> => {
    const earlier = await records.findOne({ _id: key });
    if (earlier !== null) return earlier;
    try {
      await records.insertOne({ _id: key, channel, since: new Date() });
      return undefined;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (await records.findOne({ _id: key })) ?? undefined;
    }
  };

  const post = async (slot: Slot, channel: string, thread: string | undefined): Promise<string> => {
    const message = {
      channel,
      ...spread(slot.content),
      metadata: { event_type: 'slipway_slot', event_payload: { key: slot.key } },
      unfurl_links: false,
      unfurl_media: false,
    };
    const { ts } = await client.chat.postMessage(
      thread === undefined ? message : { ...message, thread_ts: thread },
    );
    if (ts === undefined) throw new Error('chat.postMessage gave no ts');
    return ts;
  };

  const edit = async (slot: Slot, known: SlotRecord & { ts: string }): Promise<void> => {
    const hash = fingerprint(slot.content);
    if (known.hash === hash) return;
    try {
      await client.chat.update({ channel: known.channel, ts: known.ts, ...spread(slot.content) });
    } catch (error) {
      if (slackError(error) !== 'message_not_found') throw error;
      // Somebody deleted it: the thing still needs its message.
      await records.deleteOne({ _id: slot.key });
      return bringInLine(slot);
    }
    await records.updateOne({ _id: slot.key }, { $set: { hash } });
  };

  const pin = async (slot: Slot, channel: string, ts: string, pinned: boolean | undefined): Promise<void> => {
    if (!slot.pin || pinned) return;
    await client.pins.add({ channel, timestamp: ts }).catch((error: unknown) => {
      if (
        !['already_pinned', 'too_many_pins', 'not_pinnable', 'missing_scope'].includes(
          slackError(error) ?? '',
        )
      )
        throw error;
    });
    await records.updateOne({ _id: slot.key }, { $set: { pinned: true } });
  };

  const show = (slot: Slot): Promise<void> => asking(() => bringInLine(slot));

  const bringInLine = async (slot: Slot): Promise<void> => {
    const channel = await channelOf(slot.place);
    const thread = await threadOf(slot.thread);
    const earlier = await announce(slot.key, channel);
    if (earlier?.ts !== undefined) {
      await edit(slot, { ...earlier, ts: earlier.ts });
      return pin(slot, earlier.channel, earlier.ts, earlier.pinned);
    }
    const found = earlier === undefined ? undefined : await findPosted(client, earlier, thread);
    const ts = found ?? (await post(slot, channel, thread));
    // A message found again may say something older: without a hash the next look edits it.
    const hash = found === undefined ? { hash: fingerprint(slot.content) } : {};
    await records.updateOne({ _id: slot.key }, { $set: { ts, ...hash } });
    if (found !== undefined) await edit(slot, { _id: slot.key, channel, since: new Date(), ts });
    return pin(slot, channel, ts, false);
  };

  const shareOnce = async (file: SlotFile): Promise<void> => {
    const channel = await channelOf(file.place);
    const thread = await threadOf(file.thread);
    const earlier = await announce(file.key, channel);
    if (earlier?.ts !== undefined) return;
    if (earlier === undefined || !(await isShared(client, earlier, thread, file.filename))) {
      const { filename, title, text } = file;
      const upload = { channel_id: channel, filename, title, content: await text() };
      await client.filesUploadV2(thread === undefined ? upload : { ...upload, thread_ts: thread });
    }
    await records.updateOne({ _id: file.key }, { $set: { ts: 'shared' } });
  };

  return {
    show,
    showAll: async (wanted) => {
      const known = await records.find({ _id: { $in: wanted.map(({ key }) => key) } }).toArray();
      const shown = new Map(known.map((record) => [record._id, record]));
      const failures: unknown[] = [];
      for (const slot of wanted) {
        const record = shown.get(slot.key);
        const inLine =
          record?.ts !== undefined &&
          record.hash === fingerprint(slot.content) &&
          (!slot.pin || record.pinned);
        // One message that Slack refuses must not keep the others back.
        if (!inLine) await show(slot).catch((error: unknown) => failures.push(error));
        if (retryAfter(failures.at(-1)) !== undefined) break;
      }
      // Where Slack named a time to wait, that is what has to be heeded.
      if (failures.length > 0) throw failures.find((one) => retryAfter(one) !== undefined) ?? failures[0];
    },
    share: (file) => asking(() => shareOnce(file)),
    whereabouts: async (key) => {
      const known = await records.findOne({ _id: key });
      return known?.ts === undefined ? undefined : { channel: known.channel, ts: known.ts };
    },
    link: async (key) => {
      const known = await records.findOne({ _id: key });
      if (known?.ts === undefined) return undefined;
      const { permalink } = await client.chat.getPermalink({ channel: known.channel, message_ts: known.ts });
      return permalink;
    },
  };
}

function spread({ text, blocks }: Content): {
  text: string;
  blocks: NonNullable<Content['blocks']>[number][];
} {
  const words = asText(text);
  return {
    text: words,
    blocks:
      blocks === undefined
        ? [{ type: 'section', text: { type: 'mrkdwn', text: cut(words, 3_000), verbatim: true } }]
        : [...blocks],
  };
}

/** Slack's clock and ours may differ by as much as this. */
const skew = 10 * 60;

async function* recent(client: WebClient, { channel, since }: SlotRecord, thread: string | undefined) {
  const oldest = String(Math.floor(since.getTime() / 1000) - skew);
  let cursor: string | undefined;
  do {
    const asked = {
      channel,
      oldest,
      limit: 200,
      include_all_metadata: true,
      ...(cursor === undefined ? {} : { cursor }),
    };
    const page =
      thread === undefined
        ? await client.conversations.history(asked)
        : await client.conversations.replies({ ...asked, ts: thread });
    yield* page.messages ?? [];
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
}

/** The message that an earlier try may have posted before its process died, found by the key it was sent with. */
async function findPosted(
  client: WebClient,
  record: SlotRecord,
  thread: string | undefined,
): Promise<string | undefined> {
  for await (const message of recent(client, record, thread)) {
    const payload = message.metadata?.event_payload as { key?: unknown } | undefined;
    if (payload?.key === record._id) return message.ts;
  }
  return undefined;
}

async function isShared(
  client: WebClient,
  record: SlotRecord,
  thread: string | undefined,
  filename: string,
): Promise<boolean> {
  for await (const message of recent(client, record, thread)) {
    if (message.files?.some(({ name }) => name === filename)) return true;
  }
  return false;
}
