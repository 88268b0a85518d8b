import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { aFolder, ownPeak } from './given.js';

const built = fileURLToPath(
  new URL('../../../../dist/process/comparison/collectors/files/collect.js', import.meta.url),
);
const folders = 8;
const inEach = 125_000;

/** In memory where there is room: on some disks, making and removing them takes minutes. */
function aRoomyFolder(): string {
  const inMemory = '/dev/shm';
  const isRoomy = existsSync(inMemory) && statfsSync(inMemory).ffree > 2_000_000 && freemem() > 4 * 2 ** 30;
  return aFolder(isRoomy ? inMemory : undefined);
}

/** Runs a program in a process of its own; gives what it printed. */
async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--input-type=module', '-e', program, '--'],
    ...args,
  ]);
  return stdout;
}

const make = `
  import { closeSync, openSync } from 'node:fs';
  for (const folder of process.argv.slice(1)) {
    process.chdir(folder);
    for (let at = 0; at < ${inEach}; at += 1) closeSync(openSync('file-' + at, 'w'));
  }`;

const look = `
  import { createHash } from 'node:crypto';
  import { filesCollector } from ${JSON.stringify(built)};
  ${ownPeak}
  const [folder, cacheFolder] = process.argv.slice(1);
  const signal = new AbortController().signal;
  const tools = { signal, progress: () => undefined, secretKey: 'k', isSecret: () => false, cacheFolder };
  const { things, blind } = await filesCollector(2).collect('web', { folder, ignore: [], versions: true }, tools);
  const memory = await ownPeak();
  const hash = createHash('sha256');
  for (const thing of things) hash.update(JSON.stringify(thing));
  const files = things.filter(({ kind }) => kind === 'file').length;
  console.log(JSON.stringify({ files, things: things.length, blind, memory, hash: hash.digest('hex') }));`;

interface Seen {
  readonly files: number;
  readonly things: number;
  readonly blind: readonly unknown[];
  readonly memory: number;
  readonly hash: string;
}

test('a million files are all told, twice alike, in less than a kilobyte of memory each', async () => {
  expect(existsSync(built)).toBe(true); // npm run build
  const [folder, cacheFolder] = [aRoomyFolder(), aFolder()];
  const all = Array.from({ length: folders }, (_, at) => join(folder, `folder-${at}`));
  for (const one of all) mkdirSync(one);
  const halves = [all.slice(0, folders / 2), all.slice(folders / 2)];
  await Promise.all(halves.map((half) => run(make, ...half)));

  const lookAt = async (at: string): Promise<Seen> => JSON.parse(await run(look, at, cacheFolder)) as Seen;
  const first = await lookAt(folder);
  const second = await lookAt(folder);
  const nothing = await lookAt(aFolder());
  // Two at a time, which is twice as fast as the clean-up after every test.
  await Promise.all(halves.map((half) => promisify(execFile)('rm', ['-rf', ...half])));

  const count = folders * inEach;
  expect(first).toMatchObject({ files: count, things: count + folders + 1, blind: [] });
  expect({ ...second, memory: 0 }).toEqual({ ...first, memory: 0 });
  // The promise. Measured: 0.5 kB a file in the first look, 0.7 in the second, which holds what the first has remembered.
  for (const { memory } of [first, second]) expect((memory - nothing.memory) / count).toBeLessThan(1_000);
}, 600_000);
