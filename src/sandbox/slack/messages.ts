import { randomBytes } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Json } from './json.js';
import { type ChannelRecord, type MessageRecord, messagesIn, nextTs } from './records.js';
import type { Slack } from './slack.js';

export interface Draft {
  readonly channel: ChannelRecord;
  readonly user: string;
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
  readonly threadTs?: string;
  readonly metadata?: Json;
  /** Makes it ephemeral: seen by this person only. */
  readonly onlyFor?: string;
  readonly files?: readonly string[];
}

/** Blocks as Slack keeps them: each with a block_id, made up where none was given. */
export function withBlockIds<T extends { readonly block_id?: string }>(blocks: readonly T[]): readonly T[] {
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id || randomBytes(4).toString('base64url'),
  }));
}

export function post(slack: Slack, draft: Draft): MessageRecord {
  const { channel, threadTs, metadata, onlyFor } = draft;
  const message: MessageRecord = {
    channel: channel.id,
    ts: nextTs(slack.records, slack.now()),
    ...(threadTs === undefined ? {} : { threadTs }),
    user: draft.user,
    text: draft.text,
    blocks: withBlockIds(draft.blocks ?? []),
    ...(metadata === undefined ? {} : { metadata }),
    ...(onlyFor === undefined ? {} : { onlyFor }),
    pinned: false,
    files: draft.files ?? [],
  };
  messagesIn(slack.records, channel.id).push(message);
  if (draft.user !== slack.records.bot.userId) markRead(slack, draft.user, channel);
  slack.desk.tell({ type: 'message', message });
  return message;
}

export interface Change {
  readonly text?: string;
  readonly blocks?: readonly KnownBlock[];
  readonly metadata?: Json;
  readonly pinned?: boolean;
}

/**
 * Changes a message. Text without blocks takes the blocks away, blocks without text leave the text;
 * "edited" is shown only where there are no blocks. https://docs.slack.dev/reference/methods/chat.update
 */
export function change(
  slack: Slack,
  message: MessageRecord,
  { text, blocks, metadata, pinned }: Change,
): void {
  if (text !== undefined) message.text = text;
  if (text !== undefined || blocks !== undefined) {
    message.blocks = withBlockIds(blocks ?? []);
    if (message.blocks.length === 0)
      message.edited = { user: message.user, ts: nextTs(slack.records, slack.now()) };
  }
  if (metadata !== undefined) message.metadata = metadata;
  if (pinned !== undefined) message.pinned = pinned;
  slack.desk.tell({ type: 'message-changed', message });
}

export function remove(slack: Slack, message: MessageRecord): void {
  const messages = messagesIn(slack.records, message.channel);
  const at = messages.indexOf(message);
  if (at >= 0) messages.splice(at, 1);
  slack.desk.tell({ type: 'message-deleted', message });
}

/** The person has seen the channel up to its newest message. */
export function markRead(slack: Slack, user: string, channel: ChannelRecord): void {
  const newest = messagesIn(slack.records, channel.id).at(-1);
  if (newest !== undefined) slack.records.read[`${user}:${channel.id}`] = newest.ts;
}
