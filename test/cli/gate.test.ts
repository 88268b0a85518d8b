import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aWorld, gateToken, type World } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

/** Runs the built `slipway` command as CI would. */
function slipway(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['dist/cli.js', ...args],
      { env: { PATH: process.env['PATH'] ?? '', ...env } },
      (error, out, err) => {
        done({ code: error === null ? 0 : Number(error.code), out: out.trim(), err: err.trim() });
      },
    );
  });
}
const asked = () =>
  slipway(['gate', 'acme', 'staging'], { SLIPWAY_URL: world.bot.url, SLIPWAY_GATE_TOKEN: gateToken });

test('the gate command exits 0 while staging is open', async () => {
  expect(await asked()).toEqual({ code: 0, out: 'acme/staging is open', err: '' });
});

test('it exits 1 while staging is frozen, and says for whom', async () => {
  await world.lead.types('/incident acme A title', { in: 'acme-team' });
  await world.dev.clicks('Work on it', { in: 'acme-team' });
  await world.dev.submits({ 'Further requirements that are met': 'It works', 'Test document': 'Seen' });
  await world.settles();
  await world.client.clicks('Authorise', { in: 'acme-shared' });
  await world.lead.types('/release new acme ACME-1', { in: 'acme-team' });
  await world.lead.types('/release propose ACME-R1 tomorrow 18:00', { in: 'acme-team' });
  await world.settles();
  await world.client.clicks('Accept', { in: 'acme-shared' });
  await world.lead.types('/checklist ACME-R1', { in: 'acme-team' });
  await world.lead.types('/freeze ACME-R1 because the evening is short', { in: 'acme-team' });

  const { code, out } = await asked();

  expect(code).toBe(1);
  expect(out).toMatch(/^acme\/staging is frozen for ACME-R1 \(Bo, since 2026-03-02T01:00/u);
});

test('it exits 2, never 0, when nobody can tell', async () => {
  const settled = { SLIPWAY_URL: world.bot.url, SLIPWAY_GATE_TOKEN: gateToken };

  const wrongToken = await slipway(['gate', 'acme', 'staging'], {
    ...settled,
    SLIPWAY_GATE_TOKEN: 'a wrong one',
  });
  const nowhere = await slipway(['gate', 'acme', 'staging'], {
    ...settled,
    SLIPWAY_URL: 'http://127.0.0.1:9',
  });
  const unknown = await slipway(['gate', 'acme', 'moon'], settled);
  const unset = await slipway(['gate', 'acme', 'staging'], {});

  expect([wrongToken.code, nowhere.code, unknown.code, unset.code]).toEqual([2, 2, 2, 2]);
  expect(wrongToken.err).toContain('The gate answers 401');
  expect(unknown.err).toContain('There is no moon of acme');
  expect(unset.err).toContain('SLIPWAY_URL');
  expect(`${wrongToken.err}${nowhere.err}`).not.toContain(gateToken);
});
