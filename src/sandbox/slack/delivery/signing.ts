import { createHmac } from 'node:crypto';
import type { Json } from '../json.js';
import type { DeliveryKind } from './ack.js';

/** A request as Slack signs it. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export interface SignedRequest {
  readonly body: string;
  readonly contentType: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** `v0=` and the HMAC-SHA256 of `v0:timestamp:body`. */
  readonly signature: string;
  readonly retry?: { readonly num: number; readonly reason: string };
}

export const signatureOf = (secret: string, timestamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

const form = 'application/x-www-form-urlencoded';

/** Slash commands travel as form fields, interactions as a form with one JSON field, events as JSON. */
export function signedRequest(
  secret: string,
  kind: DeliveryKind,
  payload: Json,
  retry?: SignedRequest['retry'],
): SignedRequest {
  const body =
    kind === 'events_api'
      ? JSON.stringify(payload)
      : new URLSearchParams(
          kind === 'interactive' ? { payload: JSON.stringify(payload) } : asFields(payload),
        ).toString();
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    body,
    contentType: kind === 'events_api' ? 'application/json' : form,
    timestamp,
    signature: signatureOf(secret, timestamp, body),
    ...(retry === undefined ? {} : { retry }),
  };
}

const asFields = (payload: Json): Record<string, string> =>
  Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
