import { textOf } from '../json.js';
import { change, post, remove } from '../messages.js';
import { type ChannelRecord, type MessageRecord, messageAt } from '../records.js';
import { messageShape } from '../shapes.js';
import { ApiError } from './api-error.js';
import {
  type Call,
  channelOf,
  type MethodFamily,
  messageBlocks,
  messageMetadata,
  personOf,
  required,
} from './method.js';

const scopes = ['chat:write'];

/** What a message shows; text alone, blocks alone or both, never nothing. */
function contentOf({ args }: Call) {
  const blocks = messageBlocks(args);
  const text = textOf(args.text);
  if (text === '' && (blocks === undefined || blocks.length === 0)) throw new ApiError('no_text');
  const metadata = messageMetadata(args);
  return {
    text,
    ...(blocks === undefined ? {} : { blocks }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function threadOf({ slack, args }: Call, channel: ChannelRecord): { readonly threadTs?: string } {
  const ts = textOf(args.thread_ts);
  if (ts === '') return {};
  const parent = messageAt(slack.records, channel.id, ts);
  // Slack takes a reply to nothing without a word and shows it nowhere; here it is said.
  if (parent === undefined) throw new ApiError('thread_not_found');
  return { threadTs: parent.threadTs ?? parent.ts };
}

function memberChannel(call: Call): ChannelRecord {
  const channel = channelOf(call);
  if (!channel.members.includes(call.slack.records.bot.userId)) throw new ApiError('not_in_channel');
  return channel;
}

/** One of the bot's own messages. Ephemeral ones cannot be found again, as in Slack. */
function ownMessage(call: Call, refusal: string): MessageRecord {
  const { slack, args } = call;
  const message = messageAt(slack.records, channelOf(call).id, required(args, 'ts'));
  if (message === undefined || message.onlyFor !== undefined) throw new ApiError('message_not_found');
  if (message.user !== slack.records.bot.userId) throw new ApiError(refusal);
  return message;
}

function postMessage(call: Call) {
  const { slack } = call;
  const channel = memberChannel(call);
  const { text, ...content } = contentOf(call);
  const user = slack.records.bot.userId;
  // Slack cuts a text at 40,000 characters rather than refuse it.
  const message = post(slack, {
    channel,
    user,
    text: text.slice(0, 40_000),
    ...content,
    ...threadOf(call, channel),
  });
  return { channel: channel.id, ts: message.ts, message: messageShape(slack, message) };
}

function postEphemeral(call: Call) {
  const { slack } = call;
  const channel = memberChannel(call);
  const person = personOf(call);
  if (!channel.members.includes(person.id)) throw new ApiError('user_not_in_channel');
  const user = slack.records.bot.userId;
  const message = post(slack, {
    channel,
    user,
    ...contentOf(call),
    ...threadOf(call, channel),
    onlyFor: person.id,
  });
  return { message_ts: message.ts };
}

function update(call: Call) {
  const { slack, args } = call;
  const message = ownMessage(call, 'cant_update_message');
  const blocks = messageBlocks(args);
  const metadata = messageMetadata(args);
  const text = typeof args.text === 'string' ? args.text : undefined;
  if (text === undefined && blocks === undefined) throw new ApiError('no_text');
  if ((text ?? '').length > 4000) throw new ApiError('msg_too_long');
  if (text === '' && (blocks === undefined || blocks.length === 0)) throw new ApiError('no_text');
  change(slack, message, {
    ...(text === undefined ? {} : { text }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  return {
    channel: message.channel,
    ts: message.ts,
    text: message.text,
    message: messageShape(slack, message),
  };
}

function deleteMessage(call: Call) {
  const message = ownMessage(call, 'cant_delete_message');
  remove(call.slack, message);
  return { channel: message.channel, ts: message.ts };
}

function getPermalink(call: Call) {
  const { slack, args } = call;
  const channel = channelOf(call);
  const message = messageAt(slack.records, channel.id, required(args, 'message_ts'));
  if (message === undefined) throw new ApiError('message_not_found');
  const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return {
    channel: channel.id,
    permalink: `${slack.url()}/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`,
  };
}

export const chatMethods: MethodFamily = {
  'chat.postMessage': { scopes, run: postMessage },
  'chat.postEphemeral': { scopes, run: postEphemeral },
  'chat.update': { scopes, run: update },
  'chat.delete': { scopes, run: deleteMessage },
  'chat.getPermalink': { scopes: [], run: getPermalink },
};
