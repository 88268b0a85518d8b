import express, { type Response as Answer, Router } from 'express';
import { recordOf, textOf } from '../json.js';
import type { FileRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { receiveUpload } from './files.js';

/** Upload addresses, and downloads: for the bot with its token, for the page without. */
export function content(slack: Slack): Router {
  const router = Router();
  router.post(
    '/upload/:upload',
    express.raw({ type: () => true, limit: '50mb' }),
    async (request, response) => {
      const raw: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const bytes = await contentOf(raw, request.get('content-type') ?? '');
      const file = receiveUpload(slack, textOf(request.params.upload), bytes);
      if (file === undefined) return void response.status(404).type('text').send('not found');
      response.type('text').send(`OK - ${bytes.length}`);
    },
  );
  router.get(['/files-pri/:file/:name', '/files-pri/:file/download/:name'], (request, response) => {
    if (request.get('authorization') !== `Bearer ${slack.records.secrets.botToken}`) {
      return void response.redirect(302, '/');
    }
    send(slack, response, textOf(request.params.file).split('-').at(-1) ?? '');
  });
  router.get('/sandbox/files/:file', (request, response) =>
    send(slack, response, textOf(request.params.file)),
  );
  return router;
}

/** Content comes bare or as a form, whose one file is it. */
async function contentOf(raw: Buffer, contentType: string): Promise<Buffer> {
  if (contentType.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(raw), {
      headers: { 'content-type': contentType },
    }).formData();
    for (const part of form.values()) {
      return typeof part === 'string'
        ? Buffer.from(part)
        : Buffer.from(new Uint8Array(await part.arrayBuffer()));
    }
  }
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const { body } = recordOf(Object.fromEntries(new URLSearchParams(raw.toString())));
    if (typeof body === 'string') return Buffer.from(body);
  }
  return raw;
}

function send(slack: Slack, response: Answer, id: string): void {
  const file: FileRecord | undefined = slack.records.files.find((known) => known.id === id && known.complete);
  const bytes = file === undefined ? undefined : slack.journal.getFile(file.id);
  if (file === undefined || bytes === undefined)
    return void response.status(404).type('text').send('not found');
  // A file that somebody uploaded must not run as a page of the sandbox.
  response.set({
    'content-type': file.mimetype.startsWith('text/') ? 'text/plain; charset=utf-8' : file.mimetype,
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
    'content-disposition': `${file.mimetype.startsWith('image/') ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
  });
  response.send(bytes);
}
