import { Decimal128, Double, Long, MaxKey, MinKey, ObjectId } from 'mongodb';
import { type Case, fails, finds, shows } from './case.js';

const oid = (digit: string): ObjectId => new ObjectId(digit.repeat(24));
const nothing = [
  { _id: 1, a: 1 },
  { _id: 2, a: null },
  { _id: 3 },
  { _id: 4, a: [] },
  { _id: 5, a: [null] },
  { _id: 6, a: [1, 2, 3] },
  { _id: 7, a: { b: 1 } },
];
const nested = [
  {
    _id: 1,
    a: [
      { b: 1, c: 1 },
      { b: 2, c: 2 },
    ],
  },
  { _id: 2, a: [{ b: 1, c: 2 }] },
  { _id: 3, a: { b: 1, c: 1 } },
  { _id: 4, a: [{ b: [1, 5] }, {}] },
  { _id: 5, a: 7 },
  { _id: 6, a: [[{ b: 1 }]] },
];
const numbers = [
  { _id: 1, n: 5 },
  { _id: 2, n: new Double(5) },
  { _id: 3, n: Long.fromNumber(5) },
  { _id: 4, n: Decimal128.fromString('5.0') },
  { _id: 5, n: '5' },
  { _id: 6, n: Number.NaN },
  { _id: 7, n: 5.5 },
  { _id: 8, n: Long.fromString('9007199254740993') },
];
const mixed = [
  { _id: 'min', v: new MinKey() },
  { _id: 'missing' },
  { _id: 'null', v: null },
  { _id: 'one', v: 1 },
  { _id: 'text', v: 'a' },
  { _id: 'object', v: { a: 1 } },
  { _id: 'array of objects', v: [{ a: 2 }] },
  { _id: 'id', v: oid('1') },
  { _id: 'false', v: false },
  { _id: 'true', v: true },
  { _id: 'date', v: new Date(0) },
  { _id: 'max', v: new MaxKey() },
];
const backwards = [...mixed].reverse();
const texts = [
  { _id: 1, t: 'Invoice' },
  { _id: 2, t: 'the invoice\ntotal' },
  { _id: 3, t: ['x', 'INVOICE'] },
  { _id: 4, t: 7 },
];

