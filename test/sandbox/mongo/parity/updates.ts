import { Decimal128, type Document, Double, Long } from 'mongodb';
import { aggregates, type Case, fails, filter, type Run, shows, type Thing, updates } from './case.js';

const seven = [{ _id: 7, a: 1, list: [1, 2, 3], sub: { x: 1 } }];
const grades = [
  {
    _id: 1,
    grades: [
      { g: 80, n: 1 },
      { g: 90, n: 2 },
      { g: 95, n: 3 },
    ],
  },
];
const one = { _id: 1 };

/** The `list` of the one document after an update. */
const listAfter = (list: unknown, update: Document): Pick<Case, 'documents' | 'run'> => ({
  documents: [list === undefined ? one : { _id: 1, list }],
  run: async (things) => {
    await things.updateOne(one, update);
    return (await things.findOne(one))?.list;
  },
});

/** The value of `n` after an update, with its BSON type. */
const typedAfter = (n: unknown, update: Document): Pick<Case, 'documents' | 'run'> => ({
  documents: [n === undefined ? one : { _id: 1, n }],
  run: async (things) => {
    await things.updateOne(one, update);
    return (
      await things
        .aggregate([{ $project: { _id: 0, type: { $type: '$n' }, text: { $toString: '$n' } } }])
        .toArray()
    )[0];
  },
});

const counts =
  (given: Document, update: Document | Document[]): Run =>
  async (things) => {
    const { matchedCount, modifiedCount } = await things.updateMany(filter(given), update);
    return { matchedCount, modifiedCount };
  };

const failsWith = (
  documents: readonly Thing[],
  given: Document,
  update: Document | Document[],
  code: number,
): Pick<Case, 'documents' | 'run' | 'answer'> => ({
  documents,
  run: fails(updates(given, update)),
  answer: { code },
});

