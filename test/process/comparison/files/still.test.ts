import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { remembering } from '../../../../src/process/comparison/collectors/files/cache.js';
import { lineFormat } from '../../../../src/process/comparison/collectors/files/line.js';
import { byteName } from '../../../../src/process/comparison/collectors/files/names.js';
import { stillKnown } from '../../../../src/process/comparison/collectors/files/still.js';
import type { Section } from '../../../../src/process/comparison/snapshot.js';
import { aFolder, falsify, sectionOf, sha256, someTools, thingIn, untilOld } from './given.js';

// Elsewhere nobody is asked, and each folder is looked at.
const onLinux = process.platform === 'linux' ? test : test.skip;

const odd = ['line\nbreak', ' space', 'two  spaces ', 'Größe 数', '-printf', '%s\\0', 'quo\'te"'];

interface Given {
  readonly folder: string;
  look(more?: object): Promise<Section>;
  /** The folders that need not be looked at. */
  still(ignore?: readonly string[]): Promise<string[]>;
}

/** A tree that was looked at once, long enough after it was made for everything in it to be believed. */
async function known(): Promise<Given & { readonly cacheFolder: string }> {
  const [folder, cacheFolder] = [realpathSync(aFolder()), aFolder()];
  for (const name of odd) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, name), name);
    writeFileSync(join(folder, name, 'other'), 'other');
  }
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([0xff])]), 'bytes');
  symlinkSync('a', join(folder, 'link'));
  utimesSync(join(folder, ' space', 'other'), 1_700_000_000.123_456, 1_700_000_000.123_456);
  mkdirSync(join(folder, 'kinds'), { mode: 0o2770 });
  execFileSync('mkfifo', [join(folder, 'kinds', 'pipe')]);
  symlinkSync('/nowhere/at all', join(folder, 'kinds', 'link'));
  writeFileSync(join(folder, 'kinds', 'program'), '', { mode: 0o755 });
  chmodSync(join(folder, 'kinds', 'program'), 0o4755);
  for (const [at, time] of [-157_766_400_250, -1, 0, 1, 999_999_999_999].entries()) {
    writeFileSync(join(folder, 'kinds', `time-${at}`), '');
    utimesSync(join(folder, 'kinds', `time-${at}`), new Date(time), new Date(time)); // a number below zero means now
  }
  await untilOld(join(folder, 'link'));
  const tools = someTools({ cacheFolder });
  const look = (more: object = {}): Promise<Section> => sectionOf(folder, more, tools);
  await look();
  const still = async (ignore: readonly string[] = []): Promise<string[]> => {
    let found: string[] = [];
    await remembering(`folder ${folder}`, tools, async (cache) => {
      found = [...(await stillKnown(byteName(folder), ignore, cache, tools.signal)).keys()];
      cache.drop();
    });
    return found.map((name) => Buffer.from(name, 'latin1').toString('utf8')).sort();
  };
  return { folder, cacheFolder, look, still };
}

onLinux('folders of which nothing changed are known without looking, whatever their names', async () => {
  const { cacheFolder, look, still } = await known();

  expect(await still()).toEqual(['', 'kinds', ...odd].sort());
  falsify(cacheFolder, sha256('line\nbreak'), sha256('false'));
  const second = await look();
  expect(thingIn(second, 'line\nbreak', 'line\nbreak')?.props['sha256']).toBe(sha256('false'));
  expect(thingIn(second, 'a%FF')?.props['sha256']).toBe(sha256('bytes'));
});

const changes: readonly [what: string, change: (folder: string) => void][] = [
  ['a file has other content', (folder) => writeFileSync(join(folder, ' space', 'other'), 'OTHER')],
  ['a file is longer', (folder) => writeFileSync(join(folder, ' space', 'other'), 'longer')],
  ['a file has another mode', (folder) => chmodSync(join(folder, ' space', 'other'), 0o600)],
  ['a file has another time', (folder) => utimesSync(join(folder, ' space', 'other'), 1, 1)],
  ['a file came', (folder) => writeFileSync(join(folder, ' space', 'new'), '')],
  ['a file went', (folder) => rmSync(join(folder, ' space', 'other'))],
  [
    'a file has another name',
    (folder) => renameSync(join(folder, ' space', 'other'), join(folder, ' space', 'old')),
  ],
  [
    'a file was replaced by one of the same size and time',
    (folder) => {
      const other = join(folder, ' space', 'other');
      rmSync(other);
      writeFileSync(other, 'OTHER');
      utimesSync(other, 1_700_000_000.123_456, 1_700_000_000.123_456);
    },
  ],
];

