import type { CreateIndexesOptions, Document, IndexSpecification } from 'mongodb';
import { type Case, fails, finds, type Run, type Thing } from './case.js';

/** Does something under an index. */
const under =
  (key: IndexSpecification, options: CreateIndexesOptions, run: Run): Run =>
  async (things, db) => {
    await things.createIndex(key, options);
    return run(things, db);
  };

const insert = (thing: Thing): Run => fails(async (things) => (await things.insertOne(thing)).acknowledged);
const fine = { unexpected: true };
const partialArray = { unique: true, partialFilterExpression: { open: true } };
const open = [
  { _id: 1, open: true, incidents: ['A-1', 'A-2'] },
  { _id: 2, open: false, incidents: ['A-3'] },
];
const ranks = Array.from({ length: 20 }, (_, at) => ({
  _id: at,
  a: at % 4,
  b: 20 - at,
  c: [at % 3, at % 5],
  l: [
    { x: at % 3, y: at % 2 },
    { x: at % 4, y: at % 3 },
  ],
}));

/** The same question with and without an index must have the same answer. */
const sameWith = (
  name: string,
  key: IndexSpecification,
  given: Document,
  sort?: Document,
  options: CreateIndexesOptions = {},
): Case => ({
  name: `an index does not change the answer: ${name}`,
  documents: [
    ...ranks,
    { _id: 100 },
    { _id: 101, a: null, b: 99, c: [] },
    { _id: 102, a: 'text', b: [5, 15], c: null },
  ],
  run: async (things, db) => {
    const find = finds(given, { sort: sort ?? { _id: 1 } });
    const without = await find(things, db);
    await things.createIndex(key, options);
    return {
      same: JSON.stringify(await find(things, db)) === JSON.stringify(without),
      some: (without as unknown[]).length > 0,
    };
  },
  answer: { same: true, some: true },
});

