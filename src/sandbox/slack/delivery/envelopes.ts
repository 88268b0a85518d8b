import { randomUUID } from 'node:crypto';
import { type Json, recordOf } from '../json.js';
import type { DeliveryKind } from './ack.js';

/** What travels over Socket Mode. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type Envelope = Json & { readonly envelope_id: string };

export function envelope(
  kind: DeliveryKind,
  payload: Json,
  retry?: { num: number; reason: string },
): Envelope {
  const tried =
    kind === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {};
  return {
    envelope_id: randomUUID(),
    type: kind,
    payload,
    accepts_response_payload: kind !== 'events_api',
    ...tried,
  };
}

/** The first message on a connection. */
export const hello = (appId: string, connections: number): Json => ({
  type: 'hello',
  num_connections: connections,
  debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18060 },
  connection_info: { app_id: appId },
});

/** A client's message; whatever cannot be read is an empty one. */
export function parsed(message: string): Json {
  try {
    return recordOf(JSON.parse(message));
  } catch {
    return {};
  }
}

/** A client that acks with a text sends it as `{ text }`, one that acks with nothing sends `{}`. */
export function bodyOf(payload: unknown): unknown {
  const body = recordOf(payload);
  return Object.keys(body).length === 0 ? undefined : body;
}
