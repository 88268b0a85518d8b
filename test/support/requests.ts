import { type SignedRequest, signatureOf } from '../../src/sandbox/slack/delivery/signing.js';
import type { Answer } from '../../src/sandbox/slack/people/answer.js';
import type { Person } from '../../src/sandbox/slack/workspace.js';
import type { World } from './world.js';

/** What a request tells, where it can be read and changed: an interaction's payload or a command's fields. */
export type Payload = Record<string, unknown>;

function payloadOf({ body }: SignedRequest): Payload {
  const form = new URLSearchParams(body);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : (JSON.parse(payload) as Payload);
}

function bodyOf(request: SignedRequest, payload: Payload): string {
  const fields = new URLSearchParams(request.body).has('payload')
    ? { payload: JSON.stringify(payload) }
    : (payload as Record<string, string>);
  return new URLSearchParams(fields).toString();
}

/** The last request, changed and signed anew with the app's own secret: what only Slack could send. */
export async function sendsChanged(
  world: World,
  person: Person,
  change: (payload: Payload) => Payload,
): Promise<Answer> {
  const request = person.lastRequest();
  if (request === undefined) throw new Error('no request was sent yet');
  const body = bodyOf(request, change(payloadOf(request)));
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = signatureOf(world.workspace.signingSecret, timestamp, body);
  return person.sends({ request: { ...request, body, timestamp, signature } });
}

/** Posts anything to the endpoint that Slack calls; gives the HTTP status. */
export async function posts(world: World, headers: Record<string, string>, body: string): Promise<number> {
  const response = await fetch(`${world.bot.url}/slack/events`, { method: 'POST', headers, body });
  await response.text();
  return response.status;
}
