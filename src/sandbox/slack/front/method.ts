import type { KnownBlock } from '@slack/types';
import { isRecord, type Json, listOf, textOf } from '../json.js';
import { checkMessageBlocks } from '../limits/message.js';
import { type ChannelRecord, channelNamed, type PersonRecord, personById } from '../records.js';
import type { Slack } from '../slack.js';
import { ApiError } from './api-error.js';

/** One call of a Web API method. */
export interface Call {
  readonly slack: Slack;
  readonly args: Json;
}

export interface Method {
  /** OAuth scopes of which the bot needs one; none for those that any token may call. */
  readonly scopes: readonly string[];
  /** Gives the answer without its `ok: true`, or throws an ApiError. */
  readonly run: (call: Call) => Json | Promise<Json>;
}

export type MethodFamily = Readonly<Record<string, Method>>;

/** A text argument that must be there: `invalid_arguments` without it. */
export function required(args: Json, name: string): string {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value !== '') return value;
  throw invalidArguments(`missing required field: ${name} [json-pointer:/${name}]`);
}

export const flag = (value: unknown): boolean =>
  value === true || value === 'true' || value === 1 || value === '1';

export const invalidArguments = (...messages: readonly string[]): ApiError =>
  new ApiError('invalid_arguments', {
    response_metadata: { messages: messages.map((text) => `[ERROR] ${text}`) },
  });

/** A structured argument, which form-encoded calls carry as JSON text. */
export function structured(args: Json, name: string, unreadable: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw new ApiError(unreadable);
  }
}

/** The blocks of a message, checked against Slack's limits; undefined when none were given. */
export function messageBlocks(args: Json): readonly KnownBlock[] | undefined {
  const blocks = structured(args, 'blocks', 'invalid_blocks_format');
  if (blocks === undefined || blocks === null) return undefined;
  if (!Array.isArray(blocks)) throw new ApiError('invalid_blocks_format');
  const faults = checkMessageBlocks(blocks);
  if (faults.length > 0)
    throw new ApiError('invalid_blocks', { errors: faults, response_metadata: { messages: faults } });
  return listOf(blocks) as readonly KnownBlock[];
}

export function messageMetadata(args: Json): Json | undefined {
  const metadata = structured(args, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined || metadata === null) return undefined;
  if (!isRecord(metadata)) throw new ApiError('invalid_metadata_format');
  if (Object.keys(metadata).length === 0) return {};
  if (textOf(metadata.event_type) === '' || !isRecord(metadata.event_payload))
    throw new ApiError('invalid_metadata_schema');
  if (JSON.stringify(metadata.event_payload).length > 8000) throw new ApiError('metadata_too_large');
  return metadata;
}

/** A channel that the bot is in. A person's id stands for the direct messages with them. */
export function channelOf({ slack, args }: Call, name = 'channel'): ChannelRecord {
  const word = required(args, name);
  const channel =
    slack.records.channels.find(({ id, with: user }) => id === word || user === word) ??
    (word.startsWith('#') ? channelNamed(slack.records, word) : undefined);
  if (channel === undefined) throw new ApiError('channel_not_found');
  return channel;
}

export function personOf({ slack, args }: Call, name = 'user'): PersonRecord {
  const person = personById(slack.records, required(args, name));
  if (person === undefined) throw new ApiError('user_not_found');
  return person;
}

/** One page of a list by Slack's cursors. */
export function pageOf<T>(
  items: readonly T[],
  args: Json,
): { readonly items: readonly T[]; readonly next: string } {
  const from = Number(Buffer.from(textOf(args.cursor), 'base64url').toString() || 0);
  if (!Number.isInteger(from) || from < 0) throw new ApiError('invalid_cursor');
  const size = Math.min(Math.max(Number(args.limit ?? 100) || 100, 1), 1000);
  const next = from + size < items.length ? Buffer.from(String(from + size)).toString('base64url') : '';
  return { items: items.slice(from, from + size), next };
}