export const indexCases: readonly Case[] = [
  {
    name: 'unique: a second one is refused',
    documents: [{ _id: 1, a: 1 }],
    run: under({ a: 1 }, { unique: true }, insert({ _id: 2, a: 1 })),
    answer: { code: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } },
  },
  {
    name: 'unique: missing counts as null',
    documents: [{ _id: 1 }],
    run: under({ a: 1 }, { unique: true }, insert({ _id: 2, a: null })),
    answer: { code: 11000, keyPattern: { a: 1 }, keyValue: { a: null } },
  },
  {
    name: 'unique and sparse: missing may repeat',
    documents: [{ _id: 1 }],
    run: under({ a: 1 }, { unique: true, sparse: true }, insert({ _id: 2 })),
    answer: fine,
  },
  {
    name: 'unique and sparse: null may not',
    documents: [{ _id: 1, a: null }],
    run: under({ a: 1 }, { unique: true, sparse: true }, insert({ _id: 2, a: null })),
    answer: { code: 11000, keyPattern: { a: 1 }, keyValue: { a: null } },
  },
  {
    name: 'unique and compound',
    documents: [{ _id: 1, a: 1, b: 1 }],
    run: under({ a: 1, b: -1 }, { unique: true }, insert({ _id: 2, a: 1, b: 1 })),
    answer: { code: 11000, keyPattern: { a: 1, b: -1 }, keyValue: { a: 1, b: 1 } },
  },
  {
    name: 'unique and compound: one part may repeat',
    documents: [{ _id: 1, a: 1, b: 1 }],
    run: under({ a: 1, b: 1 }, { unique: true }, insert({ _id: 2, a: 1, b: 2 })),
    answer: fine,
  },
  {
    name: 'unique over an array: across documents',
    documents: open,
    run: under({ incidents: 1 }, { unique: true }, insert({ _id: 3, incidents: ['A-9', 'A-2'] })),
    answer: { code: 11000, keyPattern: { incidents: 1 }, keyValue: { incidents: 'A-2' } },
  },
  {
    name: 'unique over an array: not within one document',
    documents: open,
    run: under({ incidents: 1 }, { unique: true }, insert({ _id: 3, incidents: ['A-9', 'A-9'] })),
    answer: fine,
  },
  {
    name: 'unique and partial over an array: only what is in the index counts',
    documents: open,
    run: under({ incidents: 1 }, partialArray, insert({ _id: 3, open: true, incidents: ['A-3'] })),
    answer: fine,
  },
  {
    name: 'unique and partial over an array: refused when both are in it',
    documents: open,
    run: under({ incidents: 1 }, partialArray, insert({ _id: 3, open: true, incidents: ['A-1'] })),
    answer: { code: 11000, keyPattern: { incidents: 1 }, keyValue: { incidents: 'A-1' } },
  },
  {
    name: 'unique and partial over an array: an update that brings a document in',
    documents: [...open, { _id: 3, open: false, incidents: ['A-1'] }],
    run: under({ incidents: 1 }, partialArray, async (things, db) => [
      await fails((all) => all.updateOne({ _id: 3 }, { $set: { open: true } }))(things, db),
      await finds({ open: true })(things, db),
    ]),
    answer: [{ code: 11000, keyPattern: { incidents: 1 }, keyValue: { incidents: 'A-1' } }, [1]],
  },
  {
    name: 'unique and partial: leaving the index makes room',
    documents: open,
    run: under({ incidents: 1 }, partialArray, async (things, db) => {
      await things.updateOne({}, { $set: { open: false } });
      return insert({ _id: 3, open: true, incidents: ['A-1'] })(things, db);
    }),
    answer: fine,
  },
  {
    name: 'unique: an update into a duplicate is refused and changes nothing',
    documents: [
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ],
    run: under({ a: 1 }, { unique: true }, async (things, db) => [
      await fails((all) => all.updateOne({ a: 2 }, { $set: { a: 1, b: 1 } }))(things, db),
      await things.find().toArray(),
    ]),
    answer: [
      { code: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } },
      [
        { _id: 1, a: 1 },
        { _id: 2, a: 2 },
      ],
    ],
  },
  {
    name: 'unique: findAndModify and upsert are refused alike',
    documents: [{ _id: 1, a: 1, b: 1 }],
    run: under(
      { a: 1 },
      { unique: true },
      fails((things) => things.findOneAndUpdate({ b: 2 }, { $set: { a: 1 } }, { upsert: true })),
    ),
    answer: { code: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } },
  },
  {
    name: 'unique: cannot be built over duplicates',
    documents: [
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ],
    run: async (things, db) => [
      await fails((all) => all.createIndex({ a: 1 }, { unique: true }))(things, db),
      (await things.indexes()).length,
    ],
    answer: [{ code: 11000, keyPattern: { a: 1 }, keyValue: { a: 1 } }, 1],
  },
  {
    name: 'a save of the same values is no duplicate of itself',
    documents: [{ _id: 1, a: [1, 1] }],
    run: under(
      { a: 1 },
      { unique: true },
      async (things) => (await things.updateOne({}, { $set: { b: 1 } })).modifiedCount,
    ),
    answer: 1,
  },
  {
    name: 'indexes are listed with their options',
    documents: [{ _id: 1 }],
    run: under({ a: 1, b: -1 }, { unique: true, partialFilterExpression: { a: { $gt: 1 } } }, (things) =>
      things.indexes(),
    ),
    answer: [
      { v: 2, key: { _id: 1 }, name: '_id_' },
      {
        v: 2,
        key: { a: 1, b: -1 },
        name: 'a_1_b_-1',
        unique: true,
        partialFilterExpression: { a: { $gt: 1 } },
      },
    ],
  },
  {
    name: 'the same index again is fine',
    documents: [{ _id: 1 }],
    run: under({ a: 1 }, {}, (things) => things.createIndex({ a: 1 })),
    answer: 'a_1',
  },
  {
    name: 'error: the same name with other options',
    documents: [{ _id: 1 }],
    run: under(
      { a: 1 },
      {},
      fails((things) => things.createIndex({ a: 1 }, { unique: true })),
    ),
    answer: { code: 86 },
  },
  {
    name: 'error: the same keys under another name',
    documents: [{ _id: 1 }],
    run: under(
      { a: 1 },
      {},
      fails((things) => things.createIndex({ a: 1 }, { name: 'other' })),
    ),
    answer: { code: 85 },
  },
  {
    name: 'error: the same index with another lifetime',
    documents: [{ _id: 1 }],
    run: under(
      { a: 1 },
      { expireAfterSeconds: 60 },
      fails((things) => things.createIndex({ a: 1 }, { expireAfterSeconds: 90 })),
    ),
    answer: { code: 85 },
  },
  {
    name: 'error: dropping an index that is not there',
    documents: [{ _id: 1 }],
    run: fails((things) => things.dropIndex('none')),
    answer: { code: 27 },
  },
  {
    name: 'error: dropping the index of _id',
    documents: [{ _id: 1 }],
    run: fails((things) => things.dropIndex('_id_')),
    answer: { code: 72 },
  },
  {
    name: 'error: indexes of a collection that is not there',
    documents: [],
    run: fails((things) => things.indexes()),
    answer: { code: 26 },
  },
  {
    name: 'error: two arrays in one compound index',
    documents: [],
    run: under({ a: 1, b: 1 }, {}, insert({ _id: 1, a: [1], b: [2] })),
    answer: { code: 171 },
  },
  {
    name: 'error: a collection that exists',
    documents: [{ _id: 1 }],
    run: fails((_things, db) => db.createCollection('things')),
    answer: { code: 48 },
  },
  {
    name: 'dropping a collection that is not there is fine',
    documents: [],
    run: (things) => things.drop(),
    answer: true,
  },
  {
    name: 'collections are listed',
    documents: [{ _id: 1 }],
    run: async (_things, db) =>
      (await db.listCollections().toArray()).map(({ name, type }) => ({ name, type })),
    answer: [{ name: 'things', type: 'collection' }],
  },
  {
    name: 'distinct takes arrays apart',
    documents: [{ _id: 1, a: [1, 2] }, { _id: 2, a: 2 }, { _id: 3 }, { _id: 4, a: null }],
    run: (things) => things.distinct('a'),
    answer: [1, 2, null],
  },

  sameWith('equality', { a: 1 }, { a: 2 }),
  sameWith('null', { a: 1 }, { a: null }),
  sameWith('a list', { a: 1 }, { a: { $in: [1, 3, null] } }),
  sameWith('a range', { b: 1 }, { b: { $gt: 3, $lte: 15 } }),
  sameWith('a range downwards', { b: -1 }, { b: { $gt: 3, $lte: 15 } }),
  sameWith('a range over arrays whose ends different elements meet', { b: 1 }, { b: { $gt: 12, $lt: 9 } }),
  sameWith('elements of arrays', { c: 1 }, { c: 4 }),
  sameWith('a whole array', { c: 1 }, { c: [2, 2] }),
  sameWith('equality and range', { a: 1, b: 1 }, { a: 1, b: { $lt: 12 } }),
  sameWith('equality and sort', { a: 1, b: 1 }, { a: 1 }, { b: -1 }),
  sameWith('a sort alone', { a: 1, b: -1 }, {}, { a: 1, b: -1 }),
  sameWith('a sort against the index', { a: 1, b: -1 }, {}, { a: -1, b: 1 }),
  sameWith('a sort by an array', { c: 1 }, {}, { c: 1, _id: 1 }),
  sameWith('fields that different elements meet', { 'l.x': 1, 'l.y': 1 }, { 'l.x': 3, 'l.y': 1 }),
  sameWith(
    'a field and a range that different elements meet',
    { 'l.x': 1, 'l.y': 1 },
    { 'l.x': 3, 'l.y': { $gt: 0, $lt: 2 } },
  ),
  sameWith('a sparse index and null', { a: 1 }, { a: null }, undefined, { sparse: true }),
  sameWith('a sparse index and a sort', { b: 1 }, {}, { b: 1 }, { sparse: true }),
  sameWith('a partial index', { a: 1 }, { a: 2, b: { $gt: 4 } }, undefined, {
    partialFilterExpression: { b: { $gt: 10 } },
  }),
  sameWith('$or', { a: 1 }, { $or: [{ a: 1 }, { b: 3 }] }),
  sameWith('$ne', { a: 1 }, { a: { $ne: 1 } }),
  sameWith('not a range', { a: 1 }, { a: { $not: { $gt: 1 } } }),
];
