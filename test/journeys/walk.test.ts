import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aWorld, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

test('a request becomes an incident with a number of the client, and both channels see it', async () => {
  const answer = await world.lead.types('/incident acme The invoice total is wrong', { in: 'acme-team' });
  await world.settles();

  expect(answer.text).toMatch(/^ACME-1 is registered/);
  expect(world.reads('acme-team', /^ACME-1 · /)).toBe('ACME-1 · The invoice total is wrong · registered');
  expect(world.reads('acme-shared', /^ACME-1 is registered/)).toContain('We will ask here before it goes live');
});
