import { setTimeout as pause } from 'node:timers/promises';
import bolt from '@slack/bolt';
import type { Application, Request, Response } from 'express';
import type { SeenRequests } from '../store/requests.js';

const { ExpressReceiver } = bolt;

// Slack's own rule for the past, which Bolt applies; Bolt 5.1 accepts any timestamp in the future.
const skewSeconds = 5 * 60;
const path = '/slack/events';

/** How long the store may take to say whether a request was seen, in milliseconds. */
const storePatience = 500;

/**
 * Receives Slack's requests on an Express app at `/slack/events`: Bolt verifies the signature, then a timestamp in
 * the future or a request seen before is answered 401 and goes no further. Where the store cannot say whether a
 * request was seen, this process's own memory decides; recording anything needs the store anyway.
 */
export function freshReceiver(
  http: Application,
  signingSecret: string,
  seen: SeenRequests,
  logger: bolt.Logger,
): bolt.Receiver {
  const mine = new Set<string>();

  const isFresh = async (request: Request): Promise<boolean> => {
    const sent = Number(request.get('x-slack-request-timestamp'));
    const signature = request.get('x-slack-signature') ?? '';
    if (!(sent <= Date.now() / 1000 + skewSeconds) || mine.has(signature)) return false;
    mine.add(signature);
    setTimeout(() => mine.delete(signature), 2 * skewSeconds * 1000).unref();
    return Promise.race([
      seen.isFirst(signature).catch(() => true),
      pause(storePatience, true, { ref: false }),
    ]);
  };

  class FreshReceiver extends ExpressReceiver {
    override async requestHandler(request: Request, response: Response): Promise<void> {
      if (await isFresh(request)) return super.requestHandler(request, response);
      response.status(401).send();
    }
  }
  const receiver = new FreshReceiver({ signingSecret, app: http, endpoints: path, logger });
  http.use(receiver.router);
  return receiver;
}
