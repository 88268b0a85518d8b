import { MongoClient } from 'mongodb';
import { inOrder } from '../canonical.js';
import type { Section } from '../snapshot.js';
import type { Collector, CollectorTools } from './collector.js';
import { wordsOf } from './databases/connection.js';
import { couldNotLook, type Secrets, secretsOf } from './databases/credentials.js';
import { hideSecrets, type Notes } from './databases/notes.js';
import { askCollections } from './mongodb/collections.js';
import { type Look, read } from './mongodb/look.js';
import { askPeople } from './mongodb/people.js';
import { askRows } from './mongodb/rows.js';
import { askShapes } from './mongodb/shapes.js';
import type { MongodbSource } from './mongodb/source.js';

/** Looks at a MongoDB database: collections, validators, indexes, views, roles and users; fields and documents when asked. */
export const mongodbCollector: Collector<MongodbSource> = {
  name: 'mongodb',
  version: 2,
  collect: async (name, source, tools): Promise<Section> => {
    const secrets = secretsOf(name);
    const client = clientOf(name, source, secrets);
    const stop = (): void => void client.close(true);
    tools.signal.addEventListener('abort', stop);
    try {
      tools.signal.throwIfAborted();
      await client.connect();
      const notes: Notes = { things: [], blind: [] };
      const subject = await look(
        { db: client.db(source.database), notes, timeLimit: source.timeLimit },
        source,
        tools,
      );
      return {
        source: name,
        collector: 'mongodb',
        collectorVersion: 2,
        subject,
        things: hideSecrets(notes.things.sort(inOrder), secrets.held(), tools.secretKey),
        blind: notes.blind,
      };
    } catch (error) {
      if (tools.signal.aborted) throw couldNotLook(name, 'the look at MongoDB was ended.');
      throw couldNotLook(name, secrets.clean(`MongoDB could not be looked at: ${wordsOf(error)}`));
    } finally {
      tools.signal.removeEventListener('abort', stop);
      await client.close(true);
    }
  },
};

function clientOf(name: string, source: MongodbSource, secrets: Secrets): MongoClient {
  const address = source.url === undefined ? `mongodb://${source.host}` : secrets.address(source.url);
  const password = source.password === undefined ? undefined : secrets.secret(source.password);
  // Several hosts may stand in it, so that it is no URL: the password is what stands between the user and the at sign.
  const written = /:\/\/[^/?#]*?:([^/?#]*)@/u.exec(address)?.[1];
  const auth = source.user === undefined ? {} : { auth: { username: source.user, password: password ?? '' } };
  try {
    if (written !== undefined) {
      secrets.keepOut(written);
      secrets.keepOut(decodeURIComponent(written));
    }
    return new MongoClient(address, {
      appName: 'slipway',
      serverSelectionTimeoutMS: Math.min(10_000, source.timeLimit),
      connectTimeoutMS: 10_000,
      socketTimeoutMS: source.timeLimit + 10_000,
      maxPoolSize: 4,
      readPreference: 'primaryPreferred',
      retryWrites: false,
      ...auth,
    });
  } catch {
    // The driver's own error holds parts of the address.
    throw couldNotLook(name, 'its url is not an address like mongodb://user@host/database.');
  }
}

async function look(at: Look, source: MongodbSource, tools: CollectorTools): Promise<string> {
  const build = await read(at, ['database'], { buildInfo: 1 });
  const version = String(build?.['version'] ?? 'of unknown version');
  at.notes.things.push({ kind: 'database', name: ['database'], props: { version } });
  tools.progress('looks at collections and indexes');
  const collections = await askCollections(at);
  await askPeople(at);
  for (const collection of source.sample === undefined ? [] : collections) {
    tools.progress(`fields of ${collection}`);
    await askShapes(at, collection, source.sample ?? 1);
  }
  for (const reference of source.reference) {
    tools.progress(`documents of ${reference.collection}`);
    await askRows(at, reference, tools);
  }
  return `MongoDB ${version}`;
}
