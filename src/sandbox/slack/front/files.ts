import { randomBytes } from 'node:crypto';
import { recordsOf, textOf } from '../json.js';
import { post } from '../messages.js';
import { type FileRecord, messageAt } from '../records.js';
import { fileShape } from '../shapes.js';
import type { Slack } from '../slack.js';
import { ApiError } from './api-error.js';
import {
  type Call,
  channelOf,
  invalidArguments,
  type MethodFamily,
  messageBlocks,
  required,
  structured,
} from './method.js';

const types: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  zip: 'application/zip',
};

const typeOf = (name: string): string =>
  types[name.toLowerCase().split('.').at(-1) ?? ''] ?? 'application/octet-stream';

/** A file's record before its content has come. */
export function aFile(slack: Slack, name: string, user: string, size: number): FileRecord {
  const id = `F${randomBytes(5).toString('hex').toUpperCase()}`;
  const created = Math.floor(slack.now() / 1000);
  const file: FileRecord = {
    id,
    name,
    title: name,
    mimetype: typeOf(name),
    size,
    user,
    created,
    channels: [],
    complete: false,
  };
  slack.records.files.push(file);
  return file;
}

function getUploadUrl({ slack, args }: Call) {
  const length = Number(required(args, 'length'));
  if (!Number.isInteger(length) || length <= 0)
    throw invalidArguments('must be greater than 0 [json-pointer:/length]');
  const file = aFile(slack, required(args, 'filename'), slack.records.bot.userId, length);
  file.upload = randomBytes(12).toString('hex');
  return { upload_url: `${slack.url()}/upload/${file.upload}`, file_id: file.id };
}

/** Takes the content that was sent to an upload address. Undefined: there is no such address (any more). */
export function receiveUpload(slack: Slack, upload: string, content: Buffer): FileRecord | undefined {
  const file = slack.records.files.find((known) => known.upload === upload);
  if (file === undefined) return undefined;
  delete file.upload;
  file.size = content.length;
  slack.journal.putFile(file.id, content);
  return file;
}

function uploaded(slack: Slack, id: string): FileRecord {
  const file = slack.records.files.find((known) => known.id === id);
  if (file === undefined || file.upload !== undefined) throw new ApiError('file_not_found');
  return file;
}

function complete(call: Call) {
  const { slack, args } = call;
  const entries = recordsOf(structured(args, 'files', 'invalid_arguments'));
  if (entries.length === 0) throw invalidArguments('missing required field: files [json-pointer:/files]');
  const files = entries.map((entry) => ({
    file: uploaded(slack, textOf(entry.id)),
    title: textOf(entry.title),
  }));
  const shareIn = textOf(args.channel_id) === '' ? undefined : channelOf(call, 'channel_id');
  for (const { file, title } of files) {
    file.title = title || file.title;
    file.complete = true;
    if (shareIn !== undefined) file.channels.push(shareIn.id);
  }
  if (shareIn !== undefined) {
    const ts = textOf(args.thread_ts);
    if (ts !== '' && messageAt(slack.records, shareIn.id, ts) === undefined)
      throw new ApiError('thread_not_found');
    const blocks = messageBlocks(args);
    post(slack, {
      channel: shareIn,
      user: slack.records.bot.userId,
      text: textOf(args.initial_comment),
      ...(blocks === undefined ? {} : { blocks }),
      ...(ts === '' ? {} : { threadTs: ts }),
      files: files.map(({ file }) => file.id),
    });
  }
  return { files: files.map(({ file }) => fileShape(slack, file)) };
}

function fileOf({ slack, args }: Call): FileRecord {
  const file = slack.records.files.find(({ id }) => id === required(args, 'file'));
  if (file === undefined || !file.complete) throw new ApiError('file_not_found');
  return file;
}

export const fileMethods: MethodFamily = {
  'files.getUploadURLExternal': { scopes: ['files:write'], run: getUploadUrl },
  'files.completeUploadExternal': { scopes: ['files:write'], run: complete },
  'files.info': {
    scopes: ['files:read'],
    run: (call) => ({ file: fileShape(call.slack, fileOf(call)), comments: [] }),
  },
};
