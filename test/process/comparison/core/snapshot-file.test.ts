import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readSnapshot, writeSnapshot } from '../../../../src/process/comparison/snapshot.file.js';
import { parameter, section, staging, table } from './given.js';

let at = '';
beforeEach(async () => {
  at = await mkdtemp(join(tmpdir(), 'slipway-snapshot-'));
});
afterEach(() => rm(at, { recursive: true }));

const snapshot = staging(
  section([...table('invoice', { id: 'int4' }), parameter(['.env', 'ü\n'], '\u0000"')]),
);

test.each(['a.json', 'a.json.gz'])(
  'a snapshot written to %s is read back as it was, and only its owner may read it',
  async (name) => {
    const path = join(at, name);

    await writeSnapshot(path, snapshot);

    expect(await readSnapshot(path)).toEqual(snapshot);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(at)).toEqual([name]);
  },
);

test('a file named .gz is compressed, and any other is text with a thing a line', async () => {
  await writeSnapshot(join(at, 'a.json.gz'), snapshot);
  await writeSnapshot(join(at, 'a.json'), snapshot);

  expect((await readFile(join(at, 'a.json.gz'))).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  const lines = (await readFile(join(at, 'a.json'), 'utf8')).split('\n');
  expect(lines.filter((line) => line.includes('"kind":"column","name":'))).toHaveLength(1);
});

test('a snapshot that cannot be written leaves nothing behind and says so', async () => {
  await mkdir(join(at, 'a.json'));
  await expect(writeSnapshot(join(at, 'a.json'), snapshot)).rejects.toThrow(/a\.json/u);
  expect(await readdir(at)).toEqual(['a.json']);
});

const spoilt: readonly [string, (text: string) => string | Buffer, RegExp][] = [
  ['is changed by a hand', (text) => text.replace('int4', 'int8'), /damaged.*again/u],
  ['ends too early', (text) => text.slice(0, -20), /ends too early.*again/u],
  ['has another format', (text) => text.replace('"format":1', '"format":2'), /format 2.*format 1/u],
  ['is something else', () => '{"a":1}', /not a snapshot.*again/u],
  [
    'has a property of no kind',
    (text) => text.replace('"nullable":true', '"nullable":[]'),
    /not a snapshot.*props\.nullable/u,
  ],
  ['is broken gzip', () => Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), /cannot be decompressed/u],
];

test.each(spoilt)('a file that %s is refused with what to do', async (_, spoil, sentence) => {
  const path = join(at, 'a.json');
  await writeSnapshot(path, snapshot);
  await writeFile(path, spoil(await readFile(path, 'utf8')));

  await expect(readSnapshot(path)).rejects.toThrow(sentence);
});

test('a file that is not there is told by its path', async () => {
  await expect(readSnapshot(join(at, 'none.json'))).rejects.toThrow(/none\.json cannot be read \(ENOENT\)/u);
});
