import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { handClock } from '../../src/kernel/clock.js';
import { type Appointment, agendaJobs, type Jobs } from '../../src/platform/jobs/jobs.js';
import { aDatabase } from '../support/mongo.js';
import { aGround, aStore, quiet } from '../support/platform.js';

// Agenda is an alarm clock: it wakes, and the document decides.
const ground = aGround();
const uri = aDatabase();
const now = '2026-03-02T01:00:00.000Z';
const later = '2026-03-03T01:00:00.000Z';
const evenLater = '2026-03-04T01:00:00.000Z';
let connection: Connection;
let jobs: Jobs;
let elsewhere: Jobs;
const woken: string[] = [];
let wake: () => void = () => undefined;

beforeAll(async () => {
  connection = await aStore(ground, uri);
  const tools = { clock: handClock(now), log: quiet, processEvery: 50 };
  jobs = await agendaJobs({ connection, ...tools });
  elsewhere = await agendaJobs({ connection: await aStore(ground, uri), ...tools });
  jobs.onWaking(async (aggregate) => {
    woken.push(aggregate);
    wake();
  });
  await jobs.start();
  ground.until(() => jobs.stop());
});
afterAll(() => ground.ends());

const booked = async (aggregate: string): Promise<string[]> => {
  const found = await connection.collection('jobs').find({ 'data.aggregate': aggregate }).toArray();
  return found.map(({ data }) => `${data.kind} ${data.at}`).sort();
};
const at = (kind: string, instant: string): Appointment => ({ kind, at: instant });
/** Resolves when the next job wakes. */
const waking = (): Promise<void> =>
  new Promise((done) => {
    wake = done;
  });

test('appointments are booked once, however often they are kept', async () => {
  for (let times = 0; times < 3; times += 1)
    await jobs.keep('R1', [at('start', later), at('expires', evenLater)]);

  expect(await booked('R1')).toEqual([`expires ${evenLater}`, `start ${later}`]);
});

test('a moved appointment stands once, at its new time; a dropped one is gone', async () => {
  await jobs.keep('R2', [at('start', later), at('expires', later)]);
  await jobs.keep('R2', [at('start', evenLater)]);
  expect(await booked('R2')).toEqual([`start ${evenLater}`]);
  const [job] = await connection.collection('jobs').find({ 'data.aggregate': 'R2' }).toArray();
  const inTwoDays = Date.now() + 2 * 86_400_000;
  expect(Math.abs(Number(job?.nextRunAt) - inTwoDays)).toBeLessThan(60_000);

  await jobs.keep('R2', []);
  expect(await booked('R2')).toEqual([]);
  expect(await booked('R1')).toHaveLength(2);
});

test('two processes that book at once make no twins', async () => {
  await Promise.all([jobs, elsewhere, jobs, elsewhere].map((some) => some.keep('R3', [at('start', later)])));

  expect(await booked('R3')).toEqual([`start ${later}`]);
});

test('when its time has come the aggregate is looked at, and the job is gone', async () => {
  const woke = waking();
  await jobs.keep('R4', [at('start', now)]);
  await woke;
  await jobs.keep('R4', []);

  expect(woken).toContain('R4');
  expect(await booked('R4')).toEqual([]);
});

test('an appointment that was moved away or dropped just before its time does not wake at its old time', async () => {
  const before = woken.length;
  await jobs.keep('R5', [at('start', '2026-03-02T01:00:00.400Z')]);
  await jobs.keep('R5', [at('start', later)]);
  await jobs.keep('R6', [at('start', '2026-03-02T01:00:00.400Z')]);
  await jobs.keep('R6', []);
  const woke = waking();
  await jobs.keep('R7', [at('start', '2026-03-02T01:00:01.000Z')]);
  await woke;

  expect(woken.slice(before)).toEqual(['R7']);
});

test('booking that fails because the store is away says so, so that it is tried again', async () => {
  const lost = await aStore(aGround(), uri);
  const mine = await agendaJobs({ connection: lost, clock: handClock(now), log: quiet, processEvery: 50 });
  await lost.close();

  await expect(mine.keep('R8', [at('start', later)])).rejects.toThrow();
  expect(await booked('R8')).toEqual([]);
});
