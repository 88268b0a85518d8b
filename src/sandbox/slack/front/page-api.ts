import express, { type Request, type Response, Router } from 'express';
import type { Act, Happening, Outcome } from '../contract.js';
import { recordOf, textOf } from '../json.js';
import { perform } from '../page-acts.js';
import { happeningFor, messagesFor, stateFor } from '../page-state.js';
import { share, upload } from '../people/talk.js';
import { type PersonRecord, personById } from '../records.js';
import { fileShape } from '../shapes.js';
import type { Slack } from '../slack.js';

/** What contract.ts promises the page. */
export function pageApi(slack: Slack): Router {
  const router = Router();
  router.get('/state', (request, response) => {
    const person = personOf(slack, request, response);
    if (person !== undefined) response.json(stateFor(slack, person));
  });
  router.get('/messages', (request, response) => {
    const person = personOf(slack, request, response);
    if (person !== undefined) response.json(messagesFor(slack, person, textOf(request.query.channel)));
  });
  router.get('/events', (request, response) => {
    const person = personOf(slack, request, response);
    if (person !== undefined) stream(slack, person, response);
  });
  router.post('/act', async (request, response) => {
    // A JSON body cannot be sent across origins without being asked first, so other pages cannot act here.
    if (!request.is('application/json'))
      return void response.status(415).json({ ok: false, problem: 'Send an Act as JSON.' });
    const person = personOf(slack, request, response);
    if (person === undefined) return;
    const outcome: Outcome = await perform(slack, person, recordOf(request.body) as unknown as Act);
    response.json(outcome);
  });
  // Bytes under this type cannot be sent across origins unasked either.
  router.post(
    '/upload',
    express.raw({ type: 'application/octet-stream', limit: '50mb' }),
    async (request, response) => {
      const person = personOf(slack, request, response);
      if (person !== undefined) await receive(slack, person, request, response);
    },
  );
  return router;
}

async function receive(
  slack: Slack,
  person: PersonRecord,
  request: Request,
  response: Response,
): Promise<void> {
  const { name, channel, threadTs } = request.query;
  const content: unknown = request.body;
  if (textOf(name) === '' || !Buffer.isBuffer(content)) {
    response.status(400).json({ ok: false, problem: 'Send a name and the bytes of a file.' });
    return;
  }
  const picked = { name: textOf(name), content };
  const place = slack.records.channels.find(
    ({ id, members }) => id === channel && members.includes(person.id),
  );
  const thread = textOf(threadTs) === '' ? {} : { threadTs: textOf(threadTs) };
  const file =
    place === undefined
      ? upload(slack, person, picked)
      : share(slack, person, { channel: place, text: '', ...thread }, picked);
  response.json(fileShape(slack, file));
}

/** Without a name the page gets the first person. */
function personOf(slack: Slack, request: Request, response: Response): PersonRecord | undefined {
  const id = textOf(request.query.as);
  const person = id === '' ? slack.records.people.find(({ bot }) => !bot) : personById(slack.records, id);
  if (person === undefined || person.bot)
    response.status(404).json({ ok: false, problem: 'There is no such person here.' });
  return person?.bot === true ? undefined : person;
}

const heartbeat = 20_000;

function stream(slack: Slack, person: PersonRecord, response: Response): void {
  response.set({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  response.write(': here\n\n');
  const deaf = slack.desk.listen((news) => {
    for (const happening of happeningFor(slack, person, news)) response.write(written(happening));
  });
  const alive = setInterval(() => response.write(': still here\n\n'), heartbeat).unref();
  response.on('close', () => {
    clearInterval(alive);
    deaf();
  });
}

const written = (happening: Happening): string => `data: ${JSON.stringify(happening)}\n\n`;
