import type { Connection } from 'mongoose';

/** Signs of life of the machines on which deployments run. They go by the machines' own time, whatever clock a process has. */
export interface Hosts {
  /** Notes that this host lives. */
  isAlive(host: string): Promise<void>;
  /** For how long a host has given no sign of life, in milliseconds; undefined when it never gave one. */
  silentFor(host: string): Promise<number | undefined>;
}

/** Signs of life in MongoDB, a document a host. */
export function hosts(connection: Connection): Hosts {
  const records = connection.collection<{ _id: string; seen: Date }>('hosts');
  return {
    isAlive: async (host) => {
      await records.updateOne({ _id: host }, { $set: { seen: new Date() } }, { upsert: true });
    },
    silentFor: async (host) => {
      const found = await records.findOne({ _id: host });
      return found === null ? undefined : Date.now() - found.seen.getTime();
    },
  };
}
