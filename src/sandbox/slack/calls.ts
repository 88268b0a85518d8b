import type { NewsDesk } from './happenings.js';
import type { Json } from './json.js';

/** A Web API call that the bot made. */
export interface ApiCall {
  readonly method: string;
  /** Without the token; structured arguments are read from their JSON. */
  readonly arguments: Json;
  /** Milliseconds since 1970 by the real clock. */
  readonly at: number;
  /** Whether it took effect. */
  ok: boolean;
}

export interface Refusal {
  readonly method: string;
  readonly error?: string;
  /** HTTP status, 200 unless given; 429 brings Retry-After. */
  readonly status?: number;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly times?: number;
}

export interface Drop {
  readonly method: string;
  /** The call takes effect and its answer is lost; else it never arrives. */
  readonly afterDoing?: boolean;
}

/** The calls of the bot, and the trouble that tests have ordered for coming ones. */
export interface Calls {
  readonly made: readonly ApiCall[];
  record(call: ApiCall): ApiCall;
  refuseNext(refusal: Refusal): void;
  dropNext(drop: Drop): void;
  /** Trouble for this call, used up by asking. "*" stands for every method. */
  refusalFor(method: string): Refusal | undefined;
  dropFor(method: string): Drop | undefined;
}

/** A workspace that runs for days must not grow for ever. */
const remembered = 50_000;

export function noCalls(desk: NewsDesk): Calls {
  const made: ApiCall[] = [];
  const refusals: Refusal[] = [];
  const drops: Drop[] = [];
  const take = <T extends { readonly method: string }>(list: T[], method: string): T | undefined => {
    const at = list.findIndex((one) => one.method === method || one.method === '*');
    return at < 0 ? undefined : list.splice(at, 1)[0];
  };
  return {
    made,
    record: (call) => {
      made.push(call);
      if (made.length > remembered) made.shift();
      desk.tell({ type: 'call' });
      return call;
    },
    refuseNext: (refusal) => {
      for (let left = refusal.times ?? 1; left > 0; left -= 1) refusals.push(refusal);
    },
    dropNext: (drop) => void drops.push(drop),
    refusalFor: (method) => take(refusals, method),
    dropFor: (method) => take(drops, method),
  };
}
