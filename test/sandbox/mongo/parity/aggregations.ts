import { Decimal128, type Document, Double, Long, ObjectId } from 'mongodb';
import { aggregates, type Case, evaluates, fails } from './case.js';

const sales = [
  { _id: 1, item: 'a', n: 2, price: 1.5, tags: ['x', 'y'], at: new Date('2026-03-01T10:20:30.456Z') },
  { _id: 2, item: 'b', n: 1, price: 4, tags: [], at: new Date('2026-03-02T00:00:00Z') },
  { _id: 3, item: 'a', n: 5, price: 2, tags: ['y'], at: new Date('2026-12-31T23:59:59Z') },
  { _id: 4, item: null, n: 3 },
  { _id: 5, n: 4 },
];
const people = [
  { _id: 1, name: 'Ann', boss: 2, teams: [10, 11] },
  { _id: 2, name: 'Bob', teams: [] },
  { _id: 3, name: 'Cid', boss: null, teams: [11] },
];

/** An expression over one document and its value. */
const value = (expression: unknown, answer: unknown, document: Document = {}): Case => ({
  name: `expression ${JSON.stringify(expression)}`,
  documents: [{ _id: 1, ...document }],
  run: evaluates(expression),
  answer,
});
const refused = (expression: unknown, code: number, document: Document = {}): Case => ({
  name: `error: ${JSON.stringify(expression)}`,
  documents: [{ _id: 1, ...document }],
  run: fails(evaluates(expression)),
  answer: { code },
});

