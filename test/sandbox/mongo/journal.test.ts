import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';

const program = fileURLToPath(new URL('../../../dist/sandbox/mongo/mongod.js', import.meta.url));
const running = new Set<ChildProcess>();
const folder = mkdtempSync(join(tmpdir(), 'slipway-journal-'));
afterEach(() => {
  for (const server of running) server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Server {
  readonly db: Db;
  end(signal: NodeJS.Signals): Promise<void>;
}

async function start(): Promise<Server> {
  const args = [program, '--port', '0', '--dbpath', folder, '--storageEngine', 'wiredTiger'];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(server);
  const port = await new Promise<string>((resolve) => {
    server.stdout.on('data', (line) => {
      const found = /connections on port (\d+)/.exec(String(line))?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const client = await new MongoClient(`mongodb://127.0.0.1:${port}/slipway`).connect();
  return {
    db: client.db(),
    end: async (signal) => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill(signal);
      await ended;
      running.delete(server);
      await client.close();
    },
  };
}

test('SIGKILL loses nothing that was acknowledged, and what was refused is not there', async () => {
  const before = await start();
  const things = before.db.collection<{ _id: number; n: number; at?: Date }>('things');
  await things.createIndex({ n: 1 }, { unique: true, name: 'only one n' });
  let acknowledged = 0;
  const writing = (async () => {
    for (let _id = 1; ; _id += 1) {
      await things.insertOne({ _id, n: _id });
      await things.updateOne({ _id }, { $set: { at: new Date(_id) } });
      acknowledged = _id;
    }
  })().catch(() => undefined);
  while (acknowledged < 20) await things.estimatedDocumentCount();
  await before.end('SIGKILL');
  await writing;

  const after = await start();
  const again = after.db.collection<{ _id: number; n: number; at?: Date }>('things');
  expect(await again.countDocuments({ _id: { $lte: acknowledged }, at: { $exists: true } })).toBe(
    acknowledged,
  );
  expect(await again.countDocuments()).toBeLessThanOrEqual(acknowledged + 1);
  await expect(again.insertOne({ _id: -1, n: 1 })).rejects.toMatchObject({ code: 11000 });
  await after.end('SIGTERM');
});

test('a folder serves one server at a time', async () => {
  const first = await start();
  const second = spawn(process.execPath, [
    program,
    '--port',
    '0',
    '--dbpath',
    folder,
    '--storageEngine',
    'wiredTiger',
  ]);
  const said = await text(second.stderr);
  await first.end('SIGKILL');
  const third = await start();
  await third.end('SIGTERM');

  expect(said).toContain('is in use by process');
});

test('drops, removals and dropped indexes are remembered, and a torn last record is left out', async () => {
  const first = await start();
  await first.db.collection('gone').insertOne({ a: 1 });
  await first.db.collection('gone').drop();
  const things = first.db.collection<{ _id: number; v: unknown }>('things');
  await things.insertMany([
    { _id: 2, v: 1 },
    { _id: 1, v: [{ x: null }] },
    { _id: 3, v: 3 },
  ]);
  await things.deleteOne({ _id: 3 });
  await things.createIndex({ v: 1 });
  await things.dropIndex('v_1');
  await first.end('SIGTERM');
  appendFileSync(join(folder, 'slipway.journal'), Buffer.from([200, 0, 0, 0, 1, 2, 3, 4, 5]));

  const second = await start();
  expect((await second.db.listCollections().toArray()).map(({ name }) => name)).toEqual(['things']);
  const again = second.db.collection<{ _id: number; v: unknown }>('things');
  expect(await again.find().toArray()).toEqual([
    { _id: 2, v: 1 },
    { _id: 1, v: [{ x: null }] },
  ]);
  expect(await again.indexes()).toHaveLength(1);
  await second.end('SIGTERM');
});
