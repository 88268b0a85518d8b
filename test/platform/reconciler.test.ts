import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { background } from '../../src/platform/jobs/background.js';
import { type Following, reconciler } from '../../src/platform/jobs/reconciler.js';
import { retryAfter } from '../../src/platform/slack/client.js';
import { leases } from '../../src/platform/store/leases.js';
import { aDatabase } from '../support/mongo.js';
import { aGround, aStore, quiet } from '../support/platform.js';

const ground = aGround();
const uri = aDatabase();
let connection: Connection;
beforeAll(async () => {
  connection = await aStore(ground, uri);
});
afterAll(() => ground.ends());

let processes = 0;
const aReconciler = (following: Following, pause = 10) => {
  processes += 1;
  const made = reconciler([following], {
    leases: leases(connection, `process ${processes}`, 10_000),
    log: quiet,
    pause,
    wants: retryAfter,
  });
  ground.until(() => made.stop());
  return made;
};
const following = (
  kind: string,
  follow: (id: string) => Promise<void>,
  waiting: string[] = [],
): Following => ({
  kind,
  waiting: async () => waiting,
  follow,
});
/** A promise, and the way to fulfil it. */
function promised(): { done: Promise<void>; fulfil: () => void } {
  let fulfil: () => void = () => undefined;
  const done = new Promise<void>((kept) => {
    fulfil = kept;
  });
  return { done, fulfil };
}

test('a hint while it is being followed leads to one more look, and never to two at once', async () => {
  let [under, most, looks] = [0, 0, 0];
  const first = promised();
  const made = aReconciler(
    following('one', async () => {
      looks += 1;
      under += 1;
      most = Math.max(most, under);
      if (looks === 1) await first.done;
      under -= 1;
    }),
  );
  for (let at = 0; at < 5; at += 1) made.changed('one', 'a');
  first.fulfil();
  await made.idle();

  expect(looks).toBe(2);
  expect(most).toBe(1);
});

test('two processes never follow one aggregate at once, and each hint is heeded', async () => {
  let [under, most] = [0, 0];
  const seen: string[] = [];
  const both = promised();
  const follow = (name: string) => async (): Promise<void> => {
    under += 1;
    most = Math.max(most, under);
    seen.push(name);
    if (new Set(seen).size === 2) both.fulfil();
    await connection.db?.command({ ping: 1 });
    under -= 1;
  };
  const [one, other] = [
    aReconciler(following('two', follow('one'))),
    aReconciler(following('two', follow('other'))),
  ];
  one.changed('two', 'a');
  other.changed('two', 'a');
  await both.done;
  await Promise.all([one.idle(), other.idle()]);

  expect(most).toBe(1);
});

test('what failed is tried again by itself, and the others are not kept waiting', async () => {
  const tries: string[] = [];
  const [third, good] = [promised(), promised()];
  const made = aReconciler(
    following('three', async (id) => {
      tries.push(id);
      if (id === 'good') return good.fulfil();
      if (tries.filter((one) => one === 'bad').length < 3) throw new Error('not yet');
      third.fulfil();
    }),
    1,
  );
  made.changed('three', 'bad');
  made.changed('three', 'good');
  await Promise.all([third.done, good.done]);
  await made.idle();

  expect(tries.filter((one) => one === 'bad')).toHaveLength(3);
  expect(tries.filter((one) => one === 'good')).toHaveLength(1);
});

test('where Slack named a time to wait, that time is waited, also when other things failed with it', async () => {
  const limited = Object.assign(new Error('rate limited'), { retryAfter: 0.3 });
  const at: number[] = [];
  const second = promised();
  const made = aReconciler(
    following('four', async () => {
      at.push(performance.now());
      if (at.length === 1) throw new AggregateError([new Error('another'), limited]);
      second.fulfil();
    }),
    1,
  );
  made.changed('four', 'a');
  await second.done;

  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(290);
});

test('a sweep follows everything that waits; nothing is followed after the stop', async () => {
  const followed: string[] = [];
  const made = aReconciler(following('five', async (id) => void followed.push(id), ['a', 'b', 'c']));
  await made.sweep();
  await made.idle();
  await made.stop();
  made.changed('five', 'd');
  await made.sweep();
  await made.idle();

  expect(followed.sort()).toEqual(['a', 'b', 'c']);
});

test('long work is done by one process at a time, and again by another when the first has ended', async () => {
  const done: string[] = [];
  const [ends, begun] = [promised(), promised()];
  const [one, other] = ['b1', 'b2'].map((owner) => background(leases(connection, owner, 10_000), quiet));
  one?.run('watch', async () => {
    begun.fulfil();
    await ends.done;
    done.push('one');
  });
  await begun.done;
  other?.run('watch', async () => void done.push('other, too early'));
  await other?.idle();
  ends.fulfil();
  await one?.idle();
  other?.run('watch', async () => void done.push('other'));
  await other?.idle();
  other?.run('watch', () => Promise.reject(new Error('is logged and left for the next look')));
  await other?.stop();
  other?.run('watch', async () => void done.push('after the stop'));
  await Promise.all([one?.stop(), other?.idle()]);

  expect(done).toEqual(['one', 'other']);
  expect(other?.stopping()).toBe(true);
});
