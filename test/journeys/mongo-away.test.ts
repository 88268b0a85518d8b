import { afterEach, expect, test } from '@jest/globals';
import { aDatabase } from '../support/mongo.js';
import { aLineTo, anOwnMongo } from '../support/own-mongo.js';
import { registered, resolved } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// MongoDB goes away and comes back: people are told at once that nothing was recorded, and the bot goes on by itself.
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const team = { in: 'acme-team' };
const sorry =
  'Slipway cannot reach its records just now, so nothing was recorded. Please try again in a minute.';

/** What was answered, and after how many milliseconds. */
async function timed<T>(act: () => Promise<T>): Promise<{ answer: T; took: number }> {
  const began = performance.now();
  const answer = await act();
  return { answer, took: performance.now() - began };
}

/** Tries again until it is recorded: what a person does who was told to. */
async function untilRegistered(world: World, title: string): Promise<string> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { text = '' } = await world.lead.types(`/incident acme ${title}`, team);
    if (text.includes('is registered')) return text;
    expect(text).toBe(sorry);
  }
  throw new Error('MongoDB is back, and the bot did not notice');
}

test('while MongoDB is away every request is answered within 3 s that nothing was recorded, and afterwards all goes on', async () => {
  const mongo = await anOwnMongo();
  ends.push(mongo.ends);
  const world = await aWorld({ hurried: true, database: mongo.uri });
  ends.push(world.ends);
  const id = await resolved(world, 'Before it went away');
  await mongo.goesAway();

  const typed = await timed(() => world.lead.types('/incident acme While it was away', team));
  const again = await timed(() => world.lead.types('/release list', team));
  const clicked = await timed(() =>
    world.client.clicks('Authorise', { in: 'acme-shared', message: new RegExp(`^May ${id}`) }),
  );
  const form = await timed(() => world.dev.types('/incident', team));
  expect([typed.answer.text, again.answer.text, form.answer.text]).toEqual([sorry, sorry, sorry]);
  expect(clicked.answer.ok).toBe(true);
  for (const { took } of [typed, again, clicked, form]) expect(took).toBeLessThan(3_000);
  expect(await world.gate('acme', 'staging')).toMatchObject({ status: 503 });
  expect((await fetch(`${world.bot.url}/health`)).status).toBe(503);

  await mongo.comesBack();
  expect(await untilRegistered(world, 'After it came back')).toContain('ACME-2 is registered');
  await world.settles();
  expect(world.counts('acme-team', /While it was away/)).toBe(0);
  expect(world.reads('acme-team', /After it came back/)).toBe('ACME-2 · After it came back · registered');
  expect(world.reads('acme-shared', /^May ACME-1 go live/)).toBeDefined();
  expect((await fetch(`${world.bot.url}/health`)).status).toBe(200);

  await world.client.clicks('Authorise', { in: 'acme-shared', message: new RegExp(`^May ${id}`) });
  await world.settles();
  expect(world.reads('acme-shared', new RegExp(`^${id} is authorised`))).toContain('Authorised by Ana');
}, 60_000);

test('a MongoDB that falls silent without closing anything is answered for within 3 s too', async () => {
  const line = await aLineTo(aDatabase());
  ends.push(line.ends);
  const world = await aWorld({ hurried: true, database: line.uri });
  ends.push(world.ends);
  await registered(world, 'Before it fell silent');
  line.fallsSilent();

  const first = await timed(() => world.lead.types('/incident acme While it was silent', team));
  const second = await timed(() => world.lead.types('/incident list', team));
  expect([first.answer.text, second.answer.text]).toEqual([sorry, sorry]);
  for (const { took } of [first, second]) expect(took).toBeLessThan(3_000);

  line.speaksAgain();
  await untilRegistered(world, 'After it spoke again');
  await world.settles();
  expect(world.counts('acme-team', /While it was silent/)).toBe(0);
  expect(world.reads('acme-team', /After it spoke again/)).toContain('registered');
}, 60_000);

test('what was saved when MongoDB went away before its message was posted is posted afterwards', async () => {
  const mongo = await anOwnMongo();
  ends.push(mongo.ends);
  const world = await aWorld({ hurried: true, database: mongo.uri, sweepEvery: 500 });
  ends.push(world.ends);
  await registered(world, 'Posted');
  world.workspace.refuseNext({ method: 'chat.postMessage', error: 'internal_error', times: 2 });
  await world.lead.types('/incident acme Saved and not posted', team);
  await mongo.goesAway();
  await world.settles().catch(() => undefined);
  expect(world.counts('acme-team', /Saved and not posted/)).toBe(0);

  await mongo.comesBack();
  await world.workspace.waitFor(() => world.reads('acme-team', /Saved and not posted · registered/), {
    what: 'the message to be posted',
    within: 20_000,
  });
  await world.settles();
  expect(world.counts('acme-team', /Saved and not posted/)).toBe(1);
}, 60_000);
