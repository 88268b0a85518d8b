import type { ProbeSettings } from '../../../config/house.js';
import { cut } from '../../../kernel/text.js';

/** What one look at production showed. */
export interface Seen {
  readonly ok: boolean;
  /** What came, in a few words: "answers 500", "does not answer (timeout)". */
  readonly came: string;
}

/** Asks an address once. Redirects are not followed, so that a probe of the home page cannot be satisfied by a login page. */
export async function httpProbe({ url, status, contains, timeLimit }: ProbeSettings): Promise<Seen> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeLimit),
      headers: { 'user-agent': 'slipway-probe', 'cache-control': 'no-cache' },
    });
    const body = await response.text();
    if (response.status !== status) return { ok: false, came: `answers ${response.status}` };
    if (contains !== undefined && !body.includes(contains))
      return { ok: false, came: `answers ${status} without "${cut(contains, 60)}"` };
    return { ok: true, came: `answers ${status}` };
  } catch (error) {
    return { ok: false, came: `does not answer (${reason(error)})` };
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  if (error.name === 'TimeoutError') return 'timeout';
  const cause = error.cause as { code?: unknown } | undefined;
  return typeof cause?.code === 'string' ? cause.code : error.name;
}
