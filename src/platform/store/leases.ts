import type { Connection } from 'mongoose';
import { isDuplicate } from './connection.js';

/**
 * The right to work on something alone, for a while, among all processes on one MongoDB. Held by a process that
 * renews it; free again when that process dies. Leases run by the machines' own time, whatever clock the process has.
 */
export interface Lease {
  /** Rises with every holder: a write that filters on it cannot come from a holder of yesterday. */
  readonly fence: number;
  /** True while the lease is still ours. */
  held(): boolean;
  release(): Promise<void>;
}

export interface Leases {
  /** Takes the lease, or resolves to undefined while another process holds it. */
  take(name: string): Promise<Lease | undefined>;
}

interface LeaseRecord {
  _id: string;
  owner: string;
  until: Date;
  fence: number;
}

/** Leases of `milliseconds`, renewed at a third of that for as long as they are held. `owner` names this process. */
export function leases(connection: Connection, owner: string, milliseconds: number): Leases {
  const records = connection.collection<LeaseRecord>('leases');
  const until = (): Date => new Date(Date.now() + milliseconds);

  const claim = async (name: string): Promise<LeaseRecord | undefined> => {
    try {
      const claimed = await records.findOneAndUpdate(
        { _id: name, until: { $lt: new Date() } },
        { $set: { owner, until: until() }, $inc: { fence: 1 } },
        { upsert: true, returnDocument: 'after' },
      );
      return claimed ?? undefined;
    } catch (error) {
      if (isDuplicate(error)) return undefined; // held: the filter did not match, and the id is taken
      throw error;
    }
  };

  return {
    take: async (name) => {
      const claimed = await claim(name);
      if (claimed === undefined) return undefined;
      let expires = claimed.until.getTime();
      const mine = { _id: name, owner, fence: claimed.fence };
      const renew = async (): Promise<void> => {
        const next = until();
        const { matchedCount } = await records.updateOne(mine, { $set: { until: next } });
        expires = matchedCount === 1 ? next.getTime() : 0;
      };
      const timer = setInterval(() => void renew().catch(() => undefined), milliseconds / 3);
      timer.unref();
      return {
        fence: claimed.fence,
        held: () => Date.now() < expires,
        release: async () => {
          clearInterval(timer);
          expires = 0;
          await records.updateOne(mine, { $set: { until: new Date(0) } });
        },
      };
    },
  };
}
