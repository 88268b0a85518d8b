import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { Refusal } from '../../src/kernel/refusal.js';
import {
  isDuplicate,
  isUnavailable,
  StoreUnavailable,
  StoreUncertain,
} from '../../src/platform/store/connection.js';
import { counters } from '../../src/platform/store/counters.js';
import { type Documents, documents } from '../../src/platform/store/documents.js';
import { leases } from '../../src/platform/store/leases.js';
import { afterwards, inTime, written } from '../../src/platform/store/patience.js';
import { seenRequests } from '../../src/platform/store/requests.js';
import { aDatabase } from '../support/mongo.js';
import { aGround, aStore } from '../support/platform.js';

interface Sheet {
  readonly lines: readonly string[];
  readonly claims?: readonly string[];
}

const ground = aGround();
const uri = aDatabase();
let one: Connection;
let other: Connection;
let sheets: Documents<Sheet>;
let sheetsElsewhere: Documents<Sheet>;
const unique = {
  name: 'claimed-once',
  keys: { 'state.claims': 1 },
  unique: true,
  where: { 'state.claims': { $exists: true } },
} as const;
beforeAll(async () => {
  [one, other] = [await aStore(ground, uri), await aStore(ground, uri)];
  [sheets, sheetsElsewhere] = [
    documents<Sheet>(one, 'sheets', [unique]),
    documents<Sheet>(other, 'sheets', [unique]),
  ];
  await sheets.prepare();
});
afterAll(() => ground.ends());

const occasion = { by: { team: 'T1', user: 'U1', name: 'Bo' }, now: '2026-03-02T01:00:00.000Z' };
const adds = (line: string) => (sheet: Sheet) => ({
  next: { ...sheet, lines: [...sheet.lines, line] },
  did: `added ${line}`,
});

describe('a document', () => {
  test('keeps its state and its history in one write, a version a change', async () => {
    await sheets.insert('a', { lines: [] }, 'began it', occasion);
    const changed = await sheets.change('a', occasion, adds('x'));

    expect(changed).toEqual(await sheets.find('a'));
    expect(changed).toMatchObject({ version: 2, state: { lines: ['x'] } });
    expect(changed.history.map(({ version, did, by }) => [version, did, by.name])).toEqual([
      [1, 'began it', 'Bo'],
      [2, 'added x', 'Bo'],
    ]);
  });

  test('changed by two at once in two processes takes both changes, in some order', async () => {
    await sheets.insert('b', { lines: [] }, 'began it', occasion);
    const lines = Array.from({ length: 6 }, (_, at) => `line ${at}`);
    await Promise.all(
      lines.map((line, at) => (at % 2 === 0 ? sheets : sheetsElsewhere).change('b', occasion, adds(line))),
    );
    const found = await sheets.find('b');

    expect([...(found?.state.lines ?? [])].sort()).toEqual(lines);
    expect(found?.version).toBe(7);
    expect(found?.history.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('lets whoever was slower decide again on what is true now', async () => {
    await sheets.insert('c', { lines: [] }, 'began it', occasion);
    const once = (line: string) => (sheet: Sheet) => {
      if (sheet.lines.length > 0) throw new Refusal('already-decided', `${sheet.lines[0]} was first.`);
      return adds(line)(sheet);
    };
    const results = await Promise.allSettled([
      sheets.change('c', occasion, once('one')),
      sheetsElsewhere.change('c', occasion, once('other')),
    ]);

    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [refused] = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as Refusal] : [],
    );
    expect(refused?.message).toBe(`${(await sheets.find('c'))?.state.lines[0]} was first.`);
  });

  test('whose decision is "nothing to do", or a refusal, is not written', async () => {
    await sheets.insert('d', { lines: [] }, 'began it', occasion);
    await sheets.change('d', occasion, () => undefined);
    await expect(
      sheets.change('d', occasion, () => {
        throw new Refusal('wrong-state', 'No.');
      }),
    ).rejects.toThrow('No.');

    expect(await sheets.find('d')).toMatchObject({ version: 1, history: [{ did: 'began it' }] });
  });

  test('that is not there is refused by its id', async () => {
    await expect(sheets.change('nowhere', occasion, adds('x'))).rejects.toThrow('There is no nowhere.');
    expect(await sheets.find('nowhere')).toBeUndefined();
  });

  test('is inserted once, however many try', async () => {
    const tries = [sheets, sheetsElsewhere, sheets, sheetsElsewhere];
    const stored = await Promise.all(
      tries.map((some, at) => some.insert('e', { lines: [`${at}`] }, 'began it', occasion)),
    );

    expect(stored.filter((found) => found !== undefined)).toHaveLength(1);
  });

  test('whose claim another one has is neither inserted nor changed to it', async () => {
    await sheets.insert('f', { lines: [], claims: ['X', 'Y'] }, 'began it', occasion);
    expect(await sheets.insert('g', { lines: [], claims: ['Y'] }, 'began it', occasion)).toBeUndefined();
    await sheets.insert('g', { lines: [], claims: ['Z'] }, 'began it', occasion);
    const change = sheets.change('g', occasion, (sheet) => ({
      next: { ...sheet, claims: ['Z', 'X'] },
      did: 'took X',
    }));

    expect(isDuplicate(await change.catch((error: unknown) => error))).toBe(true);
    expect(await sheets.find('g')).toMatchObject({ version: 1, state: { claims: ['Z'] } });
  });

  test('is unsettled after a change until that very version is settled', async () => {
    await sheets.insert('h', { lines: [] }, 'began it', occasion);
    await sheets.change('h', occasion, adds('x'));
    await sheets.settle('h', 1);
    expect(await sheets.unsettled()).toContain('h');
    await sheets.settle('h', 2);
    expect(await sheets.unsettled()).not.toContain('h');
  });

  test('is told of after it is saved, and not when nothing was', async () => {
    const heard: string[] = [];
    sheets.onChange((id) => heard.push(id));
    await sheets.insert('i', { lines: [] }, 'began it', occasion);
    await sheets.insert('i', { lines: [] }, 'began it', occasion);
    await sheets.change('i', occasion, adds('x'));
    await sheets.change('i', occasion, () => undefined);

    expect(heard).toEqual(['i', 'i']);
  });
});

test('numbers are given out once each, by however many processes', async () => {
  const [mine, theirs] = [counters(one), counters(other)];
  const given = await Promise.all(
    Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? mine : theirs).next('incidents/acme')),
  );

  expect([...given].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  expect(await mine.next('incidents/umber')).toBe(1);
});

