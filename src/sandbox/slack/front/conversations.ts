import { listOf, textOf } from '../json.js';
import { type MessageRecord, messageAt, messagesIn } from '../records.js';
import { channelShape, messageShape } from '../shapes.js';
import { ApiError } from './api-error.js';
import { type Call, channelOf, flag, type MethodFamily, pageOf, required } from './method.js';

const reading = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const nextCursor = (next: string) => ({ response_metadata: { next_cursor: next } });

function list({ slack, args }: Call) {
  const types = (textOf(args.types) || 'public_channel').split(',').map((type) => type.trim());
  const wanted = slack.records.channels.filter(({ kind }) =>
    types.includes(kind === 'im' ? 'im' : 'public_channel'),
  );
  const { items, next } = pageOf(wanted, args);
  return { channels: items.map((channel) => channelShape(slack.records, channel)), ...nextCursor(next) };
}

function members(call: Call) {
  const { items, next } = pageOf(channelOf(call).members, call.args);
  return { members: items, ...nextCursor(next) };
}

/** Opens direct messages with one person. Everybody's exist from the start. */
function open({ slack, args }: Call) {
  const { records } = slack;
  const users = (
    Array.isArray(args.users) ? listOf(args.users).map(textOf) : textOf(args.users).split(',')
  ).filter(Boolean);
  const wanted = textOf(args.channel);
  if (users.length > 1)
    throw new ApiError('not_enough_users', { detail: 'group direct messages are not part of the sandbox' });
  const channel = records.channels.find(
    ({ id, with: user }) => user !== undefined && (user === users[0] || id === wanted),
  );
  if (channel === undefined) throw new ApiError(users.length === 0 ? 'channel_not_found' : 'user_not_found');
  const full = flag(args.return_im) ? channelShape(records, channel) : { id: channel.id };
  return { no_op: true, already_open: true, channel: full };
}

/** Messages between `oldest` and `latest`, newest first, as Slack pages them. */
function between(messages: readonly MessageRecord[], call: Call): readonly MessageRecord[] {
  const { args } = call;
  const oldest = Number(args.oldest ?? 0);
  const latest =
    args.latest === undefined || args.latest === '' ? Number.POSITIVE_INFINITY : Number(args.latest);
  const edges = flag(args.inclusive);
  const inside = ({ ts }: MessageRecord) =>
    edges ? Number(ts) >= oldest && Number(ts) <= latest : Number(ts) > oldest && Number(ts) < latest;
  return messages.filter((message) => message.onlyFor === undefined && inside(message));
}

function shown(call: Call, messages: readonly MessageRecord[]) {
  const { items, next } = pageOf(messages, call.args);
  const withMetadata = flag(call.args.include_all_metadata);
  return {
    messages: items.map((message) => messageShape(call.slack, message, withMetadata)),
    has_more: next !== '',
    ...nextCursor(next),
  };
}

function readHistory(call: Call) {
  const messages = messagesIn(call.slack.records, channelOf(call).id);
  const topLevel = messages.filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);
  return {
    ...shown(call, between(topLevel, call).toReversed()),
    pin_count: messages.filter(({ pinned }) => pinned).length,
  };
}

function replies(call: Call) {
  const { slack, args } = call;
  const channel = channelOf(call);
  const asked = messageAt(slack.records, channel.id, required(args, 'ts'));
  const parent = asked?.threadTs ?? asked?.ts;
  if (parent === undefined) throw new ApiError('thread_not_found');
  const thread = messagesIn(slack.records, channel.id).filter(
    ({ ts, threadTs }) => ts === parent || threadTs === parent,
  );
  const root = thread.filter(({ ts }) => ts === parent);
  const answers = between(thread, call).filter(({ ts }) => ts !== parent);
  return shown(call, [...root, ...answers]);
}

export const conversationMethods: MethodFamily = {
  'conversations.info': {
    scopes: reading,
    run: (call) => ({ channel: channelShape(call.slack.records, channelOf(call)) }),
  },
  'conversations.list': { scopes: reading, run: list },
  'conversations.members': { scopes: reading, run: members },
  'conversations.open': { scopes: ['im:write', 'mpim:write', 'channels:manage', 'groups:write'], run: open },
  'conversations.history': { scopes: history, run: readHistory },
  'conversations.replies': { scopes: history, run: replies },
};
