import { type Response, Router } from 'express';
import { type Json, recordOf, textOf } from '../json.js';
import { change, post, remove } from '../messages.js';
import { type ChannelRecord, channelNamed, type MessageRecord, messageAt } from '../records.js';
import type { Origin } from '../response-urls.js';
import type { Slack } from '../slack.js';
import { ApiError } from './api-error.js';
import { flag, messageBlocks, messageMetadata } from './method.js';

/** Where response_urls lead. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export function hooks(slack: Slack): Router {
  const router = Router();
  router.post('/:kind/:team/:id', (request, response) => {
    const origin = slack.responseUrls.use(textOf(request.params.id));
    if (typeof origin === 'string') return void response.status(404).json({ ok: false, error: origin });
    respond(slack, origin, recordOf(request.body), response);
  });
  return router;
}

function respond(slack: Slack, origin: Origin, body: Json, response: Response): void {
  try {
    takeEffect(slack, origin, body);
    response.json({ ok: true });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    response.status(400).json({ ok: false, error: error.code, ...error.more });
  }
}

/** What a message answer to an interaction does: deletes, replaces, or posts (ephemeral unless in_channel). */
function takeEffect(slack: Slack, origin: Origin, body: Json): void {
  const channel = channelNamed(slack.records, origin.channel);
  if (channel === undefined) throw new ApiError('channel_not_found');
  if (flag(body.delete_original)) remove(slack, original(slack, origin, channel));
  else if (flag(body.replace_original)) change(slack, original(slack, origin, channel), content(body));
  else say(slack, origin, channel, body);
}

function original(slack: Slack, { ts }: Origin, channel: ChannelRecord): MessageRecord {
  const message = ts === undefined ? undefined : messageAt(slack.records, channel.id, ts);
  if (message === undefined) throw new ApiError('message_not_found');
  return message;
}

function content(body: Json) {
  const blocks = messageBlocks(body);
  const metadata = messageMetadata(body);
  const text = typeof body.text === 'string' ? body.text : undefined;
  if (!text && (blocks === undefined || blocks.length === 0)) throw new ApiError('no_text');
  return {
    ...(text === undefined ? {} : { text }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function say(slack: Slack, origin: Origin, channel: ChannelRecord, body: Json): void {
  const threadTs = textOf(body.thread_ts);
  post(slack, {
    channel,
    user: slack.records.bot.userId,
    text: '',
    ...content(body),
    ...(threadTs === '' ? {} : { threadTs }),
    ...(body.response_type === 'in_channel' ? {} : { onlyFor: origin.user }),
  });
}
