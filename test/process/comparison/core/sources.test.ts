import { expect, test } from '@jest/globals';
import { ConfigurationFaults } from '../../../../src/config/environment.js';
import { parseHouse } from '../../../../src/config/read-house.js';
import type { CollectorTools } from '../../../../src/process/comparison/collectors/collector.js';
import { readSecrets, readSources } from '../../../../src/process/comparison/sources.js';
import { takeSnapshot } from '../../../../src/process/comparison/take-snapshot.js';
import { validHouse } from '../../../config/valid-house.js';
import { section } from './given.js';

const place = { setting: 'clients.acme.environments.staging.compare', folder: '/srv' };

function faults(compare: readonly unknown[]): string[] {
  try {
    readSources(compare, place);
  } catch (error) {
    if (error instanceof ConfigurationFaults)
      return error.faults.map(({ setting, sentence }) => `${setting}: ${sentence}`);
    throw error;
  }
  return [];
}

test('sources are read in their order, by their names', () => {
  const looks = readSources(
    [
      { name: 'site', files: { folder: 'acme' } },
      { name: 'shop', postgresql: { url: 'postgresql://bo@db/shop' } },
    ],
    place,
  );
  expect(looks.map(({ source }) => source)).toEqual(['site', 'shop']);
});

test('every fault of every source is told at once, by its place', () => {
  const told = faults([
    { name: 'site', files: { foldr: 'x' } },
    { name: '', files: { folder: 'x' } },
    { name: 'a', ftp: {} },
    'b',
    { name: 'c' },
  ]);

  expect(told).toEqual([
    expect.stringMatching(
      /^slipway\.yaml clients\.acme\.environments\.staging\.compare\.0\.files\.folder: /u,
    ),
    expect.stringMatching(/compare\.0\.files: .*foldr/u),
    expect.stringMatching(/compare\.1\.name: must be a name/u),
    expect.stringMatching(/compare\.2: needs a name and exactly one of .*files.*; it has ftp$/u),
    expect.stringMatching(/compare\.3: /u),
    expect.stringMatching(/compare\.4: .*it has none$/u),
  ]);
  expect(faults([{ name: 'a', files: { folder: 'x' }, parameters: {} }])).toEqual([
    expect.stringMatching(/it has files, parameters$/u),
  ]);
  expect(
    faults([
      { name: 'a', files: { folder: 'x' } },
      { name: 'a', files: { folder: 'y' } },
    ]),
  ).toEqual([expect.stringMatching(/two sources are called a/u)]);
});

test('a password written into slipway.yaml is refused and not repeated', () => {
  const told = faults([{ name: 'shop', postgresql: { url: 'postgresql://bo:hunter22@db/shop' } }]).join('\n');

  expect(told).toMatch(/holds a password/u);
  expect(told).not.toContain('hunter22');
});

test('what looks like a secret can be said in slipway.yaml, and is checked', () => {
  expect(readSecrets({ names: ['^brew'] }, 'clients.acme.secrets')('brewery', 'oak')).toBe(true);
  expect(readSecrets(undefined, 'clients.acme.secrets')('brewery', 'oak')).toBe(false);
  expect(() => readSecrets({ names: ['('] }, 'clients.acme.secrets')).toThrow(
    /clients\.acme\.secrets\.names\.0/u,
  );
});

test('slipway.yaml carries what is compared and what is expected', () => {
  const text = validHouse
    .replace('staging: {}', 'staging: { compare: [{ name: site, files: { folder: acme } }] }')
    .replace(
      'bake: 1 hour',
      "bake: 1 hour\n    expected:\n      - { match: 'parameter *_HOST', reason: each has its own }",
    );
  const { acme } = parseHouse(text, '/srv').clients;

  expect(acme?.environments['staging']?.compare).toEqual([{ name: 'site', files: { folder: 'acme' } }]);
  expect(acme?.expected).toEqual([{ match: 'parameter *_HOST', reason: 'each has its own' }]);
});

const tools = (
  signal = new AbortController().signal,
  progress: (words: string) => void = () => undefined,
): CollectorTools => ({
  signal,
  progress,
  secretKey: 'k',
  isSecret: () => false,
});
const named = { client: 'acme', environment: 'staging', takenAt: '2026-03-02T10:00:00.000Z' };
const ended = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));

test('one source that cannot be looked at ends the others, and there is no snapshot', async () => {
  let wasEnded = false;
  const looks = [
    { source: 'a', collect: async () => Promise.reject(new Error('a: the connection broke')) },
    {
      source: 'b',
      collect: async ({ signal }: CollectorTools) => {
        await ended(signal).catch(() => {
          wasEnded = true;
        });
        return section([], { source: 'b' });
      },
    },
  ];

  await expect(takeSnapshot(named, looks, tools())).rejects.toThrow('a: the connection broke');
  expect(wasEnded).toBe(true);
});

test('a snapshot that is called off is none, even when a source answers all the same', async () => {
  const off = new AbortController();
  const look = {
    source: 'a',
    collect: async () => {
      off.abort(new Error('called off'));
      return section([]);
    },
  };
  await expect(takeSnapshot(named, [look], tools(off.signal))).rejects.toThrow('called off');
});

test('progress says which source it is of', async () => {
  const said: string[] = [];
  const look = {
    source: 'shop',
    collect: async ({ progress }: CollectorTools) => {
      progress('9 tables');
      return section([]);
    },
  };
  await takeSnapshot(
    named,
    [look],
    tools(undefined, (words) => said.push(words)),
  );
  expect(said).toEqual(['shop: 9 tables']);
});
