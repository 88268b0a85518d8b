import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Db, type Document, MongoClient } from 'mongodb';
import { type Mongo, startMongo } from '../../../src/sandbox/mongo/engine.js';
import { aggregationCases } from './parity/aggregations.js';
import type { Case } from './parity/case.js';
import { indexCases } from './parity/indexes.js';
import { queryCases } from './parity/queries.js';
import { updateCases } from './parity/updates.js';

/**
 * One table of operations and MongoDB's answers. The in-process engine is always asked; a real mongod too, where SLIPWAY_PARITY_URI
 * names one or one is found, so that the table itself is held to the truth.
 */
const table: Readonly<Record<string, readonly Case[]>> = {
  queries: queryCases,
  updates: updateCases,
  aggregations: aggregationCases,
  indexes: indexCases,
};

const engines: Readonly<Record<string, () => Promise<Mongo | undefined>>> = {
  'the in-process engine': () => withChoice('in-process', () => startMongo()),
  'a real mongod': startReal,
};

describe.each(Object.keys(engines))('%s', (name) => {
  let mongo: Mongo | undefined;
  let client: MongoClient | undefined;
  let databases = 0;

  beforeAll(async () => {
    mongo = await engines[name]?.();
    if (mongo !== undefined) client = await new MongoClient(mongo.uri).connect();
  }, 120_000);

  afterAll(async () => {
    await client?.close();
    await mongo?.stop();
  });

  describe.each(Object.keys(table))('%s', (part) => {
    test.each([...(table[part] ?? [])])('$name', async ({ documents, run, answer }) => {
      if (client === undefined) return expect(name).toBe('a real mongod');
      databases += 1;
      const db = client.db(`parity_${process.pid}_${databases}`);
      expect(await answerOf(db, documents, run)).toEqual(answer);
    });
  });
});

async function answerOf(db: Db, documents: readonly Document[], run: Case['run']): Promise<unknown> {
  const things = db.collection('things');
  try {
    if (documents.length > 0) await things.insertMany(documents.map((document) => ({ ...document })));
    return await run(things, db);
  } finally {
    await db.dropDatabase();
  }
}

async function startReal(): Promise<Mongo | undefined> {
  const uri = process.env.SLIPWAY_PARITY_URI;
  if (uri) return { uri, engine: 'the server of SLIPWAY_PARITY_URI', stop: async () => undefined };
  return withChoice('mongod', () => startMongo()).catch(() => undefined);
}

/** Starts with a forced choice of engine and puts the environment back. */
async function withChoice(choice: string, start: () => Promise<Mongo>): Promise<Mongo> {
  const before = process.env.SLIPWAY_MONGO;
  process.env.SLIPWAY_MONGO = choice;
  try {
    return await start();
  } finally {
    if (before === undefined) delete process.env.SLIPWAY_MONGO;
    else process.env.SLIPWAY_MONGO = before;
  }
}