onLinux.each(changes)('a folder is looked at again when %s', async (_, change) => {
  const { folder, look, still } = await known();
  change(folder);

  const others = odd.filter((name) => name !== ' space');
  const found = await still();
  expect(found).not.toContain(' space');
  expect(found).toEqual(expect.arrayContaining(others));
  expect(await look()).toEqual(await sectionOf(folder));
});

onLinux('a folder that became a link, and one that vanished, are told as such', async () => {
  const { folder, look } = await known();
  renameSync(join(folder, ' space'), join(folder, 'moved'));
  symlinkSync('moved', join(folder, ' space'));
  rmSync(join(folder, '-printf'), { recursive: true });

  const section = await look();

  expect(section).toEqual(await sectionOf(folder));
  expect(thingIn(section, ' space')?.kind).toBe('symlink');
});

onLinux('what is ignored since the last run is told no more, and what always was costs no look', async () => {
  const { folder, look, still } = await known();
  expect(await still(['other'])).toEqual(['', 'kinds']);
  const ignoring = await look({ ignore: ['other'] });
  expect(thingIn(ignoring, ' space', 'other')).toBeUndefined();
  expect(thingIn(ignoring, ' space', ' space')).toBeDefined();

  await untilOld(folder);
  await look({ ignore: ['other'] });
  expect(await still(['other'])).toEqual(['', 'kinds', ...odd].sort());
  expect(thingIn(await look(), ' space', 'other')).toBeDefined();
});

/** What GNU find says of one name, just as it is remembered. */
const lineOf = (path: string): Buffer => execFileSync('find', [path, '-printf', lineFormat]);

onLinux('a remembered line is not believed once it is another than was remembered', async () => {
  const { folder, cacheFolder, look } = await known();
  const other = join(folder, ' space', 'other');
  const before = lineOf(other);
  writeFileSync(other, 'OTHER');
  utimesSync(other, 1_700_000_000.123_456, 1_700_000_000.123_456);
  const after = lineOf(other);
  expect(after).toHaveLength(before.length);
  const [name = ''] = readdirSync(cacheFolder);
  const memory = readFileSync(join(cacheFolder, name));
  after.copy(memory, memory.indexOf(before));
  writeFileSync(join(cacheFolder, name), memory);

  expect(thingIn(await look(), ' space', 'other')?.props['sha256']).toBe(sha256('OTHER'));
});

const finds: readonly [what: string, script: string | undefined][] = [
  ['is not there', undefined],
  ['knows no such question', 'echo "unknown predicate" >&2; exit 1'],
  ['says nothing', 'cat > /dev/null'],
  ['stops in the middle', 'find "$@" | head -c 700'],
  ['tells of other things', "printf 'nonsense\\000\\000/ \\000/nowhere/.\\000f'; exec cat > /dev/null"],
];

onLinux.each(finds)('the same is told where find %s', async (_, script) => {
  const { folder, look, still } = await known();
  const path = process.env['PATH'];
  const programs = aFolder();
  if (script !== undefined)
    writeFileSync(join(programs, 'find'), `#!/bin/sh\nPATH=${path}\n${script}\n`, { mode: 0o755 });
  process.env['PATH'] = programs;
  try {
    expect((await still()).length).toBeLessThan(odd.length);
    writeFileSync(join(folder, ' space', 'other'), 'OTHER');
    expect(thingIn(await look(), ' space', 'other')?.props['sha256']).toBe(sha256('OTHER'));
  } finally {
    process.env['PATH'] = path;
  }
});
