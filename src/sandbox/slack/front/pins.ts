import { change } from '../messages.js';
import { type MessageRecord, messageAt, messagesIn } from '../records.js';
import { messageShape } from '../shapes.js';
import { ApiError } from './api-error.js';
import { type Call, channelOf, type MethodFamily, required } from './method.js';

function messageOf(call: Call): MessageRecord {
  const message = messageAt(call.slack.records, channelOf(call).id, required(call.args, 'timestamp'));
  if (message === undefined || message.onlyFor !== undefined) throw new ApiError('message_not_found');
  return message;
}

function add(call: Call) {
  const message = messageOf(call);
  if (message.pinned) throw new ApiError('already_pinned');
  change(call.slack, message, { pinned: true });
  return {};
}

function removePin(call: Call) {
  const message = messageOf(call);
  if (!message.pinned) throw new ApiError('no_pin');
  change(call.slack, message, { pinned: false });
  return {};
}

function list(call: Call) {
  const { slack } = call;
  const channel = channelOf(call);
  const pinned = messagesIn(slack.records, channel.id).filter((message) => message.pinned);
  const items = pinned.map((message) => ({
    type: 'message',
    channel: channel.id,
    created: Math.floor(Number(message.ts)),
    created_by: slack.records.bot.userId,
    message: messageShape(slack, message),
  }));
  return { items };
}

export const pinMethods: MethodFamily = {
  'pins.add': { scopes: ['pins:write'], run: add },
  'pins.remove': { scopes: ['pins:write'], run: removePin },
  'pins.list': { scopes: ['pins:read'], run: list },
};
