import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Db, type Document, MongoClient } from 'mongodb';
import { type Mongo, startMongo } from '../../../src/sandbox/mongo/engine.js';
import { withEnvironment } from './environment.js';

let mongo: Mongo;
let client: MongoClient;
let db: Db;

beforeAll(async () => {
  mongo = await withEnvironment({ SLIPWAY_MONGO: 'in-process' }, () => startMongo());
  client = await new MongoClient(mongo.uri).connect();
  db = client.db();
  await db.collection('things').insertOne({ a: 1 });
});
afterAll(async () => {
  await client.close();
  await mongo.stop();
});

const find = (filter: Document): Document => ({ find: 'things', filter });
const pipeline = (...stages: Document[]): Document => ({ aggregate: 'things', pipeline: stages, cursor: {} });
const expression = (value: Document): Document => pipeline({ $project: { value } });
const index = (spec: Document): Document => ({
  createIndexes: 'things',
  indexes: [{ name: 'x', key: { a: 1 }, ...spec }],
});

const refused: readonly (readonly [string, Document])[] = [
  ['$where', find({ $where: 'true' })],
  ['$text', find({ $text: { $search: 'x' } })],
  ['$jsonSchema', find({ $jsonSchema: {} })],
  ['$near', find({ a: { $near: [0, 0] } })],
  ['$geoWithin', find({ a: { $geoWithin: {} } })],
  ['$meta', { find: 'things', projection: { a: { $meta: 'textScore' } } }],
  ['collation', { find: 'things', collation: { locale: 'de' } }],
  ['tailable', { find: 'things', tailable: true }],
  ['$out', pipeline({ $out: 'other' })],
  ['$merge', pipeline({ $merge: 'other' })],
  ['$graphLookup', pipeline({ $graphLookup: {} })],
  ['$setWindowFields', pipeline({ $setWindowFields: {} })],
  ['$geoNear', pipeline({ $geoNear: {} })],
  ['$function', expression({ $function: {} })],
  ['$round', expression({ $round: 1.5 })],
  ['$stdDevPop', pipeline({ $group: { _id: null, x: { $stdDevPop: '$a' } } })],
  ['text', index({ key: { a: 'text' } })],
  ['2dsphere', index({ key: { a: '2dsphere' } })],
  ['hashed', index({ key: { a: 'hashed' } })],
  ['wildcard', index({ key: { '$**': 1 } })],
  ['capped', { create: 'other', capped: true, size: 1000 }],
  ['validator', { create: 'other', validator: {} }],
  ['timeseries', { create: 'other', timeseries: { timeField: 'at' } }],
];

test.each([...refused])('%s is refused by name', async (name, command) => {
  await expect(db.command(command)).rejects.toMatchObject({
    code: 238,
    message: expect.stringMatching(
      new RegExp(`${name.replace('$', '\\$')}.*not supported by the in-process engine`, 'i'),
    ),
  });
});

test('a refused write leaves everything as it was', async () => {
  await expect(db.command(index({ key: { a: 'text' } }))).rejects.toMatchObject({ code: 238 });

  expect(await db.collection('things').indexes()).toHaveLength(1);
});

test('transactions and change streams are refused as a single server refuses them', async () => {
  const session = client.startSession();
  session.startTransaction();
  await expect(db.collection('things').insertOne({ a: 2 }, { session })).rejects.toMatchObject({
    originalError: { code: 20 },
  });
  await session.abortTransaction().catch(() => undefined);
  await session.endSession();
  await expect(db.collection('things').watch().next()).rejects.toMatchObject({ code: 40573 });

  expect(await db.collection('things').countDocuments()).toBe(1);
});
