import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { agreed, authorised, registered } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// The heart of the walk in Socket Mode, with connections that Slack refreshes and the network breaks.
let world: World;
beforeAll(async () => {
  world = await aWorld({ socket: true });
  await connected();
});
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };
const connected = () =>
  world.workspace.waitFor(() => world.workspace.sockets.count() > 0, {
    what: 'a Socket Mode connection',
    within: 15_000,
  });

test('a command, a click, a form and App Home come through', async () => {
  const id = await authorised(world, 'The invoice total is wrong');
  await world.lead.opensHome();

  expect(world.reads('acme-team', new RegExp(`^${id} · `))).toContain('authorised');
  expect(world.reads('acme-shared', new RegExp(`^${id} is authorised`))).toContain('Authorised by Ana');
  await world.workspace.waitFor(() => world.lead.home(), { what: 'the App Home' });
  expect(JSON.stringify(world.lead.home()?.view)).toContain('Waiting for you');
});

test('a connection that Slack refreshes is replaced, and the next command comes through', async () => {
  world.workspace.sockets.refresh();
  await connected();

  expect(await registered(world, 'Exports carry the VAT rate')).toBe('ACME-2');
});

test('a connection that breaks off is replaced; what was typed without one is not recorded, and can be typed again', async () => {
  world.workspace.sockets.breakOff();
  const lost = await world.lead.types('/incident acme Typed into the void', team);
  expect(lost.ok).toBe(false);
  await connected();
  await world.settles();
  expect(world.counts('acme-team', /Typed into the void/)).toBe(0);

  expect(await registered(world, 'Typed again')).toBe('ACME-3');
});

test('a date is agreed across a refreshed connection', async () => {
  const id = await agreed(world, 'ACME-1');
  world.workspace.sockets.refresh();
  await connected();

  expect(world.reads('acme-shared', new RegExp(`^${id}: agreed`))).toContain('Accepted by Ana');
});

test('a form opened before the connection broke is submitted after it', async () => {
  await world.lead.types('/checklist ACME-R1', team);
  await world.settles();
  await world.dev.clicks('Yes', { ...team, message: /^Checklist of ACME-R1/ });
  world.workspace.sockets.breakOff();
  await connected();
  await world.dev.submits({ Evidence: 'Nothing differs' });
  await world.settles();

  expect(world.reads('acme-team', /^Are staging and production compared/)).toContain('Kim');
});

test('it is frozen, deployed once and baked with no connection at all, and the gate answers all the while', async () => {
  await world.lead.types('/freeze ACME-R1 because this is about connections', team);
  await world.settles();
  world.workspace.sockets.breakOff();
  expect(await world.gate('acme', 'staging')).toMatchObject({ open: false, heldBy: 'ACME-R1' });
  await world.later({ days: 2, hours: 8 });
  await world.later({ minutes: 11 });

  expect(await readFile(join(world.acme.folder, 'deployments.log'), 'utf8')).toBe('ACME-R1 attempt 1\n');
  expect(world.reads('acme-shared', /^ACME-R1: live since/)).toContain('checked until');
});

test('nothing was recorded or posted twice on the whole way', async () => {
  await connected();
  const keys = world.workspace
    .calls('chat.postMessage')
    .map(({ arguments: given }) => JSON.stringify(given['metadata']));

  expect(keys.length).toBeGreaterThan(20);
  expect(new Set(keys).size).toBe(keys.length);
  const listed = await world.lead.types('/incident list', team);
  expect(listed.text?.match(/ACME-\d+/g)).toHaveLength(3);
});
