import type { KnownBlock } from '@slack/types';
import { aFile } from '../front/files.js';
import { isRecord, type Json, listOf, textOf } from '../json.js';
import { checkMessageBlocks } from '../limits/message.js';
import { post, withBlockIds } from '../messages.js';
import { commandFields } from '../payloads/commands.js';
import { type ChannelRecord, type FileRecord, isExternal, messageAt, type PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { type Answer, acked, mark, noticed, top } from './answer.js';
import { tellOfMessage } from './events.js';
import { asSent } from './typed.js';

export interface Words {
  readonly channel: ChannelRecord;
  readonly text: string;
  readonly threadTs?: string;
}

/** What a person types: a slash command when it starts with "/", else a message. */
export function type(slack: Slack, person: PersonRecord, words: Words): Promise<Answer> {
  return words.text.startsWith('/') ? command(slack, person, words) : say(slack, person, words);
}

async function say(slack: Slack, person: PersonRecord, { channel, text, threadTs }: Words): Promise<Answer> {
  if (!channel.members.includes(person.id))
    return noticed(slack, person, 'You are not a member of this channel.');
  const parent = threadTs === undefined ? undefined : messageAt(slack.records, channel.id, threadTs);
  const thread = threadTs === undefined ? {} : { threadTs: parent?.threadTs ?? threadTs };
  const message = post(slack, {
    channel,
    user: person.id,
    text: asSent(slack.records, text, 'message'),
    ...thread,
  });
  void tellOfMessage(slack, person, channel, message);
  return { ok: true, status: 200, ...top(slack, person) };
}

/** Shares a file in a channel, as dropping it there does. */
export function share(slack: Slack, person: PersonRecord, words: Words, picked: PickedFile): FileRecord {
  const { channel, text, threadTs } = words;
  const file = upload(slack, person, picked);
  file.channels.push(channel.id);
  const thread = threadTs === undefined ? {} : { threadTs };
  const sent = asSent(slack.records, text, 'message');
  const message = post(slack, { channel, user: person.id, text: sent, files: [file.id], ...thread });
  void tellOfMessage(slack, person, channel, message);
  return file;
}

/** A file that a person picks. */
export interface PickedFile {
  readonly name: string;
  readonly content: string | Buffer;
}

/** Stores a person's file. */
export function upload(slack: Slack, person: PersonRecord, { name, content }: PickedFile): FileRecord {
  const bytes = Buffer.from(content);
  const file = aFile(slack, name, person.id, bytes.length);
  file.complete = true;
  slack.journal.putFile(file.id, bytes);
  return file;
}

async function command(
  slack: Slack,
  person: PersonRecord,
  { channel, text, threadTs }: Words,
): Promise<Answer> {
  const [, name = '', rest = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const refuse = (sentence: string, status = 0) => noticed(slack, person, sentence, status, channel.id);
  const known = slack.manifest.commands.find((one) => one.command === name);
  if (known === undefined) return refuse(`${name} is not a valid command.`);
  if (isExternal(slack.records, person))
    return refuse(`${name} is not a valid command for people of another organization.`);
  if (threadTs !== undefined) return refuse(`${name} is not supported in threads. Sorry!`);
  const since = mark(slack);
  const fields = commandFields(
    slack,
    person,
    channel,
    name,
    asSent(slack.records, rest.trim(), known.escapes ? 'escaped command' : 'command'),
  );
  const ack = await slack.delivery.send('slash_commands', fields);
  if (ack.problem !== undefined) return refuse(`${name} failed with the error "${ack.problem}"`, ack.status);
  const said = sayAck(slack, person, channel, ack.body);
  if (said === undefined)
    return refuse(`${name} failed with the error "invalid_command_response"`, ack.status);
  return { ...acked(slack, person, ack, since), ...said };
}

/** Shows what a command was acked with: to the person alone unless it says in_channel. Undefined: Slack would not show that. */
function sayAck(
  slack: Slack,
  person: PersonRecord,
  channel: ChannelRecord,
  body: unknown,
): Partial<Answer> | undefined {
  const answer: Json = isRecord(body) ? body : { text: body };
  const given = listOf(answer.blocks);
  if (checkMessageBlocks(given).length > 0) return undefined;
  const blocks = withBlockIds(given as KnownBlock[]);
  const text = textOf(answer.text);
  if (text === '' && blocks.length === 0) return {};
  const everybody = answer.response_type === 'in_channel';
  post(slack, {
    channel,
    user: slack.records.bot.userId,
    text,
    blocks,
    ...(everybody ? {} : { onlyFor: person.id }),
  });
  return { text, blocks };
}
