import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose, { Schema } from 'mongoose';
import { type Mongo, startMongo } from '../../../src/sandbox/mongo/engine.js';
import { withEnvironment } from './environment.js';

let mongo: Mongo;
const connection = mongoose.createConnection();

beforeAll(async () => {
  mongo = await withEnvironment({ SLIPWAY_MONGO: 'in-process' }, () => startMongo());
  await connection.openUri(mongo.uri);
});
afterAll(async () => {
  await connection.close();
  await mongo.stop();
});

const releaseSchema = new Schema(
  {
    _id: String,
    status: { type: String, required: true },
    incidents: [String],
    items: [{ _id: false, text: String, answer: String }],
    due: Date,
    history: [{ at: Date, what: String }],
  },
  { optimisticConcurrency: true, timestamps: true, versionKey: 'version' },
);
releaseSchema.index({ incidents: 1 }, { unique: true, partialFilterExpression: { status: 'open' } });
releaseSchema.index({ status: 1, due: 1 });
const Release = connection.model('Release', releaseSchema);

test('a document is kept, read back and changed under its version', async () => {
  await Release.init();
  const release = await Release.create({ _id: 'ACME-R1', status: 'draft', incidents: ['ACME-1'] });
  release.items.push({ text: 'Backups taken?' });
  release.history.push({ at: new Date(0), what: 'created' });
  await release.save();
  const stale = await Release.findById('ACME-R1').orFail();
  await Release.updateOne(
    { _id: 'ACME-R1' },
    { $set: { 'items.$[open].answer': 'yes' }, $inc: { version: 1 } },
    { arrayFilters: [{ 'open.text': 'Backups taken?' }] },
  );
  stale.status = 'agreed';

  await expect(stale.save()).rejects.toThrow(/version|No matching document/i);
  expect(await Release.findById('ACME-R1').lean()).toMatchObject({
    status: 'draft',
    version: 2,
    items: [{ text: 'Backups taken?', answer: 'yes' }],
  });
});

test('two people deciding at once: of guarded updates one wins', async () => {
  await Release.create({ _id: 'ACME-R2', status: 'negotiating' });
  const decide = (status: string) =>
    Release.findOneAndUpdate(
      { _id: 'ACME-R2', status: 'negotiating' },
      { $set: { status } },
      { returnDocument: 'after' },
    );

  const decisions = await Promise.all([decide('agreed'), decide('declined'), decide('agreed')]);

  expect(decisions.filter((decision) => decision !== null)).toHaveLength(1);
});

test('an incident is in at most one open release', async () => {
  await Release.create({ _id: 'ACME-R3', status: 'open', incidents: ['ACME-7', 'ACME-8'] });

  await expect(
    Release.create({ _id: 'ACME-R4', status: 'open', incidents: ['ACME-8'] }),
  ).rejects.toMatchObject({
    code: 11000,
    keyValue: { incidents: 'ACME-8' },
  });
  expect(await Release.create({ _id: 'ACME-R5', status: 'closed', incidents: ['ACME-8'] })).toMatchObject({
    status: 'closed',
  });
});

test('numbers are allotted one by one, however many ask at once', async () => {
  const Counter = connection.model('Counter', new Schema({ _id: String, next: Number }));
  const next = async () =>
    (
      await Counter.findOneAndUpdate(
        { _id: 'acme' },
        { $inc: { next: 1 } },
        { upsert: true, returnDocument: 'after' },
      )
    )?.next ?? 0;

  const numbers = await Promise.all(Array.from({ length: 25 }, next));

  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1));
});

test('long answers come in batches', async () => {
  const Line = connection.model('Line', new Schema({ n: Number }));
  await Line.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })));
  let sum = 0;
  for await (const line of Line.find().sort({ n: -1 }).batchSize(40).cursor()) sum += line.n ?? 0;

  expect(sum).toBe((249 * 250) / 2);
});
