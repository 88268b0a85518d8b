import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { compareFiles } from '../../../../src/cli/compare.js';
import { takeSnapshotFile } from '../../../../src/cli/snapshot.js';
import { handClock } from '../../../../src/kernel/clock.js';
import { validHouse } from '../../../config/valid-house.js';

let at = '';
let printed = '';
beforeEach(async () => {
  [at, printed] = [await mkdtemp(join(tmpdir(), 'slipway-cli-')), ''];
  for (const [environment, host] of [
    ['production', 'db.acme'],
    ['staging', 'db.test'],
  ] as const) {
    await mkdir(join(at, environment));
    await writeFile(join(at, environment, 'app.js'), 'same');
    await writeFile(join(at, environment, '.env'), `DB_HOST=${host}\nDB_PASSWORD=hunter22-${environment}\n`);
  }
  await declare('');
});
afterEach(() => rm(at, { recursive: true }));

const declare = (expected: string, compare = (folder: string) => sources(folder)): Promise<void> =>
  writeFile(
    join(at, 'slipway.yaml'),
    validHouse
      .replace(
        'staging: {}, production: {',
        `staging: { compare: ${compare('staging')} }, production: { compare: ${compare('production')},`,
      )
      .replace('bake: 1 hour', `bake: 1 hour${expected}`),
  );
const sources = (folder: string): string =>
  `[{ name: site, files: { folder: ${folder}, ignore: [.env] } }, { name: settings, parameters: { folder: ${folder}, files: [.env] } }]`;

const key = 'a key for tests, long enough';
const around = (variables: Record<string, string> = { SLIPWAY_SECRET_KEY: key }) => ({
  variables: { SLIPWAY_CONFIG: join(at, 'slipway.yaml'), ...variables },
  clock: handClock('2026-03-02T10:00:00.000Z'),
  signal: new AbortController().signal,
  progress: () => undefined,
  print: (text: string): void => {
    printed += text;
  },
});
const take = (
  environment: string,
  out = join(at, `${environment}.json`),
  variables?: Record<string, string>,
) => takeSnapshotFile({ client: 'acme', environment, out }, around(variables));
const both = (more: object = {}) =>
  compareFiles(
    { production: join(at, 'production.json'), staging: join(at, 'staging.json'), colours: false, ...more },
    around(),
  );

test('two snapshots are taken and compared: 1 when they differ, 0 when all that differs is expected', async () => {
  expect(await take('production')).toMatchObject({
    code: 0,
    sentence: expect.stringMatching(/acme production: \d+ things in 2 sources, written to /u),
  });
  expect((await take('staging')).code).toBe(0);

  expect(await both()).toEqual({ code: 1, sentence: '' });
  expect(printed).toContain('parameter settings › .env: DB_HOST');
  expect(printed).toContain('db.acme → db.test');

  await declare(`\n    expected: [{ match: 'parameter settings › .env: DB_*', reason: each has its own }]`);
  expect((await both()).code).toBe(0);
});

test('a snapshot compared with itself is equal', async () => {
  await take('production');
  expect((await both({ staging: join(at, 'production.json') })).code).toBe(0);
});

test('no credential is in a snapshot or in any report', async () => {
  await take('production');
  await take('staging');
  await both();
  await both({ json: true });
  await both({ html: true });

  const written = await readFile(join(at, 'staging.json'), 'utf8');
  expect(written).toContain('DB_PASSWORD');
  for (const text of [written, printed]) {
    expect(text).not.toContain('hunter22');
    expect(text).not.toContain(key);
  }
});

test('snapshots taken with two keys are refused, since their secrets cannot be told apart', async () => {
  await take('production');
  await take('staging', undefined, { SLIPWAY_SECRET_KEY: 'another key, long enough too' });

  expect(await both()).toMatchObject({
    code: 2,
    sentence: expect.stringContaining('the same SLIPWAY_SECRET_KEY'),
  });
});

test('a report goes to a file when one is named, and nobody else may read it', async () => {
  await take('production');
  const out = join(at, 'report.html');

  expect(await both({ staging: join(at, 'production.json'), html: true, out })).toEqual({
    code: 0,
    sentence: `The report stands in ${out}.`,
  });

  expect(await readFile(out, 'utf8')).toMatch(/^<!doctype html>/u);
  expect((await stat(out)).mode & 0o777).toBe(0o600);
  expect(printed).toBe('');
});

test('a snapshot can go to standard output', async () => {
  expect((await take('staging', '-')).code).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({
    format: 1,
    client: 'acme',
    environment: 'staging',
    takenAt: '2026-03-02T10:00:00.000Z',
  });
});

test.each<[string, () => Promise<{ code: number; sentence: string }>, RegExp]>([
  ['no secret key', () => take('staging', undefined, {}), /SLIPWAY_SECRET_KEY: is missing.*openssl/u],
  ['a short secret key', () => take('staging', undefined, { SLIPWAY_SECRET_KEY: 'short' }), /at least 16/u],
  [
    'an environment that is not there',
    () => take('test'),
    /acme has no environment test; it has staging and production/u,
  ],
  [
    'a client that is not there',
    () => takeSnapshotFile({ client: 'initech', environment: 'staging' }, around()),
    /no client initech; .* has acme and globex/u,
  ],
  [
    'nothing declared',
    () => takeSnapshotFile({ client: 'globex', environment: 'staging' }, around()),
    /clients\.globex\.environments\.staging\.compare, for example/u,
  ],
  [
    'no slipway.yaml',
    () => takeSnapshotFile({ client: 'acme', environment: 'staging', config: join(at, 'no.yaml') }, around()),
    /cannot be read/u,
  ],
  ['no snapshot to compare', () => both(), /production\.json cannot be read/u],
  ['two kinds of report', () => both({ json: true, html: true }), /not for both/u],
])('%s gives 2, one sentence, and no file', async (_, run, sentence) => {
  const before = await readdir(at);
  const answer = await run();
  expect(answer.code).toBe(2);
  expect(answer.sentence).toMatch(sentence);
  expect(await readdir(at)).toEqual(before);
});

test('a source that cannot be looked at leaves no file', async () => {
  await rm(join(at, 'staging'), { recursive: true });
  expect(await take('staging')).toMatchObject({
    code: 2,
    sentence: expect.stringContaining('No snapshot was taken.'),
  });
  expect(await readdir(at)).not.toContain('staging.json');
});

const slipway = (...args: string[]) =>
  spawnSync(process.execPath, ['dist/cli.js', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], SLIPWAY_SECRET_KEY: key },
  });

test('the command itself exits 0, 1 and 2, with its report on standard output and the rest beside it', async () => {
  await take('production');
  const config = ['--config', join(at, 'slipway.yaml')];
  const taken = slipway('snapshot', 'acme', 'staging', ...config, '--out', join(at, 'staging.json.gz'));
  expect(taken).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('written to') });

  const [production, staging] = [join(at, 'production.json'), join(at, 'staging.json.gz')];
  expect(slipway('compare', production, staging, ...config, '--json')).toMatchObject({
    status: 1,
    stderr: '',
  });
  expect(slipway('compare', production, join(at, 'none'))).toMatchObject({ status: 2, stdout: '' });
  expect(slipway('compare', production).status).toBe(2);
}, 90_000);
