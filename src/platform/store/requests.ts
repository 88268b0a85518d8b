import type { Connection } from 'mongoose';
import { isDuplicate } from './connection.js';

/** Remembers signatures of requests, so that a recorded request cannot be sent a second time. */
export interface SeenRequests {
  /** True the first time, false ever after (for an hour; older ones are refused by their timestamp). */
  isFirst(signature: string): Promise<boolean>;
  prepare(): Promise<void>;
}

/** Seen requests, shared by all processes on one MongoDB and forgotten after an hour. */
export function seenRequests(connection: Connection): SeenRequests {
  const seen = connection.collection<{ _id: string; at: Date }>('seen_requests');
  return {
    isFirst: async (signature) => {
      try {
        await seen.insertOne({ _id: signature, at: new Date() });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    prepare: async () => {
      await seen.createIndex({ at: 1 }, { name: 'forgotten', expireAfterSeconds: 3_600 });
    },
  };
}