export const updateCases: readonly Case[] = [
  {
    name: '$set makes the way to a new field',
    documents: [one],
    run: updates(one, { $set: { 'a.b.c': 1 } }),
    answer: [{ _id: 1, a: { b: { c: 1 } } }],
  },
  {
    name: 'new fields stand in the order of their names',
    documents: [one],
    run: async (things) => {
      await things.updateOne(one, { $set: { b: 1, a: 1, 'c.10': 1, 'c.9': 1 } });
      return Object.keys((await things.findOne(one)) ?? {});
    },
    answer: ['_id', 'a', 'b', 'c'],
  },
  {
    name: '$set in an array fills up with null',
    ...listAfter([1], { $set: { 'list.3': 9 } }),
    answer: [1, null, null, 9],
  },
  {
    name: '$unset in an array leaves null',
    ...listAfter([1, 2], { $unset: { 'list.0': '' } }),
    answer: [null, 2],
  },
  {
    name: '$unset of what is not there changes nothing',
    documents: seven,
    run: counts({}, { $unset: { 'x.y': '' } }),
    answer: { matchedCount: 1, modifiedCount: 0 },
  },
  {
    name: 'the same value again modifies nothing',
    documents: seven,
    run: counts({}, { $set: { a: 1, 'sub.x': 1 } }),
    answer: { matchedCount: 1, modifiedCount: 0 },
  },
  {
    name: 'another number type is a modification',
    documents: seven,
    run: counts({}, { $set: { a: Long.fromNumber(1) } }),
    answer: { matchedCount: 1, modifiedCount: 1 },
  },
  {
    name: '$inc on a missing field',
    ...typedAfter(undefined, { $inc: { n: 2 } }),
    answer: { type: 'int', text: '2' },
  },
  {
    name: '$inc grows an int into a long',
    ...typedAfter(2147483647, { $inc: { n: 1 } }),
    answer: { type: 'long', text: '2147483648' },
  },
  {
    name: '$inc keeps a long a long',
    ...typedAfter(Long.fromNumber(1), { $inc: { n: 1 } }),
    answer: { type: 'long', text: '2' },
  },
  {
    name: '$inc with a double',
    ...typedAfter(1, { $inc: { n: 0.5 } }),
    answer: { type: 'double', text: '1.5' },
  },
  {
    name: '$inc with a decimal is exact',
    ...typedAfter(Decimal128.fromString('0.1'), { $inc: { n: Decimal128.fromString('0.2') } }),
    answer: { type: 'decimal', text: '0.3' },
  },
  {
    name: '$mul of a missing field is zero',
    ...typedAfter(undefined, { $mul: { n: 5 } }),
    answer: { type: 'int', text: '0' },
  },
  {
    name: '$mul with a whole double',
    ...typedAfter(3, { $mul: { n: new Double(2) } }),
    answer: { type: 'double', text: '6' },
  },
  {
    name: '$min takes the lesser',
    documents: seven,
    run: updates({}, { $min: { a: 0, z: 5 } }),
    answer: [{ ...seven[0], a: 0, z: 5 }],
  },
  { name: '$max keeps the greater', documents: seven, run: updates({}, { $max: { a: 0 } }), answer: seven },
  {
    name: '$rename moves a field to the end',
    documents: seven,
    run: updates({}, { $rename: { a: 'sub.a' } }),
    answer: [{ _id: 7, list: [1, 2, 3], sub: { x: 1, a: 1 } }],
  },
  {
    name: '$bit',
    documents: [{ _id: 1, n: 13 }],
    run: updates({}, { $bit: { n: { and: 10 } } }),
    answer: [{ _id: 1, n: 8 }],
  },

  { name: '$push onto a missing array', ...listAfter(undefined, { $push: { list: 1 } }), answer: [1] },
  {
    name: '$push pushes an array as one element',
    ...listAfter([1], { $push: { list: [2, 3] } }),
    answer: [1, [2, 3]],
  },
  { name: '$push $each', ...listAfter([1], { $push: { list: { $each: [2, 3] } } }), answer: [1, 2, 3] },
  {
    name: '$push at a position',
    ...listAfter([1, 2], { $push: { list: { $each: [8, 9], $position: 1 } } }),
    answer: [1, 8, 9, 2],
  },
  {
    name: '$push at a position from the end',
    ...listAfter([1, 2], { $push: { list: { $each: [9], $position: -1 } } }),
    answer: [1, 9, 2],
  },
  {
    name: '$push $slice from the end',
    ...listAfter([1, 2], { $push: { list: { $each: [3, 4], $slice: -3 } } }),
    answer: [2, 3, 4],
  },
  {
    name: '$push $slice onto a missing array',
    ...listAfter(undefined, { $push: { list: { $each: [3, 4, 5], $slice: 2 } } }),
    answer: [3, 4],
  },
  {
    name: '$push $sort of values, downwards',
    ...listAfter([3, 1], { $push: { list: { $each: [2], $sort: -1 } } }),
    answer: [3, 2, 1],
  },
  {
    name: '$push $sort by two fields',
    ...listAfter(
      [
        { a: 2, b: 1 },
        { a: 1, b: 1 },
      ],
      { $push: { list: { $each: [{ a: 1, b: 2 }], $sort: { a: 1, b: -1 } } } },
    ),
    answer: [
      { a: 1, b: 2 },
      { a: 1, b: 1 },
      { a: 2, b: 1 },
    ],
  },
  {
    name: '$addToSet adds once',
    ...listAfter([1], { $addToSet: { list: { $each: [1, 2, 2] } } }),
    answer: [1, 2],
  },
  {
    name: '$addToSet onto a missing array deduplicates',
    ...listAfter(undefined, { $addToSet: { list: { $each: [1, 1] } } }),
    answer: [1],
  },
  {
    name: '$addToSet compares documents with their field order',
    ...listAfter([{ a: 1, b: 2 }], { $addToSet: { list: { b: 2, a: 1 } } }),
    answer: [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
  },
  { name: '$pop first', ...listAfter([1, 2, 3], { $pop: { list: -1 } }), answer: [2, 3] },
  { name: '$pull a value', ...listAfter([1, 2, 1], { $pull: { list: 1 } }), answer: [2] },
  { name: '$pull by an operator', ...listAfter([1, 5, 9], { $pull: { list: { $gte: 5 } } }), answer: [1] },
  {
    name: '$pull documents that match',
    ...listAfter([{ a: 1, b: 1 }, { a: 2 }], { $pull: { list: { a: 1 } } }),
    answer: [{ a: 2 }],
  },
  {
    name: '$pull with $in',
    ...listAfter(['a', 'b', 'c'], { $pull: { list: { $in: ['a', 'c'] } } }),
    answer: ['b'],
  },
  { name: '$pullAll', ...listAfter([1, 2, 3, 1], { $pullAll: { list: [1, 3] } }), answer: [2] },

  {
    name: 'the positional element is the one that matched',
    documents: grades,
    run: updates({ 'grades.g': { $gte: 85 } }, { $set: { 'grades.$.n': 9 } }),
    answer: [
      {
        _id: 1,
        grades: [
          { g: 80, n: 1 },
          { g: 90, n: 9 },
          { g: 95, n: 3 },
        ],
      },
    ],
  },
  {
    name: 'the positional element of $elemMatch',
    documents: grades,
    run: updates({ grades: { $elemMatch: { g: { $gte: 85 }, n: 3 } } }, { $inc: { 'grades.$.g': 1 } }),
    answer: [
      {
        _id: 1,
        grades: [
          { g: 80, n: 1 },
          { g: 90, n: 2 },
          { g: 96, n: 3 },
        ],
      },
    ],
  },
  {
    name: 'the positional element of values',
    documents: seven,
    run: updates({ list: 2 }, { $set: { 'list.$': 20 } }),
    answer: [{ ...seven[0], list: [1, 20, 3] }],
  },
  {
    name: '$[] changes every element',
    documents: grades,
    run: updates({}, { $inc: { 'grades.$[].n': 10 } }),
    answer: [
      {
        _id: 1,
        grades: [
          { g: 80, n: 11 },
          { g: 90, n: 12 },
          { g: 95, n: 13 },
        ],
      },
    ],
  },
  {
    name: '$[x] changes what its filter takes',
    documents: grades,
    run: updates(
      {},
      { $set: { 'grades.$[high].n': 0 } },
      { arrayFilters: [{ 'high.g': { $gte: 90 }, 'high.n': { $lt: 3 } }] },
    ),
    answer: [
      {
        _id: 1,
        grades: [
          { g: 80, n: 1 },
          { g: 90, n: 0 },
          { g: 95, n: 3 },
        ],
      },
    ],
  },
  {
    name: 'two filters on one array',
    documents: grades,
    run: updates(
      {},
      { $set: { 'grades.$[a].n': 0, 'grades.$[b].n': 9 } },
      { arrayFilters: [{ 'a.g': 80 }, { 'b.g': 95 }] },
    ),
    answer: [
      {
        _id: 1,
        grades: [
          { g: 80, n: 0 },
          { g: 90, n: 2 },
          { g: 95, n: 9 },
        ],
      },
    ],
  },
  {
    name: '$[x] on values',
    documents: seven,
    run: updates({}, { $set: { 'list.$[big]': 0 } }, { arrayFilters: [{ big: { $gt: 1 } }] }),
    answer: [{ ...seven[0], list: [1, 0, 0] }],
  },

  {
    name: 'a pipeline sees the old values in each of its stages',
    documents: seven,
    run: updates({}, [{ $set: { b: { $add: ['$a', 1] } } }, { $set: { c: '$b' } }, { $unset: 'list' }]),
    answer: [{ _id: 7, a: 1, sub: { x: 1 }, b: 2, c: 2 }],
  },
  {
    name: 'a pipeline leaves other documents alone',
    documents: [
      { _id: 1, s: { x: 1 } },
      { _id: 2, s: { x: 1 } },
    ],
    run: updates({ _id: 1 }, [{ $set: { 's.y': 2 } }]),
    answer: [
      { _id: 1, s: { x: 1, y: 2 } },
      { _id: 2, s: { x: 1 } },
    ],
  },

  {
    name: 'upsert takes equalities of the filter and $setOnInsert',
    documents: [],
    run: updates(
      { _id: 5, 'a.b': 1, c: { $gt: 3 }, d: { $eq: 4 }, $and: [{ e: 5 }] },
      { $set: { x: 1 }, $setOnInsert: { y: 2 }, $inc: { z: 1 } },
      { upsert: true },
    ),
    answer: [{ _id: 5, a: { b: 1 }, d: 4, e: 5, x: 1, y: 2, z: 1 }],
  },
  {
    name: '$setOnInsert leaves what is there alone',
    documents: seven,
    run: updates({ _id: 7 }, { $setOnInsert: { y: 2 }, $set: { a: 2 } }, { upsert: true }),
    answer: [{ ...seven[0], a: 2 }],
  },
  {
    name: '$setOnInsert does not even look at what is there',
    documents: seven,
    run: updates({ _id: 7 }, { $setOnInsert: { 'a.b': 2 } }, { upsert: true }),
    answer: seven,
  },
  {
    name: 'upsert answers the id',
    documents: [],
    run: async (things) => {
      const { upsertedId, upsertedCount, matchedCount, modifiedCount } = await things.updateOne(
        filter({ _id: { k: 1 } }),
        { $set: { a: 1 } },
        { upsert: true },
      );
      return { upsertedId, upsertedCount, matchedCount, modifiedCount };
    },
    answer: { upsertedId: { k: 1 }, upsertedCount: 1, matchedCount: 0, modifiedCount: 0 },
  },
  {
    name: 'a replacement keeps _id and nothing else',
    documents: seven,
    run: async (things) => {
      await things.replaceOne({ a: 1 }, { z: 1 });
      return things.find().toArray();
    },
    answer: [{ _id: 7, z: 1 }],
  },
  {
    name: 'a replacement upserts only the _id of the filter',
    documents: [],
    run: async (things) => {
      await things.replaceOne(filter({ _id: 3, a: 1 }), { z: 1 }, { upsert: true });
      return things.find().toArray();
    },
    answer: [{ _id: 3, z: 1 }],
  },
  {
    name: 'findOneAndUpdate gives the document before',
    documents: seven,
    run: (things) => things.findOneAndUpdate({}, { $set: { a: 2 } }, { projection: { a: 1 } }),
    answer: { _id: 7, a: 1 },
  },
  {
    name: 'findOneAndUpdate gives the document after, by sort',
    documents: [
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ],
    run: (things) =>
      things.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: -1 }, returnDocument: 'after' }),
    answer: { _id: 2, n: 12 },
  },
  {
    name: 'findOneAndUpdate of nothing is null',
    documents: [],
    run: (things) => things.findOneAndUpdate({}, { $set: { a: 1 } }, { returnDocument: 'after' }),
    answer: null,
  },
  {
    name: 'findOneAndUpdate with upsert, raw',
    documents: [],
    run: async (things) => {
      const { ok, ...raw } =
        (await things.findOneAndUpdate(
          one,
          { $set: { a: 1 } },
          { upsert: true, returnDocument: 'after', includeResultMetadata: true },
        )) ?? {};
      return { raw, ok };
    },
    answer: {
      raw: { lastErrorObject: { n: 1, updatedExisting: false, upserted: 1 }, value: { _id: 1, a: 1 } },
      ok: 1,
    },
  },
  {
    name: 'findOneAndDelete gives what is gone',
    documents: seven,
    run: async (things) => [(await things.findOneAndDelete({}))?._id, await things.countDocuments()],
    answer: [7, 0],
  },
  {
    name: 'deleteMany and deleteOne count',
    documents: [{ _id: 1 }, { _id: 2 }, { _id: 3 }],
    run: async (things) => [
      (await things.deleteOne({})).deletedCount,
      (await things.deleteMany({})).deletedCount,
    ],
    answer: [1, 2],
  },
  {
    name: 'an ordered bulk stops at an error, an unordered one goes on',
    documents: [one],
    run: async (things) => {
      await things.insertMany([{ _id: 2 }, { _id: 1 }, { _id: 3 }]).catch(() => undefined);
      await things
        .insertMany([{ _id: 4 }, { _id: 1 }, { _id: 5 }], { ordered: false })
        .catch(() => undefined);
      return (await things.find().toArray()).map(({ _id }) => _id);
    },
    answer: [1, 2, 4, 5],
  },
  {
    name: 'what was updated is found where it was',
    documents: [
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ],
    run: async (things, db) => {
      await things.updateOne({ _id: 1 }, { $set: { pad: 'x' } });
      return aggregates({ $project: { _id: 1 } })(things, db);
    },
    answer: [{ _id: 1 }, { _id: 2 }],
  },
  {
    name: '$currentDate writes a date',
    documents: [one],
    run: async (things, db) => {
      await things.updateOne(one, { $currentDate: { at: true } });
      return shows({ at: { $type: 'date' } }, { projection: { _id: 1 } })(things, db);
    },
    answer: [one],
  },

  { name: 'error: _id cannot change', ...failsWith([one], one, { $set: { _id: 2 } }, 66) },
  {
    name: 'error: a replacement with another _id',
    documents: [one],
    run: fails((things) => things.replaceOne(one, { _id: 2 })),
    answer: { code: 66 },
  },
  {
    name: 'error: two changes of one path',
    ...failsWith([one], one, { $set: { a: 1 }, $inc: { a: 1 } }, 40),
  },
  { name: 'error: a path and its parent', ...failsWith([one], one, { $set: { a: 1, 'a.b': 1 } }, 40) },
  { name: 'error: a field in a scalar', ...failsWith([{ _id: 1, a: 5 }], one, { $set: { 'a.b': 1 } }, 28) },
  { name: 'error: a field in an array', ...failsWith([{ _id: 1, a: [] }], one, { $set: { 'a.b': 1 } }, 28) },
  { name: 'error: $inc of a text', ...failsWith([{ _id: 1, a: 'x' }], one, { $inc: { a: 1 } }, 14) },
  { name: 'error: $inc of null', ...failsWith([{ _id: 1, a: null }], one, { $inc: { a: 1 } }, 14) },
  { name: 'error: $inc by a text', ...failsWith([one], one, { $inc: { a: 'x' } }, 14) },
  { name: 'error: $push onto a scalar', ...failsWith([{ _id: 1, a: 5 }], one, { $push: { a: 1 } }, 2) },
  {
    name: 'error: $addToSet onto null',
    ...failsWith([{ _id: 1, a: null }], one, { $addToSet: { a: 1 } }, 2),
  },
  { name: 'error: an unknown update operator', ...failsWith([one], one, { $foo: { a: 1 } }, 9) },
  { name: 'error: an empty field name', ...failsWith([one], one, { $set: { '': 1 } }, 56) },
  {
    name: 'error: a positional operator without a match',
    ...failsWith([{ _id: 1, a: [1] }], one, { $set: { 'a.$': 2 } }, 2),
  },
  {
    name: 'error: an array filter that is not used',
    documents: [one],
    run: fails(updates(one, { $set: { a: 1 } }, { arrayFilters: [{ x: 1 }] })),
    answer: { code: 9 },
  },
  {
    name: 'error: an array filter that is not given',
    ...failsWith([{ _id: 1, a: [1] }], one, { $set: { 'a.$[x]': 2 } }, 2),
  },
  {
    name: 'error: a duplicate _id',
    documents: [one],
    run: fails((things) => things.insertOne(one)),
    answer: { code: 11000, keyPattern: { _id: 1 }, keyValue: { _id: 1 } },
  },
  {
    name: 'error: an array as _id',
    documents: [],
    run: fails((_things, db) => db.collection<{ _id: number[] }>('things').insertOne({ _id: [1] })),
    answer: { code: 53 },
  },
];
