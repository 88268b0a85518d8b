import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import mongoose, { type Connection } from 'mongoose';

/** Texts too large for a document: snapshots and reports, compressed, by name. */
export interface Archive {
  /** Keeps a text under this name, in place of an earlier one. */
  keep(name: string, text: string): Promise<void>;
  /** Gives a kept text; undefined when there is none of this name. */
  read(name: string): Promise<string | undefined>;
  /** Keeps it no longer; nothing happens when there is none of this name. */
  forget(name: string): Promise<void>;
}

/** The archive in GridFS, in the bucket `comparisons`. */
export function archive(connection: Connection): Archive {
  const { db } = connection;
  if (db === undefined) throw new Error('the store is not connected');
  const bucket = new mongoose.mongo.GridFSBucket(db, { bucketName: 'comparisons' });
  const kept = (filename: string) => bucket.find({ filename }).sort({ uploadDate: 1 }).toArray();
  return {
    keep: async (name, text) => {
      const before = await kept(name);
      await pipeline(Readable.from([text]), createGzip(), bucket.openUploadStream(name));
      // Only once the new one is whole: a process that dies in between leaves the old one.
      for (const { _id } of before) await bucket.delete(_id);
    },
    read: async (name) => {
      if ((await kept(name)).length === 0) return undefined;
      const parts: Buffer[] = [];
      await pipeline(
        bucket.openDownloadStreamByName(name),
        createGunzip(),
        async (source: AsyncIterable<Buffer>) => {
          for await (const part of source) parts.push(part);
        },
      );
      return Buffer.concat(parts).toString('utf8');
    },
    forget: async (name) => {
      for (const { _id } of await kept(name)) await bucket.delete(_id);
    },
  };
}
