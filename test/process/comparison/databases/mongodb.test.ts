import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Db, type Document, MongoClient } from 'mongodb';
import type { Notes } from '../../../../src/process/comparison/collectors/databases/notes.js';
import { askCollections } from '../../../../src/process/comparison/collectors/mongodb/collections.js';
import { askPeople } from '../../../../src/process/comparison/collectors/mongodb/people.js';
import { mongodbSource } from '../../../../src/process/comparison/collectors/mongodb/source.js';
import { mongodbCollector } from '../../../../src/process/comparison/collectors/mongodb.js';
import type { Section } from '../../../../src/process/comparison/snapshot.js';
import { aDatabase } from '../../../support/mongo.js';
import { breaking } from './breaking.js';
import { differencesOf, namesOf, someTools, told } from './tools.js';

let clients: MongoClient[];
beforeEach(() => {
  clients = [];
});
afterEach(async () => {
  for (const client of clients) {
    await client.db().dropDatabase();
    await client.close();
  }
});

/** A new database that a test may fill, and its address. */
async function aFilled(fill: (db: Db) => Promise<unknown>): Promise<string> {
  const url = aDatabase();
  const client = await new MongoClient(url).connect();
  clients.push(client);
  await fill(client.db());
  return url;
}

const seen = (url: string, more: object = {}): Promise<Section> =>
  mongodbCollector.collect('shop', mongodbSource.parse({ url, ...more }), someTools());

test('an empty database has no collections', async () => {
  const section = await seen(await aFilled(async () => undefined));

  expect(section.subject).toMatch(/^MongoDB \d+\.\d+/u);
  expect(namesOf(section, 'collection')).toEqual([]);
});

test('collections and indexes that come, go and change are told, and nothing else', async () => {
  const made = async (db: Db): Promise<void> => {
    await db.createCollection('invoices');
    await db.collection('invoices').createIndex({ number: 1 }, { unique: true });
    await db.collection('invoices').createIndex({ a: 1, b: -1 }, { name: 'both' });
    await db.createCollection('old');
  };
  const production = await aFilled(made);
  const staging = await aFilled(async (db) => {
    await made(db);
    await db.collection('old').drop();
    await db.createCollection('new "odd" Größe');
    await db.collection('invoices').dropIndex('both');
    await db.collection('invoices').createIndex({ b: -1, a: 1 }, { name: 'both' });
    await db.collection('invoices').createIndex({ seen: 1 }, { expireAfterSeconds: 60 });
    await db.collection('invoices').insertOne({ number: 1 });
  });

  expect(
    told(differencesOf(await seen(production), await seen(staging))).filter(
      (one) => !one.startsWith('blind'),
    ),
  ).toEqual([
    'added collection new "odd" Größe',
    'added index invoices.seen_1',
    'changed index invoices.both',
    'removed collection old',
  ]);
});

test('the fields of documents are told with their types when a sample is asked for, and not otherwise', async () => {
  const url = await aFilled((db) =>
    db.collection('people').insertMany([
      { _id: 1 as never, name: 'Ana', address: { city: 'London' }, orders: [{ n: 1 }] },
      { _id: 2 as never, name: null, at: new Date(0) },
    ]),
  );

  expect(namesOf(await seen(url), 'field')).toEqual([]);
  const { things } = await seen(url, { sample: 10 });
  const fields = things
    .filter(({ kind }) => kind === 'field')
    .map(({ name, props }) => [name.slice(1).join('.'), props['type']]);
  expect(Object.fromEntries(fields)).toEqual({
    _id: 'number',
    name: 'null or string',
    address: 'document',
    'address.city': 'string',
    orders: 'array',
    'orders.n': 'number',
    at: 'date',
  });
});

test('reference documents are compared one by one on their key, without ids of their own and with secrets unreadable', async () => {
  const rates = (gb: number) => (db: Db) =>
    db.collection('vat').insertMany([
      { code: 'GB', rate: gb, token: 'token-of-gb', seen: new Date(gb) },
      { code: 'DE', rate: 19 },
    ]);
  const reference = [{ collection: 'vat', key: ['code'], leaveOut: ['seen'] }];
  const [production, staging] = [await aFilled(rates(20)), await aFilled(rates(21))];

  const sides = [await seen(production, { reference }), await seen(staging, { reference })] as const;

  const rows = differencesOf(...sides).filter(({ kind }) => kind === 'row');
  expect(rows.map(({ path, changed }) => [path, changed])).toEqual([
    ['shop › vat.GB', [['rate', '20', '21']]],
  ]);
  expect(JSON.stringify(sides)).not.toContain('token-of-gb');
});

test('what the server does not tell is blind and not empty', async () => {
  const { blind, things } = await seen(await aFilled(async () => undefined));

  for (const kind of ['role', 'user']) {
    const isBlind = blind.some((one) => one.kind === kind);
    expect(isBlind || things.every((thing) => thing.kind !== kind)).toBe(true);
    if (isBlind) expect(things.some((thing) => thing.kind === kind)).toBe(false);
  }
});