export const queryCases: readonly Case[] = [
  {
    name: 'null finds null, missing and arrays with null',
    documents: nothing,
    run: finds({ a: null }),
    answer: [2, 3, 5],
  },
  {
    name: '$ne null leaves out what null finds',
    documents: nothing,
    run: finds({ a: { $ne: null } }),
    answer: [1, 4, 6, 7],
  },
  {
    name: '$exists counts null as there',
    documents: nothing,
    run: finds({ a: { $exists: true } }),
    answer: [1, 2, 4, 5, 6, 7],
  },
  {
    name: '$exists: false finds only missing',
    documents: nothing,
    run: finds({ a: { $exists: false } }),
    answer: [3],
  },
  {
    name: '$in with null finds missing',
    documents: nothing,
    run: finds({ a: { $in: [null, 1] } }),
    answer: [1, 2, 3, 5, 6],
  },
  {
    name: '$nin is the opposite of $in',
    documents: nothing,
    run: finds({ a: { $nin: [null, 1] } }),
    answer: [4, 7],
  },
  {
    name: '$gte null finds null and missing',
    documents: nothing,
    run: finds({ a: { $gte: null } }),
    answer: [2, 3, 5],
  },
  { name: '$gt null finds nothing', documents: nothing, run: finds({ a: { $gt: null } }), answer: [] },
  {
    name: 'an array equals itself as a whole',
    documents: nothing,
    run: finds({ a: [1, 2, 3] }),
    answer: [6],
  },
  { name: 'an empty array equals only an empty one', documents: nothing, run: finds({ a: [] }), answer: [4] },
  { name: '$size counts the array itself', documents: nothing, run: finds({ a: { $size: 1 } }), answer: [5] },
  {
    name: '$not of a comparison finds what has no such value',
    documents: nothing,
    run: finds({ a: { $not: { $gt: 1 } } }),
    answer: [1, 2, 3, 4, 5, 7],
  },
  { name: '$all wants every value', documents: nothing, run: finds({ a: { $all: [1, 3] } }), answer: [6] },
  {
    name: '$all with one value also takes a scalar',
    documents: nothing,
    run: finds({ a: { $all: [1] } }),
    answer: [1, 6],
  },
  {
    name: '$elemMatch on values wants one element for all conditions',
    documents: nothing,
    run: finds({ a: { $elemMatch: { $gt: 1, $lt: 3 } } }),
    answer: [6],
  },
  {
    name: 'two conditions may be met by two elements',
    documents: [{ _id: 1, a: [1, 9] }],
    run: finds({ a: { $gt: 5, $lt: 3 } }),
    answer: [1],
  },
  {
    name: 'a document equals only with its fields in order',
    documents: [{ _id: 1, a: { x: 1, y: 2 } }],
    run: finds({ a: { y: 2, x: 1 } }),
    answer: [],
  },
  {
    name: '$type array finds arrays themselves',
    documents: nothing,
    run: finds({ a: { $type: 'array' } }),
    answer: [4, 5, 6],
  },
  {
    name: '$type number looks into arrays',
    documents: nothing,
    run: finds({ a: { $type: 'number' } }),
    answer: [1, 6],
  },

  { name: 'a dotted path enters arrays', documents: nested, run: finds({ 'a.b': 1 }), answer: [1, 2, 3, 4] },
  {
    name: 'a dotted path may name an index',
    documents: nested.slice(0, 5),
    run: finds({ 'a.0.b': 1 }),
    answer: [1, 2, 4],
  },
  {
    name: 'conditions on a path may be met by different elements',
    documents: nested,
    run: finds({ 'a.b': 1, 'a.c': 2 }),
    answer: [1, 2],
  },
  {
    name: '$elemMatch wants one element',
    documents: nested,
    run: finds({ a: { $elemMatch: { b: 1, c: 2 } } }),
    answer: [2],
  },
  {
    name: 'null below an array finds elements without the field',
    documents: nested,
    run: finds({ 'a.b': null }),
    answer: [4, 5],
  },
  {
    name: '$exists: false below an array',
    documents: nested,
    run: finds({ 'a.b': { $exists: false } }),
    answer: [5, 6],
  },
  {
    name: 'an empty array has no elements that could lack a field',
    documents: [{ _id: 1, a: [] }],
    run: finds({ 'a.b': null }),
    answer: [],
  },
  {
    name: '$elemMatch with $or inside',
    documents: nested,
    run: finds({ a: { $elemMatch: { $or: [{ b: 2 }, { c: 2 }] } } }),
    answer: [1, 2],
  },

  {
    name: 'numbers of every type are equal by value',
    documents: numbers,
    run: finds({ n: 5 }),
    answer: [1, 2, 3, 4],
  },
  {
    name: '64-bit integers are compared exactly',
    documents: numbers,
    run: finds({ n: { $gt: 9007199254740992 } }),
    answer: [8],
  },
  { name: 'NaN equals NaN', documents: numbers, run: finds({ n: Number.NaN }), answer: [6] },
  {
    name: 'NaN is neither above nor below',
    documents: numbers,
    run: finds({ n: { $lt: 5.5 } }),
    answer: [1, 2, 3, 4],
  },
  {
    name: '$type tells int, double, long and decimal apart',
    documents: numbers,
    run: finds({ n: { $type: ['double', 'decimal'] } }),
    answer: [2, 4, 6, 7],
  },
  {
    name: '$mod truncates',
    documents: numbers,
    run: finds({ n: { $mod: [5, 0] } }),
    answer: [1, 2, 3, 4, 7],
  },
  {
    name: 'numbers come back with the type they had',
    documents: numbers,
    run: shows({ _id: { $in: [2, 3] } }, { promoteValues: false, projection: { _id: 0 } }),
    answer: [{ n: new Double(5) }, { n: Long.fromNumber(5) }],
  },

  {
    name: 'types sort in their order, missing with null',
    documents: backwards,
    run: finds({}, { sort: { v: 1 } }),
    answer: [
      'min',
      'null',
      'missing',
      'one',
      'text',
      'object',
      'array of objects',
      'id',
      'false',
      'true',
      'date',
      'max',
    ],
  },
  {
    name: 'comparison stays within a type',
    documents: mixed,
    run: finds({ v: { $gt: 0 } }),
    answer: ['one'],
  },
  {
    name: 'MinKey compares with everything',
    documents: mixed,
    run: finds({ v: { $lte: new MinKey() } }),
    answer: ['min'],
  },
  {
    name: 'MaxKey is above everything, also above what is missing',
    documents: nothing,
    run: finds({ b: { $lt: new MaxKey() } }),
    answer: [1, 2, 3, 4, 5, 6, 7],
  },
  {
    name: 'arrays sort by their least element upwards',
    documents: [{ _id: 1, a: [5, 1] }, { _id: 2, a: 2 }, { _id: 3, a: [] }, { _id: 4 }],
    run: finds({}, { sort: { a: 1 } }),
    answer: [3, 4, 1, 2],
  },
  {
    name: 'arrays sort by their greatest element downwards',
    documents: [{ _id: 1, a: [5, 1] }, { _id: 2, a: 2 }, { _id: 3, a: [] }, { _id: 4 }],
    run: finds({}, { sort: { a: -1 } }),
    answer: [1, 2, 4, 3],
  },
  {
    name: 'several sort keys, skip and limit',
    documents: [
      { _id: 1, a: 1, b: 2 },
      { _id: 2, a: 1, b: 1 },
      { _id: 3, a: 0, b: 9 },
    ],
    run: finds({}, { sort: { a: -1, b: 1 }, skip: 1, limit: 1 }),
    answer: [1],
  },
  {
    name: 'texts sort by their bytes',
    documents: ['b', 'B', 'a', 'é', 'z', '\u{1F600}', '\uFF5E'].map((t, at) => ({ _id: at, t })),
    run: finds({}, { sort: { t: 1 } }),
    answer: [1, 2, 0, 4, 3, 6, 5],
  },

  {
    name: 'a regular expression looks into arrays',
    documents: texts,
    run: finds({ t: /invoice/i }),
    answer: [1, 2, 3],
  },
  {
    name: '$regex with options',
    documents: texts,
    run: finds({ t: { $regex: '^invoice', $options: 'i' } }),
    answer: [1, 3],
  },
  {
    name: '$regex: m anchors at lines',
    documents: texts,
    run: finds({ t: { $regex: '^total', $options: 'm' } }),
    answer: [2],
  },
  {
    name: '$in takes regular expressions',
    documents: texts,
    run: finds({ t: { $in: [/^the/, 'x'] } }),
    answer: [2, 3],
  },
  {
    name: '$not takes a regular expression',
    documents: texts,
    run: finds({ t: { $not: /invoice/i } }),
    answer: [4],
  },

  {
    name: '$or and $nor',
    documents: nothing,
    run: finds({ $or: [{ a: 1 }, { 'a.b': 1 }], $nor: [{ _id: 6 }] }),
    answer: [1, 7],
  },
  {
    name: '$expr compares fields',
    documents: [
      { _id: 1, a: 1, b: 2 },
      { _id: 2, a: 2, b: 1 },
    ],
    run: finds({ $expr: { $gt: ['$a', '$b'] } }),
    answer: [2],
  },
  {
    name: '$bitsAllSet',
    documents: [
      { _id: 1, a: 5 },
      { _id: 2, a: 4 },
    ],
    run: finds({ a: { $bitsAllSet: 5 } }),
    answer: [1],
  },

  {
    name: 'projection: chosen fields in the order of the document',
    documents: [{ _id: 1, b: 1, a: 2, c: 3 }],
    run: shows({}, { projection: { a: 1, b: 1 } }),
    answer: [{ _id: 1, b: 1, a: 2 }],
  },
  {
    name: 'projection: without a field of a subdocument',
    documents: [{ _id: 1, a: [{ b: 1, c: 2 }, 5] }],
    run: shows({}, { projection: { 'a.b': 0 } }),
    answer: [{ _id: 1, a: [{ c: 2 }, 5] }],
  },
  {
    name: 'projection: a path through an array drops what is no document',
    documents: [{ _id: 1, a: [{ b: 1, c: 2 }, 5, { c: 1 }] }],
    run: shows({}, { projection: { 'a.b': 1, _id: 0 } }),
    answer: [{ a: [{ b: 1 }, {}] }],
  },
  {
    name: 'projection: $slice keeps the other fields',
    documents: [{ _id: 1, a: [1, 2, 3], b: 1 }],
    run: shows({}, { projection: { a: { $slice: -2 } } }),
    answer: [{ _id: 1, a: [2, 3], b: 1 }],
  },
  {
    name: 'projection: $slice from an index',
    documents: [{ _id: 1, a: [1, 2, 3], b: 1 }],
    run: shows({}, { projection: { a: { $slice: [1, 1] } } }),
    answer: [{ _id: 1, a: [2], b: 1 }],
  },
  {
    name: 'projection: $elemMatch gives the first element that matches',
    documents: [
      { _id: 1, a: [{ b: 1 }, { b: 2, c: 1 }, { b: 2 }], d: 1 },
      { _id: 2, a: [] },
    ],
    run: shows({}, { projection: { a: { $elemMatch: { b: 2 } } } }),
    answer: [{ _id: 1, a: [{ b: 2, c: 1 }] }, { _id: 2 }],
  },
  {
    name: 'projection: the positional element',
    documents: [{ _id: 1, a: [1, 5, 9] }],
    run: shows({ a: { $gt: 4 } }, { projection: { 'a.$': 1 } }),
    answer: [{ _id: 1, a: [5] }],
  },
  {
    name: 'projection: computed',
    documents: [{ _id: 1, a: 2 }],
    run: shows({}, { projection: { twice: { $add: ['$a', '$a'] } } }),
    answer: [{ _id: 1, twice: 4 }],
  },
  {
    name: 'projection: only without _id',
    documents: [{ _id: 1, a: 2 }],
    run: shows({}, { projection: { _id: 0 } }),
    answer: [{ a: 2 }],
  },

  {
    name: 'error: an unknown operator',
    documents: [],
    run: fails(finds({ a: { $foo: 1 } })),
    answer: { code: 2 },
  },
  {
    name: 'error: an unknown top-level operator',
    documents: [],
    run: fails(finds({ $foo: 1 })),
    answer: { code: 2 },
  },
  {
    name: 'error: $in without an array',
    documents: [],
    run: fails(finds({ a: { $in: 1 } })),
    answer: { code: 2 },
  },
  { name: 'error: an empty $or', documents: [], run: fails(finds({ $or: [] })), answer: { code: 2 } },
  {
    name: 'error: a regular expression that is none',
    documents: [],
    run: fails(finds({ a: { $regex: '(' } })),
    answer: { code: 51091 },
  },
  {
    name: 'error: inclusion and exclusion mixed',
    documents: [{ _id: 1 }],
    run: fails(shows({}, { projection: { a: 1, b: 0 } })),
    answer: { code: 31254 },
  },
  {
    name: 'error: a hint to no index',
    documents: [{ _id: 1 }],
    run: fails(finds({}, { hint: 'none' })),
    answer: { code: 2 },
  },
  {
    name: 'error: a command that does not exist',
    documents: [],
    run: fails((_things, db) => db.command({ fly: 1 })),
    answer: { code: 59 },
  },
  {
    name: 'error: a field that a command does not have',
    documents: [],
    run: fails((_things, db) => db.command({ count: 'things', wings: 1 })),
    answer: { code: 40415 },
  },
  {
    name: 'error: a cursor that does not exist',
    documents: [],
    run: fails((_things, db) => db.command({ getMore: Long.fromNumber(7), collection: 'things' })),
    answer: { code: 43 },
  },
];