const stages: readonly Case[] = [
  {
    name: '$group: null and missing are one group',
    documents: sales,
    run: aggregates({ $group: { _id: '$item', n: { $sum: '$n' } } }, { $sort: { _id: 1 } }),
    answer: [
      { _id: null, n: 7 },
      { _id: 'a', n: 7 },
      { _id: 'b', n: 1 },
    ],
  },
  {
    name: '$group: accumulators',
    documents: sales,
    run: aggregates(
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          sum: { $sum: 1 },
          avg: { $avg: '$price' },
          min: { $min: '$price' },
          max: { $max: '$item' },
          first: { $first: '$n' },
          last: { $last: '$price' },
          all: { $push: '$price' },
          count: { $count: {} },
        },
      },
    ),
    answer: [
      { _id: null, sum: 5, avg: 2.5, min: 1.5, max: 'b', first: 2, last: null, all: [1.5, 4, 2], count: 5 },
    ],
  },
  {
    name: '$group: numbers of different types are one group',
    documents: [
      { _id: 1, k: 1 },
      { _id: 2, k: new Double(1) },
      { _id: 3, k: Long.fromNumber(1) },
    ],
    run: aggregates(
      { $group: { _id: '$k', ids: { $addToSet: '$_id' } } },
      { $project: { n: { $size: '$ids' } } },
    ),
    answer: [{ _id: 1, n: 3 }],
  },
  {
    name: '$group by several fields',
    documents: sales.slice(0, 3),
    run: aggregates(
      { $group: { _id: { item: '$item', big: { $gt: ['$n', 3] } } } },
      { $sort: { '_id.item': 1, '_id.big': 1 } },
    ),
    answer: [
      { _id: { item: 'a', big: false } },
      { _id: { item: 'a', big: true } },
      { _id: { item: 'b', big: false } },
    ],
  },
  {
    name: '$sum passes over what is no number',
    documents: [{ _id: 1, n: 'x' }, { _id: 2 }],
    run: aggregates({ $group: { _id: null, n: { $sum: '$n' } } }),
    answer: [{ _id: null, n: 0 }],
  },
  {
    name: '$unwind leaves out empty and missing arrays',
    documents: sales,
    run: aggregates({ $unwind: '$tags' }, { $project: { tags: 1 } }),
    answer: [
      { _id: 1, tags: 'x' },
      { _id: 1, tags: 'y' },
      { _id: 3, tags: 'y' },
    ],
  },
  {
    name: '$unwind keeps them when asked, with the index',
    documents: sales.slice(1, 4),
    run: aggregates(
      { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
      { $project: { tags: 1, at: 1 } },
    ),
    answer: [
      { _id: 2, at: null },
      { _id: 3, tags: 'y', at: 0 },
      { _id: 4, at: null },
    ],
  },
  {
    name: '$project computes, keeps and renames',
    documents: sales.slice(0, 1),
    run: aggregates({
      $project: {
        _id: 0,
        total: { $multiply: ['$n', '$price'] },
        what: '$item',
        'deep.n': '$n',
        none: '$nothing',
      },
    }),
    answer: [{ total: 3, what: 'a', deep: { n: 2 } }],
  },
  {
    name: '$project without fields',
    documents: sales.slice(1, 2),
    run: aggregates({ $project: { tags: 0, at: 0, price: 0 } }),
    answer: [{ _id: 2, item: 'b', n: 1 }],
  },
  {
    name: '$set of a dotted path leaves the stored document alone',
    documents: [{ _id: 1, s: { x: 1 } }],
    run: async (things, db) => {
      await aggregates({ $set: { 's.y': 2 } })(things, db);
      return things.find().toArray();
    },
    answer: [{ _id: 1, s: { x: 1 } }],
  },
  {
    name: '$set goes into arrays',
    documents: [{ _id: 1, a: [{ x: 1 }, { x: 2 }] }],
    run: aggregates({ $set: { 'a.y': '$_id' } }),
    answer: [
      {
        _id: 1,
        a: [
          { x: 1, y: 1 },
          { x: 2, y: 1 },
        ],
      },
    ],
  },
  {
    name: '$set with $$REMOVE',
    documents: [{ _id: 1, a: 1, b: 1 }],
    run: aggregates({ $set: { a: '$$REMOVE' } }),
    answer: [{ _id: 1, b: 1 }],
  },
  {
    name: '$lookup by field',
    documents: people,
    run: aggregates(
      { $match: { _id: { $ne: 2 } } },
      { $lookup: { from: 'things', localField: 'boss', foreignField: '_id', as: 'boss' } },
      { $project: { boss: '$boss.name' } },
    ),
    answer: [
      { _id: 1, boss: ['Bob'] },
      { _id: 3, boss: [] },
    ],
  },
  {
    name: '$lookup from an array',
    documents: people,
    run: aggregates(
      { $match: { _id: 1 } },
      { $lookup: { from: 'things', localField: 'teams', foreignField: 'teams', as: 'mates' } },
      { $project: { mates: '$mates._id' } },
    ),
    answer: [{ _id: 1, mates: [1, 3] }],
  },
  {
    name: '$lookup by pipeline with let',
    documents: people,
    run: aggregates(
      { $match: { _id: 2 } },
      {
        $lookup: {
          from: 'things',
          let: { me: '$_id' },
          pipeline: [{ $match: { $expr: { $eq: ['$boss', '$$me'] } } }, { $project: { name: 1 } }],
          as: 'staff',
        },
      },
      { $project: { staff: 1 } },
    ),
    answer: [{ _id: 2, staff: [{ _id: 1, name: 'Ann' }] }],
  },
  {
    name: '$lookup by field and pipeline joins both',
    documents: people,
    run: aggregates(
      { $match: { _id: 1 } },
      {
        $lookup: {
          from: 'things',
          localField: 'teams',
          foreignField: 'teams',
          pipeline: [{ $match: { name: 'Cid' } }],
          as: 'mates',
        },
      },
      { $project: { mates: '$mates._id' } },
    ),
    answer: [{ _id: 1, mates: [3] }],
  },
  {
    name: '$lookup of nothing joins missing',
    documents: people,
    run: aggregates(
      { $match: { _id: 2 } },
      { $lookup: { from: 'things', localField: 'boss', foreignField: 'boss', as: 'same' } },
      { $project: { same: '$same._id' } },
    ),
    answer: [{ _id: 2, same: [2, 3] }],
  },
  {
    name: '$lookup of an empty array joins nothing',
    documents: people,
    run: aggregates(
      { $match: { _id: 2 } },
      { $lookup: { from: 'things', localField: 'teams', foreignField: 'teams', as: 'mates' } },
      { $project: { mates: 1 } },
    ),
    answer: [{ _id: 2, mates: [] }],
  },
  {
    name: '$facet: a count of nothing is an empty list',
    documents: sales,
    run: aggregates({ $facet: { none: [{ $match: { n: 99 } }, { $count: 'n' }], some: [{ $count: 'n' }] } }),
    answer: [{ none: [], some: [{ n: 5 }] }],
  },
  { name: '$count of nothing answers nothing', documents: [], run: aggregates({ $count: 'n' }), answer: [] },
  {
    name: '$sort puts missing with null',
    documents: [{ _id: 1, a: 1 }, { _id: 2 }, { _id: 3, a: null }, { _id: 4, a: 0 }],
    run: aggregates({ $sort: { a: 1, _id: -1 } }, { $project: { _id: 1 } }),
    answer: [{ _id: 3 }, { _id: 2 }, { _id: 4 }, { _id: 1 }],
  },
  {
    name: '$sort compares decimals by value',
    documents: ['9', '10', '9.5'].map((d, _id) => ({ _id, d: Decimal128.fromString(d) })),
    run: aggregates({ $sort: { d: 1 } }, { $project: { _id: 1 } }),
    answer: [{ _id: 0 }, { _id: 2 }, { _id: 1 }],
  },
  {
    name: '$sortByCount',
    documents: sales,
    run: aggregates({ $unwind: '$tags' }, { $sortByCount: '$tags' }),
    answer: [
      { _id: 'y', count: 2 },
      { _id: 'x', count: 1 },
    ],
  },
  {
    name: '$replaceRoot',
    documents: [{ _id: 1, s: { x: 1 } }],
    run: aggregates({ $replaceRoot: { newRoot: { $mergeObjects: ['$s', { y: 2 }] } } }),
    answer: [{ x: 1, y: 2 }],
  },
  {
    name: '$unionWith',
    documents: [{ _id: 1 }],
    run: aggregates({ $unionWith: { coll: 'things', pipeline: [{ $set: { again: true } }] } }),
    answer: [{ _id: 1 }, { _id: 1, again: true }],
  },
  {
    name: '$skip and $limit',
    documents: sales,
    run: aggregates({ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }),
    answer: [{ _id: 4 }, { _id: 3 }],
  },
  {
    name: '$unset',
    documents: [{ _id: 1, a: { b: 1, c: 2 } }],
    run: aggregates({ $unset: ['a.b'] }),
    answer: [{ _id: 1, a: { c: 2 } }],
  },
  {
    name: 'a collection that is not there answers nothing',
    documents: [],
    run: aggregates({ $match: {} }),
    answer: [],
  },
  {
    name: 'error: an unknown stage',
    documents: [],
    run: fails(aggregates({ $fly: {} })),
    answer: { code: 40324 },
  },
  {
    name: 'error: two stages in one',
    documents: [],
    run: fails(aggregates({ $match: {}, $limit: 1 })),
    answer: { code: 40323 },
  },
  {
    name: 'error: a limit of zero',
    documents: [],
    run: fails(aggregates({ $limit: 0 })),
    answer: { code: 15958 },
  },
  {
    name: 'error: watching a single server',
    documents: [],
    run: fails(aggregates({ $changeStream: {} })),
    answer: { code: 40573 },
  },
];

