import type { Logger } from 'pino';
import type { Lease, Leases } from '../store/leases.js';

/** Long work that one process at a time does: watching a deployment, probing production. */
export interface Background {
  /** Does the work unless somebody does it already. Returns at once; what it throws is logged and left for the next look. */
  run(key: string, work: (lease: Lease) => Promise<void>): void;
  /** Whether this process is stopping: long work should leave off at its next step. */
  stopping(): boolean;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Background work under leases. */
export function background(leases: Leases, log: Logger): Background {
  const running = new Map<string, Promise<void>>();
  let stopping = false;

  const once = async (key: string, work: (lease: Lease) => Promise<void>): Promise<void> => {
    const lease = await leases.take(key);
    if (lease === undefined) return;
    try {
      await work(lease);
    } finally {
      await lease.release();
    }
  };

  const all = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running.values()]);
  };

  return {
    run: (key, work) => {
      if (stopping || running.has(key)) return;
      const done = once(key, work)
        .catch((error: unknown) => log.warn({ err: error, work: key }, 'background work has to wait'))
        .finally(() => running.delete(key));
      running.set(key, done);
    },
    stopping: () => stopping,
    idle: all,
    stop: async () => {
      stopping = true;
      await all();
    },
  };
}
