import type { SignedRequest } from '../delivery/signing.js';
import { signatureOf } from '../delivery/signing.js';
import type { Slack } from '../slack.js';
import type { Answer } from './answer.js';

export interface Replay {
  /** The last one that anybody sent, unless given. */
  readonly request?: SignedRequest;
  /** Signed with a secret that is not the app's. */
  readonly forged?: boolean;
  /** Rightly signed for now and so many seconds: negative is old, positive from the future. */
  readonly seconds?: number;
}

/** Sends requests as an attacker or a confused network would. Only over HTTP. */
export const replayer =
  (slack: Slack) =>
  async ({ request = slack.delivery.sent.at(-1), forged = false, seconds }: Replay = {}): Promise<Answer> => {
    if (request === undefined) throw new Error('No request has been sent that could be sent again.');
    const again =
      forged || seconds !== undefined ? signedAnew(slack, request, forged, seconds ?? 0) : request;
    const ack = await slack.delivery.replay(again);
    const text = typeof ack.body === 'string' ? { text: ack.body } : {};
    return { ok: ack.problem === undefined, status: ack.status, ...text };
  };

function signedAnew(slack: Slack, request: SignedRequest, forged: boolean, seconds: number): SignedRequest {
  const timestamp = Math.floor(Date.now() / 1000) + seconds;
  const secret = forged ? 'not the secret of this app' : slack.records.secrets.signingSecret;
  return { ...request, timestamp, signature: signatureOf(secret, timestamp, request.body) };
}
