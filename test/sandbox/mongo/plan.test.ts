import { expect, test } from '@jest/globals';
import { type Collection, createCollection } from '../../../src/sandbox/mongo/collection.js';
import { choosePlan } from '../../../src/sandbox/mongo/plan.js';
import { findDocuments } from '../../../src/sandbox/mongo/query.js';
import { parseSort } from '../../../src/sandbox/mongo/sort.js';
import type { Doc } from '../../../src/sandbox/mongo/values.js';

type Key = Record<string, 1 | -1>;

function jobs(): Collection {
  const collection = createCollection('slipway', 'jobs', {
    saved: () => undefined,
    removed: () => undefined,
  });
  const keys: Key[] = [{ name: 1, nextRunAt: 1, priority: -1 }, { tags: 1 }, { owner: 1 }];
  for (const key of keys) collection.addIndex({ v: 2, key, name: Object.keys(key).join() });
  collection.addIndex({ v: 2, key: { open: 1 }, name: 'open', partialFilterExpression: { status: 'open' } });
  for (let _id = 0; _id < 1000; _id += 1) {
    const at = new Date(_id % 50);
    collection.insert({
      _id,
      name: `job ${_id % 100}`,
      nextRunAt: at,
      priority: 0,
      tags: [`t${_id}`, 'all'],
      owner: _id,
      open: _id,
      status: 'open',
    });
  }
  return collection;
}

/** Which index serves a question, how many documents are looked at for it, and whether they come in order. */
function look(filter: Doc, sort: Doc = {}): { by: string | undefined; looksAt: number; sorted: boolean } {
  const collection = jobs();
  const plan = choosePlan(collection, filter, parseSort(sort));
  const looksAt = plan?.ranges.reduce((sum, range) => sum + [...plan.index.read(range, false)].length, 0);
  return { by: plan?.index.spec.name, looksAt: looksAt ?? collection.count(), sorted: plan?.sorted ?? false };
}

test('equality on an indexed field looks at what is equal and nothing else', () => {
  expect(look({ _id: 7 })).toMatchObject({ by: '_id_', looksAt: 1 });
  expect(look({ owner: 7 })).toMatchObject({ by: 'owner', looksAt: 1 });
  expect(look({ tags: 't9' })).toMatchObject({ by: 'tags', looksAt: 1 });
  expect(look({ owner: { $in: [1, 2, 3] } })).toMatchObject({ by: 'owner', looksAt: 3 });
});

test('a range on an indexed field looks at the range', () => {
  expect(look({ owner: { $gte: 10, $lt: 20 } })).toMatchObject({ by: 'owner', looksAt: 10 });
  expect(look({ name: 'job 1', nextRunAt: { $lte: new Date(10) } })).toMatchObject({
    by: 'name,nextRunAt,priority',
    looksAt: 10,
  });
});

test('a sort that an index gives is not sorted again', () => {
  expect(look({ name: 'job 1' }, { nextRunAt: 1, priority: -1 })).toMatchObject({
    looksAt: 10,
    sorted: true,
  });
  expect(look({}, { owner: -1 })).toMatchObject({ by: 'owner', sorted: true });
  expect(look({ name: 'job 1' }, { priority: 1 })).toMatchObject({ sorted: false });
});

test('a sort against an index reads it backwards', () => {
  const newest = findDocuments(jobs(), { filter: {}, sort: { owner: -1 }, limit: 3 });

  expect(newest.map(({ document }) => document._id)).toEqual([999, 998, 997]);
});

test("Agenda's search for the next job looks at the jobs of that name", () => {
  const filter = {
    name: 'job 3',
    disabled: { $ne: true },
    $or: [{ lockedAt: null, nextRunAt: { $lte: new Date(9) } }, { lockedAt: { $lte: new Date(0) } }],
  };
  expect(look(filter, { nextRunAt: 1, priority: -1 })).toMatchObject({ looksAt: 10, sorted: true });
});

test('a partial index serves only questions it can answer wholly', () => {
  expect(look({ open: 5, status: 'open' })).toMatchObject({ by: 'open', looksAt: 1 });
  expect(look({ open: 5 })).toMatchObject({ by: undefined, looksAt: 1000 });
});
