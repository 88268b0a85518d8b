import { isRecord } from '../json.js';
import type { Ack } from './ack.js';
import type { SignedRequest } from './signing.js';

/** Posts a request to the bot's endpoint; whoever has not answered in time (milliseconds) is given up on. */
export async function overHttp(url: string, request: SignedRequest, within: number): Promise<Ack> {
  const { retry } = request;
  const headers = {
    'content-type': request.contentType,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(request.timestamp),
    'x-slack-signature': request.signature,
    ...(retry === undefined
      ? {}
      : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
  };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(within),
    });
    const text = await response.text();
    if (!response.ok) return { status: response.status, body: text, problem: 'dispatch_failed' };
    return { status: response.status, body: bodyOf(text, response.headers.get('content-type') ?? '') };
  } catch (error) {
    const late = isRecord(error) && error.name === 'TimeoutError';
    return { status: 0, body: undefined, problem: late ? 'operation_timeout' : 'dispatch_failed' };
  }
}

function bodyOf(text: string, contentType: string): unknown {
  if (text === '') return undefined;
  if (!contentType.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
