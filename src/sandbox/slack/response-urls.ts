import { randomBytes } from 'node:crypto';

/** What an interaction's response_url answers to. */
export interface Origin {
  readonly user: string;
  readonly channel: string;
  /** The message that was clicked, for replace_original and delete_original. */
  readonly ts?: string;
}

export interface ResponseUrls {
  /** Gives the path of a fresh response_url. */
  issue(origin: Origin, kind: 'commands' | 'actions'): string;
  /** Counts one use: five within thirty minutes, as Slack has it. */
  use(id: string): Origin | 'used_url' | 'expired_url';
}

const uses = 5;
const life = 30 * 60_000;

export function noResponseUrls(team: string): ResponseUrls {
  const issued = new Map<string, { readonly origin: Origin; readonly until: number; left: number }>();
  return {
    issue: (origin, kind) => {
      const id = randomBytes(16).toString('hex');
      issued.set(id, { origin, until: Date.now() + life, left: uses });
      return `/hooks/${kind}/${team}/${id}`;
    },
    use: (id) => {
      const known = issued.get(id);
      if (known === undefined || known.until < Date.now()) return 'expired_url';
      if (known.left === 0) return 'used_url';
      known.left -= 1;
      return known.origin;
    },
  };
}
