import type { Logger } from 'pino';
import type { Leases } from '../store/leases.js';

/** One kind of aggregate, and how what follows from its state is brought about. */
export interface Following {
  readonly kind: string;
  /** Ids of what was changed and not yet followed, and of what time alone may have moved on. */
  waiting(): Promise<string[]>;
  /** Does everything that follows from the state as it is now. Idempotent; throws when something has to wait. */
  follow(id: string): Promise<void>;
}

export interface Reconciler {
  /** A hint that this aggregate was changed: it is followed soon. A lost hint costs only time. */
  changed(kind: string, id: string): void;
  /** Follows everything that waits: at start-up and periodically. */
  sweep(): Promise<void>;
  /** Resolves when nothing is under way or about to be tried again. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

interface Tools {
  readonly leases: Leases;
  readonly log: Logger;
  /** How soon to try again what failed or is held by another process, in milliseconds; doubles up to 30 s. */
  readonly pause: number;
  /** How long an error asks to wait, when it says so. */
  readonly wants: (error: unknown) => number | undefined;
}

/** Keeps messages and jobs in line with the state: each aggregate by one process at a time, each as often as it changes. */
export function reconciler(
  followings: readonly Following[],
  { leases, log, pause, wants }: Tools,
): Reconciler {
  const byKind = new Map(followings.map((following) => [following.kind, following]));
  const running = new Map<string, { again: boolean; done: Promise<void> }>();
  const timers = new Map<string, NodeJS.Timeout>();
  const failures = new Map<string, number>();
  let stopped = false;

  const retry = (kind: string, id: string, milliseconds: number): void => {
    const key = `${kind}/${id}`;
    if (stopped || timers.has(key)) return;
    const timer = setTimeout(() => {
      timers.delete(key);
      changed(kind, id);
    }, milliseconds);
    timer.unref();
    timers.set(key, timer);
  };

  /** One time through, under the lease. */
  const once = async (following: Following, id: string): Promise<void> => {
    const key = `${following.kind}/${id}`;
    const lease = await leases.take(key);
    if (lease === undefined) return retry(following.kind, id, pause);
    try {
      await following.follow(id);
      failures.delete(key);
    } finally {
      await lease.release();
    }
  };

  const run = async (following: Following, id: string): Promise<void> => {
    const key = `${following.kind}/${id}`;
    const mine = running.get(key);
    do {
      if (mine !== undefined) mine.again = false;
      try {
        await once(following, id);
      } catch (error) {
        const failed = (failures.get(key) ?? 0) + 1;
        failures.set(key, failed);
        const wait = wants(error) ?? Math.min(30_000, pause * 2 ** Math.min(failed, 8));
        log.warn({ err: error, aggregate: key, wait }, 'what follows has to wait');
        retry(following.kind, id, wait);
      }
    } while (mine?.again === true && !stopped);
    // At once, not when the promise settles: a hint in between would be lost.
    running.delete(key);
  };

  const changed = (kind: string, id: string): void => {
    const following = byKind.get(kind);
    if (following === undefined || stopped) return;
    const key = `${kind}/${id}`;
    const already = running.get(key);
    if (already !== undefined) {
      already.again = true;
      return;
    }
    const entry = { again: false, done: Promise.resolve() };
    running.set(key, entry);
    entry.done = run(following, id);
  };

  return {
    changed,
    sweep: async () => {
      for (const following of followings) {
        for (const id of await following.waiting()) changed(following.kind, id);
      }
    },
    idle: async () => {
      while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
    },
    stop: async () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}
