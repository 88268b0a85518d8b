import type { Json } from '../json.js';
import type { Ack, DeliveryKind } from './ack.js';
import { overHttp } from './over-http.js';
import type { SignedRequest } from './signing.js';
import { signedRequest } from './signing.js';
import type { Sockets } from './sockets.js';

export interface Delivery {
  /** Sends a payload to the bot and waits for its ack. */
  send(
    kind: DeliveryKind,
    payload: Json,
    retry?: { readonly num: number; readonly reason: string },
  ): Promise<Ack>;
  /** Sends a request byte for byte to the bot's HTTP endpoint. */
  replay(request: SignedRequest): Promise<Ack>;
  /** Several endpoints take turns, as behind a load balancer. */
  deliverTo(url: string | readonly string[] | undefined): void;
  /** The newest requests that went over HTTP, oldest first. */
  readonly sent: readonly SignedRequest[];
}

const remembered = 1000;

/** Delivers to the bot's endpoint where one is set, else over a Socket Mode connection, else to nobody. */
export function aDelivery(signingSecret: string, sockets: Sockets, ackWithin: number): Delivery {
  let endpoints: readonly string[] = [];
  const sent: SignedRequest[] = [];
  let turn = 0;
  const replay = (request: SignedRequest): Promise<Ack> => {
    sent.push(request);
    turn += 1;
    if (sent.length > remembered) sent.shift();
    const endpoint = endpoints[turn % endpoints.length];
    return endpoint === undefined ? nobody() : overHttp(endpoint, request, ackWithin);
  };
  return {
    sent,
    replay,
    deliverTo: (url) => {
      endpoints = url === undefined ? [] : [url].flat();
    },
    send: (kind, payload, retry) => {
      if (endpoints.length === 0) return sockets.send(kind, payload, ackWithin, retry);
      return replay(signedRequest(signingSecret, kind, payload, retry));
    },
  };
}

const nobody = (): Promise<Ack> =>
  Promise.resolve({ status: 0, body: undefined, problem: 'dispatch_failed' });
