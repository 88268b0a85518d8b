import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { type Mongo, startMongo } from '../../../src/sandbox/mongo/engine.js';
import { withEnvironment } from './environment.js';
import { aggregationCases } from './parity/aggregations.js';
import type { Case, Thing } from './parity/case.js';
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

/** A server that the table is held against; started before the tests are listed, because it decides which there are. */
const servers = [
  await withEnvironment({ SLIPWAY_MONGO: 'in-process' }, () => startMongo()),
  await startReal(),
].filter((server) => server !== undefined);
const real = servers.length > 1 ? test : test.skip;

real(
  'the table also ran on a real mongod (for that put mongod on the PATH or name one in SLIPWAY_PARITY_URI)',
  () => {
    expect(servers[1]?.engine).not.toContain('in-process');
  },
);

describe.each(servers)('$engine', ({ uri }) => {
  const client = new MongoClient(uri);
  let databases = 0;

  beforeAll(() => client.connect());
  afterAll(() => client.close());

  describe.each(Object.keys(table))('%s', (part) => {
    test.each([...(table[part] ?? [])])('$name', async ({ documents, run, answer }) => {
      databases += 1;
      const db = client.db(`parity_${process.pid}_${databases}`);
      expect(await answerOf(db, documents, run)).toEqual(answer);
    });
  });
});

afterAll(() => Promise.all(servers.map((server) => server.stop())));

async function answerOf(db: Db, documents: readonly Thing[], run: Case['run']): Promise<unknown> {
  const things = db.collection<Thing>('things');
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
  return withEnvironment({ SLIPWAY_MONGO: 'mongod' }, () => startMongo()).catch(() => undefined);
}
