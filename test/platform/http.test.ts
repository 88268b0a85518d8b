import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { httpRoutes, listen } from '../../src/platform/http/server.js';
import { aGround, quiet } from '../support/platform.js';
import { agreed, authorised } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

const ground = aGround();
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
  await ground.ends();
});

const ask = (path: string, authorization?: string) =>
  fetch(`${world.bot.url}${path}`, authorization === undefined ? {} : { headers: { authorization } });

test.each([
  ['without a token', undefined],
  ['with another token', 'Bearer gate-token-for-nobody'],
  ['with a token of another length', 'Bearer x'],
  ['with an empty token', 'Bearer '],
  ['with another scheme', 'Basic gate-token-for-tests'],
  ['with the bare token', 'gate-token-for-tests'],
])('the gate answers 401 %s, and tells nothing', async (_, authorization) => {
  const response = await ask('/gate/acme/staging', authorization);

  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer');
  expect(await response.json()).toEqual({ error: 'Show the gate token: Authorization: Bearer …' });
});

test.each([
  '/gate/acme/nowhere',
  '/gate/nobody/staging',
  '/gate/acme/constructor',
  '/gate/__proto__/staging',
  '/gate/acme/%2e%2e',
])('the gate answers 404 to %s', async (path) => {
  expect((await ask(path, 'Bearer gate-token-for-tests')).status).toBe(404);
});

test('the gate is open, closes with the freeze, says who holds it since when, and opens with the thaw', async () => {
  expect(await world.gate('acme', 'staging')).toEqual({
    status: 200,
    open: true,
    environment: 'acme/staging',
  });
  const id = await agreed(world, await authorised(world, 'Behind the gate'));
  await world.lead.types(`/checklist ${id}`, { in: 'acme-team' });
  await world.lead.types(`/freeze ${id} because the gate is tried`, { in: 'acme-team' });

  expect(await world.gate('ACME', 'staging')).toEqual({
    status: 200,
    open: false,
    environment: 'acme/staging',
    heldBy: id,
    by: 'Bo',
    since: '2026-03-02T01:00:00.000Z',
    until: '2026-03-04T09:00:00.000Z',
  });
  expect(await world.gate('acme', 'production')).toMatchObject({ open: true });

  await world.lead.types(`/freeze thaw ${id}`, { in: 'acme-team' });
  expect(await world.gate('acme', 'staging')).toMatchObject({ status: 200, open: true });
});

test('the gate is never cached', async () => {
  const response = await ask('/gate/acme/staging', 'Bearer gate-token-for-tests');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('health is 200 while the store answers, and metrics count the requests of Slack', async () => {
  await world.lead.types('/release list', { in: 'acme-team' });
  const health = await ask('/health');
  const metrics = await (await ask('/metrics')).text();

  expect([health.status, await health.json()]).toEqual([200, { healthy: true }]);
  expect(metrics).toMatch(/slipway_requests_total [1-9]/);
  expect(metrics).toContain('process_cpu_user_seconds_total');
});

test('a gate that cannot be asked is 503, and without a configured token it lets nobody in', async () => {
  const routes = (gateToken: string | undefined) =>
    httpRoutes({
      gate: () => Promise.reject(new Error('no store')),
      gateToken,
      isHealthy: () => Promise.reject(new Error('no store')),
      metrics: new Registry(),
      log: quiet,
    });
  const [locked, broken] = [
    await listen(routes(undefined), '127.0.0.1', 0),
    await listen(routes('t'), '127.0.0.1', 0),
  ];
  ground.until(() => locked.stop());
  ground.until(() => broken.stop());
  const headers = { authorization: 'Bearer t' };
  const [shut, away] = await Promise.all(
    [locked, broken].map(({ url }) => fetch(`${url}/gate/acme/staging`, { headers })),
  );
  const health = await fetch(`${broken.url}/health`);

  expect(shut?.status).toBe(401);
  expect(away?.status).toBe(503);
  expect(await away?.json()).toEqual({
    error: 'Slipway cannot reach its records just now; treat the gate as closed.',
  });
  expect([health.status, await health.json()]).toEqual([503, { healthy: false }]);
});