const at = new Date('2026-03-01T10:20:30.456Z');
const id = new ObjectId('65f0c0d0aabbccddeeff0011');

const expressions: readonly Case[] = [
  value({ $eq: ['$a', null] }, false),
  value({ $lt: ['$a', null] }, true),
  value({ $gt: [[1, 2], [1]] }, true),
  value({ $cmp: ['a', 1] }, 1),
  value({ $eq: [1, '$a'] }, true, { a: Long.fromNumber(1) }),
  value({ $and: ['$a', 'text', [], {}] }, true, { a: 1 }),
  value({ $or: [0, null, '$missing', false] }, false),
  value({ $not: ['$a'] }, true, { a: 0 }),
  value({ $cond: ['$a', 'yes', 'no'] }, 'no'),
  // biome-ignore lint/suspicious/noThenProperty: the operator's own field
  value({ $cond: { if: { $gte: ['$a', 2] }, then: 'big', else: 'small' } }, 'big', { a: 2 }),
  value({ $ifNull: ['$a', '$b', 7] }, 7, { b: null }),
  // biome-ignore lint/suspicious/noThenProperty: the operator's own field
  value({ $switch: { branches: [{ case: { $eq: ['$a', 1] }, then: 'one' }], default: 'many' } }, 'many', {
    a: 2,
  }),
  value({ $let: { vars: { x: 2 }, in: { $multiply: ['$$x', '$a'] } } }, 6, { a: 3 }),
  value({ $literal: '$a' }, '$a'),
  value({ $type: '$a' }, 'missing'),
  value({ $type: '$a' }, 'double', { a: new Double(1) }),
  value({ $add: [1, 2.5] }, 3.5),
  value({ $add: [1, '$a'] }, null),
  value({ $type: { $add: [2147483647, 1] } }, 'long'),
  value({ $add: ['$at', 1000] }, new Date('2026-03-01T10:20:31.456Z'), { at }),
  value({ $subtract: ['$at', 456] }, new Date('2026-03-01T10:20:30Z'), { at }),
  value({ $subtract: ['$at', '$at'] }, 0, { at }),
  value({ $multiply: [3, 1.5] }, 4.5),
  value({ $divide: [1, 4] }, 0.25),
  value({ $mod: [-7, 3] }, -1),
  value({ $abs: -3 }, 3),
  value({ $ceil: 1.2 }, 2),
  value({ $floor: -1.2 }, -2),
  value({ $sqrt: 9 }, 3),
  value({ $sum: '$a' }, 6, { a: [1, 2, 3, 'x'] }),
  value({ $avg: ['$a', 4] }, 3, { a: 2 }),
  value({ $max: ['$a', '$b'] }, 5, { a: 5 }),
  value({ $min: '$a' }, 1, { a: [3, 1] }),
  value({ $size: '$a' }, 2, { a: [1, 2] }),
  value({ $arrayElemAt: ['$a', -1] }, 3, { a: [1, 2, 3] }),
  value({ $arrayElemAt: ['$a', 9] }, undefined, { a: [1] }),
  value({ $first: '$a' }, 1, { a: [1, 2] }),
  value({ $last: '$a' }, 2, { a: [1, 2] }),
  value({ $slice: ['$a', -2] }, [2, 3], { a: [1, 2, 3] }),
  value({ $slice: ['$a', 1, 1] }, [2], { a: [1, 2, 3] }),
  value({ $concatArrays: ['$a', [3, [4]]] }, [1, 3, [4]], { a: [1] }),
  value({ $reverseArray: '$a' }, [2, 1], { a: [1, 2] }),
  value({ $in: [2, '$a'] }, true, { a: [1, 2] }),
  value({ $indexOfArray: ['$a', 2] }, 1, { a: [1, 2] }),
  value({ $isArray: '$a' }, false),
  value({ $range: [0, 6, 2] }, [0, 2, 4]),
  value({ $range: [3, 0, -2] }, [3, 1]),
  value({ $map: { input: '$a', as: 'x', in: { $add: ['$$x', 1] } } }, [2, 3], { a: [1, 2] }),
  value({ $filter: { input: '$a', cond: { $gt: ['$$this', 1] } } }, [2, 3], { a: [1, 2, 3] }),
  value({ $reduce: { input: '$a', initialValue: '', in: { $concat: ['$$value', '$$this'] } } }, 'xy', {
    a: ['x', 'y'],
  }),
  value({ $sortArray: { input: '$a', sortBy: -1 } }, [3, 2, 1], { a: [1, 3, 2] }),
  value({ $setUnion: ['$a', [2, 3]] }, [1, 2, 3], { a: [2, 1] }),
  value({ $setIntersection: ['$a', [2, 3]] }, [2], { a: [2, 1] }),
  value({ $setDifference: ['$a', [2]] }, [1], { a: [2, 1] }),
  value({ $setIsSubset: [[1], '$a'] }, true, { a: [2, 1] }),
  value({ $setEquals: [[1, 2, 2], '$a'] }, true, { a: [2, 1] }),
  value({ $anyElementTrue: ['$a'] }, true, { a: [0, 1] }),
  value({ $allElementsTrue: ['$a'] }, false, { a: [0, 1] }),
  value({ $objectToArray: '$a' }, [{ k: 'x', v: 1 }], { a: { x: 1 } }),
  value({ $arrayToObject: '$a' }, { x: 1 }, { a: [['x', 1]] }),
  value({ $mergeObjects: ['$a', { y: 2 }, null] }, { x: 1, y: 2 }, { a: { x: 1, y: 1 } }),
  value({ $getField: 'a' }, 4, { a: 4 }),
  value('$a.b', [1, 2], { a: [{ b: 1 }, {}, { b: 2 }, 5] }),
  value('$a.0', [], { a: [1, 2] }),
  value(['$a', '$missing'], [1, null], { a: 1 }),
  value({ x: '$a', y: '$missing' }, { x: 1 }, { a: 1 }),
  value({ $concat: ['a', 'b'] }, 'ab'),
  value({ $concat: ['a', '$missing'] }, null),
  value({ $toLower: 'ÀB' }, 'Àb'),
  value({ $toUpper: 'ab' }, 'AB'),
  value({ $toLower: '$missing' }, ''),
  value({ $split: ['a,b', ','] }, ['a', 'b']),
  value({ $trim: { input: '  a ' } }, 'a'),
  value({ $ltrim: { input: 'xxa', chars: 'x' } }, 'a'),
  value({ $rtrim: { input: 'axx', chars: 'x' } }, 'a'),
  value({ $strLenCP: 'äb' }, 2),
  value({ $strLenBytes: 'äb' }, 3),
  value({ $substrCP: ['hällo', 1, 3] }, 'äll'),
  value({ $trim: { input: '$missing' } }, null),
  value({ $replaceOne: { input: 'a.a', find: '.', replacement: { $literal: '$&' } } }, 'a$&a'),
  value({ $replaceAll: { input: 'a.a.', find: '.', replacement: '-' } }, 'a-a-'),
  value({ $strcasecmp: ['a', 'B'] }, -1),
  value({ $year: '$at' }, 2026, { at }),
  value({ $month: '$at' }, 3, { at }),
  value({ $dayOfMonth: '$at' }, 1, { at }),
  value({ $dayOfWeek: '$at' }, 1, { at }),
  value({ $dayOfYear: '$at' }, 60, { at }),
  value({ $hour: '$at' }, 10, { at }),
  value({ $minute: '$at' }, 20, { at }),
  value({ $second: '$at' }, 30, { at }),
  value({ $millisecond: '$at' }, 456, { at }),
  value({ $dateToString: { date: '$at' } }, '2026-03-01T10:20:30.456Z', { at }),
  value({ $dateToString: { date: '$at', format: '%Y-%m-%d %H:%M' } }, '2026-03-01 10:20', { at }),
  value({ $dateToString: { date: '$at', format: '%H:%M', timezone: '+02:30' } }, '12:50', { at }),
  value({ $dateAdd: { startDate: '$at', unit: 'day', amount: 1 } }, new Date('2026-03-02T10:20:30.456Z'), {
    at,
  }),
  value(
    { $dateSubtract: { startDate: '$at', unit: 'hour', amount: 1 } },
    new Date('2026-03-01T09:20:30.456Z'),
    { at },
  ),
  value({ $dateDiff: { startDate: '$at', endDate: new Date('2026-03-03T01:00:00Z'), unit: 'day' } }, 2, {
    at,
  }),
  value({ $dateTrunc: { date: '$at', unit: 'day' } }, new Date('2026-03-01T00:00:00Z'), { at }),
  value({ $toString: '$id' }, '65f0c0d0aabbccddeeff0011', { id }),
  value({ $toObjectId: '65f0c0d0aabbccddeeff0011' }, id),
  value({ $toInt: '42' }, 42),
  value({ $toInt: 1.9 }, 1),
  value({ $toLong: '42' }, 42),
  value({ $toDouble: '1.5' }, 1.5),
  value({ $toBool: 0 }, false),
  value({ $toBool: 'false' }, true),
  value({ $toDate: '2026-03-01T00:00:00Z' }, new Date('2026-03-01T00:00:00Z')),
  value({ $toDate: '$id' }, new Date('2024-03-12T20:53:36Z'), { id }),
  value({ $toString: '$missing' }, null),
  refused({ $add: ['a', 1] }, 14),
  refused({ $divide: [1, 0] }, 2),
  refused({ $size: '$a' }, 17124, { a: 1 }),
  refused({ $toInt: 'x' }, 241),
  refused('$$nowhere', 17276),
  refused({ $in: [1, '$a'] }, 40081, { a: 1 }),
];

export const aggregationCases: readonly Case[] = [...stages, ...expressions];
