import { MongoBackend } from '@agendajs/mongo-backend';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Agenda, type Job } from 'agenda';
import { type Db, MongoClient } from 'mongodb';
import { type Mongo, startMongo } from '../../../src/sandbox/mongo/engine.js';
import { withEnvironment } from './environment.js';

let mongo: Mongo;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  mongo = await withEnvironment({ SLIPWAY_MONGO: 'in-process' }, () => startMongo());
  client = await new MongoClient(mongo.uri).connect();
  db = client.db();
});
afterAll(async () => {
  await client.close();
  await mongo.stop();
});

async function anAgenda(collection: string): Promise<Agenda> {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection }),
    processEvery: 50,
    defaultLockLifetime: 1000,
  });
  await agenda.ready;
  return agenda;
}

test('a job that is due runs once, though two agendas look for it', async () => {
  const [one, two] = [await anAgenda('once'), await anAgenda('once')];
  const ran: unknown[] = [];
  const finished = new Promise<void>((resolve) => {
    for (const agenda of [one, two]) {
      agenda.define('deploy', async (job: Job) => void ran.push(job.attrs.data));
      agenda.on('success:deploy', () => resolve());
    }
  });
  await one.schedule(new Date(), 'deploy', { release: 'ACME-R1' });
  await Promise.all([one.start(), two.start()]);
  await finished;
  await Promise.all([one.drain(), two.drain()]);

  expect(ran).toEqual([{ release: 'ACME-R1' }]);
  const [job] = await db.collection('once').find().toArray();
  expect(job).toMatchObject({
    name: 'deploy',
    nextRunAt: null,
    lockedAt: null,
    lastFinishedAt: expect.any(Date),
  });
});

test('a job can be moved, and a unique one is there once', async () => {
  const agenda = await anAgenda('moved');
  const soon = new Date('2026-03-01T10:00:00Z');
  const later = new Date('2026-03-02T10:00:00Z');
  for (const at of [soon, later]) {
    await agenda
      .create('remind', { release: 'ACME-R1' })
      .unique({ 'data.release': 'ACME-R1' })
      .schedule(at)
      .save();
  }

  const { jobs, total } = await agenda.queryJobs({ name: 'remind' });
  expect({ total, at: jobs[0]?.nextRunAt }).toEqual({ total: 1, at: later });
  expect(await agenda.cancel({ name: 'remind' })).toBe(1);
  await agenda.stop();
});

test('a lock that ran out lets the job be taken again', async () => {
  const agenda = await anAgenda('lost');
  const longAgo = new Date('2026-03-01T10:00:00Z');
  await db.collection('lost').insertOne({
    name: 'probe',
    type: 'normal',
    nextRunAt: longAgo,
    lockedAt: longAgo,
    priority: 0,
    data: {},
  });
  const ran = new Promise<void>((resolve) => agenda.define('probe', async () => resolve()));
  await agenda.start();
  await ran;
  await agenda.drain();

  expect(await db.collection('lost').countDocuments({ lastRunAt: { $gt: longAgo } })).toBe(1);
});