test('a request is seen for the first time once, by however many processes', async () => {
  const [mine, theirs] = [seenRequests(one), seenRequests(other)];
  const first = await Promise.all([mine, theirs, mine, theirs].map((seen) => seen.isFirst('v0=abc')));

  expect(first.filter(Boolean)).toHaveLength(1);
});

describe('a lease', () => {
  test('is held by one at a time, and free again when it is released', async () => {
    const [mine, theirs] = [leases(one, 'mine', 10_000), leases(other, 'theirs', 10_000)];
    const taken = await Promise.all([mine.take('x'), theirs.take('x'), mine.take('x')]);
    const [held] = taken.filter((lease) => lease !== undefined);

    expect(taken.filter((lease) => lease !== undefined)).toHaveLength(1);
    expect(held?.held()).toBe(true);
    await held?.release();
    expect(held?.held()).toBe(false);
    const next = await theirs.take('x');
    expect(next?.fence).toBeGreaterThan(held?.fence ?? 0);
    await next?.release();
  });

  test('of a process that died is free after its time, and its holder knows that it is over', async () => {
    const dead = await leases(one, 'dead', 60).take('y');
    const heir = leases(other, 'heir', 10_000);
    // The dead do not renew: their connection is gone.
    await one.collection<{ _id: string }>('leases').updateOne({ _id: 'y' }, { $set: { owner: 'nobody' } });
    let inherited = await heir.take('y');
    while (inherited === undefined) inherited = await heir.take('y');

    expect(inherited.fence).toBe((dead?.fence ?? 0) + 1);
    expect(dead?.held()).toBe(false);
    await dead?.release();
    expect(await leases(one, 'third', 1_000).take('y')).toBeUndefined();
    await inherited.release();
  });

  test('is renewed for as long as it is held', async () => {
    const held = await leases(one, 'long', 150).take('z');
    const began = Date.now();
    while (Date.now() - began < 500) expect(await leases(other, 'waiting', 150).take('z')).toBeUndefined();

    expect(held?.held()).toBe(true);
    await held?.release();
  });
});

describe('the patience of a request', () => {
  const never = () => new Promise<never>(() => undefined);

  test('ends with "nothing was recorded" when no write was under way', async () => {
    await expect(inTime(20, never)).rejects.toBeInstanceOf(StoreUnavailable);
  });

  test('ends with "not certain" when a write was', async () => {
    await expect(inTime(20, () => written(never))).rejects.toBeInstanceOf(StoreUncertain);
  });

  test('lets no write begin for somebody who was told that nothing was recorded', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((open) => {
      go = open;
    });
    let wrote = false;
    let late: Promise<unknown> = Promise.resolve();
    const told = inTime(20, () => {
      late = gate.then(() =>
        written(async () => {
          wrote = true;
        }),
      );
      return late;
    });
    await expect(told).rejects.toBeInstanceOf(StoreUnavailable);
    go();

    await expect(late).rejects.toBeInstanceOf(StoreUnavailable);
    expect(wrote).toBe(false);
  });

  test('does not bind what follows from a request', async () => {
    let following: Promise<string> = Promise.resolve('');
    let go: () => void = () => undefined;
    const gate = new Promise<void>((open) => {
      go = open;
    });
    const told = inTime(20, () => {
      following = afterwards(async () => {
        await gate;
        return written(async () => 'written');
      });
      return never();
    });
    await expect(told).rejects.toThrow();
    go();

    expect(await following).toBe('written');
  });

  test('takes a broken connection for "not certain" when it broke under a write, and hands on everything else', async () => {
    const broken = Object.assign(new Error('connection closed'), { name: 'MongoNetworkError' });
    const nobody = Object.assign(new Error('no server'), { name: 'MongoServerSelectionError' });
    const twice = Object.assign(new Error('duplicate'), { code: 11000 });
    const thrown = async (error: Error) =>
      written(() => Promise.reject(error)).catch((caught: unknown) => caught);

    expect(await thrown(broken)).toBeInstanceOf(StoreUncertain);
    expect(await thrown(nobody)).toBe(nobody);
    expect(isUnavailable(nobody)).toBe(true);
    expect(await thrown(twice)).toBe(twice);
  });
});
