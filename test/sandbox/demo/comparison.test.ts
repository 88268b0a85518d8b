import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClientSettings } from '../../../src/config/house.js';
import { parseHouse } from '../../../src/config/read-house.js';
import { compare } from '../../../src/process/comparison/compare.js';
import type { Comparison, Difference } from '../../../src/process/comparison/differences.js';
import { lookAtEnvironment } from '../../../src/process/comparison/look-at-environment.js';
import { reportHtml } from '../../../src/process/comparison/report.html.js';
import { reportJson } from '../../../src/process/comparison/report.js';
import type { Snapshot } from '../../../src/process/comparison/snapshot.js';
import { statements } from '../../../src/process/comparison/suggestions.js';
import { type Acme, startAcme } from '../../../src/sandbox/demo/acme.js';
import { demoHouse } from '../../../src/sandbox/demo/house.js';
import { demoSeed } from '../../../src/sandbox/demo/people.js';
import { startWorkspace, type Workspace } from '../../../src/sandbox/slack/workspace.js';

// What a newcomer sees compared: the real collectors look at what the sandbox starts.
let folder: string;
let workspace: Workspace;
let acme: Acme;
let settings: ClientSettings;

async function starts(): Promise<void> {
  acme = await startAcme({ folder: join(folder, "Acme's own"), stepSeconds: 0, withDatabases: true });
  await acme.databases?.ready();
  const pace = { bake: '10 minutes', escalateAfter: '10 minutes', probePause: '1 ms' };
  const client = parseHouse(demoHouse(workspace, acme, pace), folder).clients['acme'];
  if (client === undefined) throw new Error('The demo has no Acme.');
  settings = client;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway demo '));
  workspace = await startWorkspace({ seed: demoSeed });
  await starts();
}, 120_000);
afterAll(async () => {
  await acme?.stop();
  await workspace?.stop();
  await rm(folder, { recursive: true, force: true });
});

const looksAt = (environment: string): Promise<Snapshot> =>
  lookAtEnvironment(
    { client: 'acme', settings, environment, folder, takenAt: '2026-03-02T01:00:00.000Z' },
    {
      secretKey: 'the key of this test',
      cacheFolder: join(folder, 'cache'),
      signal: AbortSignal.timeout(60_000),
      progress: () => undefined,
    },
  );

async function compares(): Promise<Comparison> {
  const [production, staging] = await Promise.all([looksAt('production'), looksAt('staging')]);
  return compare(production, staging, settings.expected, statements);
}

const told = ({ what, kind, path }: Difference): string => `${what} ${kind} ${path}`;
const toldOf = ({ differences }: Comparison): string[] => differences.map(told).toSorted();
const expectedOf = ({ expected }: Comparison): string[] =>
  expected.flatMap(({ differences }) => differences.map(told)).toSorted();

/** Runs one of Acme's scripts as the bot does, and gives what it says. */
async function runs(script: string, release: string): Promise<string> {
  const env = { PATH: process.env['PATH'], SLIPWAY_RELEASE: release, SLIPWAY_ATTEMPT: '1' };
  const { stdout } = await promisify(execFile)(script, { cwd: acme.folder, env });
  return stdout;
}

/** The passwords of both environments, as they stand in the files. */
async function passwords(): Promise<string[]> {
  const files = ['staging', 'production'].map((name) => join(acme.folder, name, 'conf', 'app.env'));
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.flatMap((text) => /^DB_PASSWORD=(\S+)$/mu.exec(text)?.[1] ?? []);
}

const stays = 'changed parameter settings › web.config: configuration.appSettings.SessionMinutes';

test('a person is shown what the release brings, and one parameter that stays', async () => {
  expect(toldOf(await compares())).toEqual([
    'added column shop › public.invoice.discount',
    'added index shop › public.invoice.invoice_with_discount',
    'changed file site › index.html',
    'changed file site › version.txt',
    'changed parameter settings › conf/app.env: INVOICE_DISCOUNTS',
    stays,
    'changed row shop › public.vat_rate.hospitality',
    'changed view shop › public.invoice_total',
  ]);
});

test('what belongs to each environment is expected, and counted', async () => {
  const comparison = await compares();

  expect(expectedOf(comparison)).toEqual([
    'changed parameter settings › conf/app.env: DB_HOST',
    'changed parameter settings › conf/app.env: DB_PASSWORD',
    'changed parameter settings › web.config: configuration.appSettings.SiteHost',
    'changed parameter settings › web.config: configuration.connectionStrings.Shop.connectionString',
  ]);
  expect(comparison.expected.filter(({ differences }) => differences.length === 0)).toEqual([]);
});

test('no password of theirs is in what was seen or in what is told of it', async () => {
  const comparison = await compares();
  const seen = [await looksAt('staging'), await looksAt('production'), comparison];
  const texts = [JSON.stringify(seen), reportHtml(comparison), reportJson(comparison)];
  const secrets = await passwords();

  expect(new Set(secrets).size).toBe(2);
  for (const secret of secrets) for (const text of texts) expect(text).not.toContain(secret);
  expect(texts[0]).toContain('INVOICE_DISCOUNTS');
});

test('the deployment brings production to what staging is, but for what belongs to production; rolled back it is as before', async () => {
  const before = await looksAt('production');

  const said = await runs('./deploy.sh', 'ACME-R1');
  expect(said.match(/^\[\d+\/\d+\]/gmu)).toEqual(['[1/6]', '[2/6]', '[3/6]', '[4/6]', '[5/6]', '[6/6]']);
  const after = await compares();
  expect(toldOf(after)).toEqual([stays]);
  expect(expectedOf(after)).toHaveLength(4);

  const taken = await runs('./roll-back.sh', 'ACME-R1');
  expect(taken.match(/^\[\d+\/\d+\]/gmu)).toEqual(['[1/3]', '[2/3]', '[3/3]']);
  expect((await looksAt('production')).sections).toEqual(before.sections);
});

test('a release takes back only what it brought itself', async () => {
  await runs('./deploy.sh', 'ACME-R1');
  await runs('./deploy.sh', 'ACME-R2');
  await runs('./roll-back.sh', 'ACME-R2');

  expect(toldOf(await compares())).toEqual([stays]);
});

test('started again in the same folder, everything is as it was left', async () => {
  const left = [await looksAt('staging'), await looksAt('production')];
  await acme.stop();
  await starts();

  const found = [await looksAt('staging'), await looksAt('production')];
  expect(found.map(({ fingerprint }) => fingerprint)).toEqual(left.map(({ fingerprint }) => fingerprint));
  expect(toldOf(await compares())).toEqual([stays]);
}, 60_000);