test('a connection that breaks midway gives an error and no section', async () => {
  const url = await aFilled((db) =>
    db.collection('a').insertMany(Array.from({ length: 500 }, (_, n) => ({ n, words: 'x'.repeat(100) }))),
  );
  const proxy = await breaking(Number(new URL(url).port), 3_000);
  const through = url.replace(/:\d+\//u, `:${proxy.port}/`);

  try {
    await expect(seen(through, { sample: 500 })).rejects.toThrow(/^shop: MongoDB could not be looked at: /u);
  } finally {
    proxy.stop();
  }
}, 60_000);

test('a look that is ended gives no section and says so', async () => {
  const ended = new AbortController();
  const source = mongodbSource.parse({ url: await aFilled(async () => undefined) });
  const look = mongodbCollector.collect(
    'shop',
    source,
    someTools({ signal: ended.signal, progress: () => ended.abort() }),
  );

  await expect(look).rejects.toThrow('shop: the look at MongoDB was ended.');
});

test('the password stands in no error', async () => {
  const password = 'hunter2-of-the-tests';
  process.env['MONGO_PASSWORD'] = password;
  const named = `\${MONGO_PASSWORD}`;
  for (const url of [
    `mongodb://me:${named}@127.0.0.1:1/shop?serverSelectionTimeoutMS=50`,
    `mongodb://me:${named}@nowhere:x/shop`,
    `other://me:${named}@host/shop`,
  ]) {
    const error: unknown = await seen(url, { timeLimit: '1s' }).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/^Error: shop: /u);
    expect(`${String(error)} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}`).not.toContain(
      password,
    );
  }
}, 60_000);

/** What a server would answer that these tests have none of. */
const answering = (
  answers: Readonly<Record<string, Document>>,
  collections: Document[] = [],
  indexes: Document[] = [],
) => {
  const notes: Notes = { things: [], blind: [] };
  const db = {
    databaseName: 'shop',
    command: async (asked: Document) => answers[Object.keys(asked)[0] ?? ''] ?? {},
    listCollections: () => ({ toArray: async () => collections }),
    collection: () => ({ listIndexes: () => ({ toArray: async () => indexes }) }),
  };
  return { db: db as unknown as Db, notes, timeLimit: 1_000 };
};

test("a role on the database itself is told as here, and on one whose name only begins like it by that one's name", async () => {
  const held = [
    { role: 'read', db: 'shop' },
    { role: 'read', db: 'shop_archive' },
  ];
  const look = answering({ rolesInfo: { roles: [] }, usersInfo: { users: [{ user: 'ana', roles: held }] } });

  await askPeople(look);

  expect(look.notes.things).toEqual([
    { kind: 'user', name: ['ana'], props: { roles: 'read here, read on shop_archive', mechanisms: '' } },
  ]);
});

test('what the server writes down only on some ways is no difference: how strict a validator is by itself, how an index was built', async () => {
  const validator = { $jsonSchema: { required: ['number'] } };
  const told = async (options: Document, built: Document) => {
    const look = answering(
      {},
      [{ name: 'invoices', type: 'collection', options: { validator, ...options } }],
      [{ v: 2, key: { number: 1 }, name: 'number_1', ...built }],
    );
    await askCollections(look);
    return look.notes.things;
  };

  expect(await told({ validationLevel: 'strict', validationAction: 'error' }, { background: true })).toEqual(
    await told({}, {}),
  );
  expect(await told({ validationAction: 'warn' }, {})).not.toEqual(await told({}, {}));
});

test('options of a collection, a view and an index are told each by its name', async () => {
  const look = answering(
    {},
    [
      {
        name: 'logs',
        type: 'collection',
        options: { capped: true, size: 4096, collation: { strength: 2, locale: 'de' } },
      },
      {
        name: 'seen',
        type: 'timeseries',
        options: { timeseries: { timeField: 'at' }, expireAfterSeconds: 60 },
      },
      { name: 'open', type: 'view', options: { viewOn: 'logs', pipeline: [{ $match: { open: true } }] } },
      { name: 'system.views', type: 'collection', options: {} },
    ],
    [{ v: 2, key: { '$**': 1 }, name: 'all', hidden: true, partialFilterExpression: { b: 1, a: 1 } }],
  );

  await askCollections(look);

  const props = Object.fromEntries(look.notes.things.map((thing) => [thing.name.join('.'), thing.props]));
  expect(props).toEqual({
    logs: { capped: true, size: '4096', collation: '{"locale":"de","strength":2}' },
    seen: { timeseries: '{"timeField":"at"}', expireAfterSeconds: '60' },
    open: { on: 'logs', definition: '[{"$match":{"open":true}}]' },
    'logs.all': { definition: '{"$**":1}', hidden: 'true', partialFilterExpression: '{"a":1,"b":1}' },
    'seen.all': { definition: '{"$**":1}', hidden: 'true', partialFilterExpression: '{"a":1,"b":1}' },
  });
});
