import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startMongo } from '../../../src/sandbox/mongo/engine.js';
import { withEnvironment } from './environment.js';

const program = fileURLToPath(new URL('../../../dist/sandbox/mongo/mongod.js', import.meta.url));
const undecided = { SLIPWAY_MONGO: undefined, MONGODB_URI: undefined, MONGOMS_SYSTEM_BINARY: undefined };
const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-mongo-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a server named by MONGODB_URI is used as it is', async () => {
  const mongo = await withEnvironment({ ...undecided, MONGODB_URI: 'mongodb://db.example/slipway' }, () =>
    startMongo(),
  );

  expect(mongo).toMatchObject({ uri: 'mongodb://db.example/slipway', engine: 'the server of MONGODB_URI' });
});

test('a mongod named by MONGOMS_SYSTEM_BINARY comes before the in-process engine', async () => {
  const mongo = await withEnvironment({ ...undecided, MONGOMS_SYSTEM_BINARY: program }, () => startMongo());
  await mongo.stop();

  expect(mongo.engine).toBe('mongod 7.0.14 named by MONGOMS_SYSTEM_BINARY');
});

test('SLIPWAY_MONGO=in-process wins over everything else, and leaves the environment as it was', async () => {
  const variables = {
    SLIPWAY_MONGO: 'in-process',
    MONGODB_URI: 'mongodb://db.example/slipway',
    MONGOMS_SYSTEM_BINARY: '/nowhere/mongod',
  };
  const [engine, named] = await withEnvironment(variables, async () => {
    const mongo = await startMongo();
    await mongo.stop();
    return [mongo.engine, process.env.MONGOMS_SYSTEM_BINARY];
  });

  expect(engine).toBe('in-process engine (speaks MongoDB 7.0)');
  expect(named).toBe('/nowhere/mongod');
});

test('a choice that does not exist is refused with those that do', async () => {
  const start = withEnvironment({ ...undecided, SLIPWAY_MONGO: 'mysql' }, () => startMongo());

  await expect(start).rejects.toThrow(
    'SLIPWAY_MONGO is "mysql"; it can be mongod or in-process, or be left out.',
  );
});

test('data in a folder is there again after a restart; without a folder it is not', async () => {
  const dataDir = aFolder();
  const counts: number[] = [];
  for (const options of [{ dataDir }, { dataDir }, {}]) {
    const mongo = await withEnvironment({ ...undecided, SLIPWAY_MONGO: 'in-process' }, () =>
      startMongo(options),
    );
    const client = await new MongoClient(mongo.uri).connect();
    await client.db().collection('things').insertOne({ at: new Date() });
    counts.push(await client.db().collection('things').countDocuments());
    await client.close();
    await mongo.stop();
  }

  expect(counts).toEqual([1, 2, 1]);
}, 120_000);
