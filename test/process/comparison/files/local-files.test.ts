import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { timeAt } from '../../../../src/process/comparison/collectors/files/entry.js';
import { type FileCalls, fileCalls } from '../../../../src/process/comparison/collectors/files/hash.js';
import { readEntry } from '../../../../src/process/comparison/collectors/files/read.js';
import { aFolder, falsify, sectionOf as look, sha256, sparseFile, thingIn, untilOld } from './given.js';
import { aDll, aJar } from './libraries.js';

test('files, folders and links are told with what can differ of them', async () => {
  const folder = aFolder();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'run.sh'), 'echo hello', { mode: 0o750 });
  symlinkSync('bin/run.sh', join(folder, 'start'));

  const section = await look(folder);

  expect(section).toMatchObject({
    source: 'web',
    collector: 'files',
    subject: `folder ${folder}`,
    blind: [],
  });
  expect(section.things.map(({ kind, name }) => `${kind} ${name.join('/')}`)).toEqual([
    'file bin/run.sh',
    'folder .',
    'folder bin',
    'symlink start',
  ]);
  expect(thingIn(section, 'bin', 'run.sh')).toMatchObject({
    parent: { kind: 'folder', name: ['bin'] },
    props: { size: 10, mode: '0750', sha256: sha256('echo hello') },
  });
  expect(thingIn(section, 'start')?.props['target']).toBe('bin/run.sh');
  expect(JSON.stringify(section)).not.toMatch(/modified|inode/u);
});

test('an empty folder has only itself in it', async () => {
  const { things, blind } = await look(aFolder());
  expect([things.map(({ name }) => name), blind]).toEqual([[['.']], []]);
});

test('a folder that is not there gives an error and no section', async () => {
  await expect(look(join(aFolder(), 'gone'))).rejects.toThrow(/^web: the folder .*gone does not exist\.$/u);
  const file = join(aFolder(), 'file');
  writeFileSync(file, '');
  await expect(look(file)).rejects.toThrow('is not a folder');
});

test('odd names stay apart: quotes, line ends, unicode, and bytes that are no text', async () => {
  const folder = aFolder();
  const names = [`it's "so"`, 'two\nlines', 'größe', 'a%FF', Buffer.from([0x61, 0xff]), Buffer.from([0xfe])];
  for (const [index, name] of names.entries()) {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]), String(index));
  }

  const section = await look(folder);

  const hashes = [`it's "so"`, 'two\nlines', 'größe', 'a%25FF', 'a%FF', '%FE'].map(
    (name) => thingIn(section, name)?.props['sha256'],
  );
  expect(hashes).toEqual(['0', '1', '2', '3', '4', '5'].map(sha256));
});

test('links are told and never followed, so a loop of them has an end', async () => {
  const folder = aFolder();
  mkdirSync(join(folder, 'a'));
  symlinkSync('..', join(folder, 'a', 'up'));
  symlinkSync('self', join(folder, 'self'));
  symlinkSync('nowhere', join(folder, 'dangling'));

  const section = await look(folder);

  expect(section.things.map(({ kind, name }) => `${kind} ${name.join('/')}`)).toEqual([
    'folder .',
    'folder a',
    'symlink a/up',
    'symlink dangling',
    'symlink self',
  ]);
});

test('pipes and sockets are told and never opened', async () => {
  const folder = aFolder();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const server = createServer();
  await new Promise<void>((listening) => server.listen(join(folder, 'socket'), listening));
  let opened = 0;
  server.on('connection', () => (opened += 1));

  const section = await look(folder);
  await new Promise((closed) => server.close(closed));

  expect([thingIn(section, 'pipe')?.kind, thingIn(section, 'socket')?.kind, opened]).toEqual([
    'fifo',
    'socket',
    0,
  ]);
});

test('what is ignored is not looked at, nor anything in it', async () => {
  const folder = aFolder();
  for (const path of ['cache/deep', 'src/cache', 'src/logs'])
    mkdirSync(join(folder, path), { recursive: true });
  for (const path of ['a.log', 'cache/x', 'cache/deep/y', 'src/cache/z', 'src/logs/b.log', 'src/c.txt']) {
    writeFileSync(join(folder, path), path);
  }

  const { things } = await look(folder, { ignore: ['*.log', '/cache', 'src/c*/z'] });

  expect(things.map(({ name }) => name.join('/'))).toEqual([
    'src/c.txt',
    '.',
    'src',
    'src/cache',
    'src/logs',
  ]);
});

test('libraries say which version they are', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'billing.dll'), aDll('4.2.0.17'));
  writeFileSync(join(folder, 'billing.jar'), aJar('4.2'));
  writeFileSync(join(folder, 'broken.dll'), 'MZ and no more');
  writeFileSync(join(folder, 'broken.jar'), 'PK and no more');

  const section = await look(folder);

  const versions = ['billing.dll', 'billing.jar', 'broken.dll', 'broken.jar'].map(
    (name) => thingIn(section, name)?.props['version'],
  );
  expect(versions).toEqual(['4.2.0.17', '4.2', undefined, undefined]);
  expect(thingIn(section, 'broken.dll')?.props['sha256']).toBe(sha256('MZ and no more'));
  expect(section.blind).toEqual([]);
});

/** Runs something as a user who may not read everything, where tests run as one who may. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

test('what may not be read is blind, and never looks like something that is not there', async () => {
  const folder = aFolder();
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'closed'));
  writeFileSync(join(folder, 'closed', 'inner'), 'x');
  writeFileSync(join(folder, 'secret'), 'x', { mode: 0o000 });
  writeFileSync(join(folder, 'open'), 'x');
  chmodSync(join(folder, 'closed'), 0o000);

  const section = await asNobody(() => look(folder));
  chmodSync(join(folder, 'closed'), 0o755);

  expect(section.blind).toEqual([
    { name: ['closed'], why: 'permission denied' },
    { name: ['secret'], why: 'permission denied' },
  ]);
  expect(thingIn(section, 'secret')).toBeUndefined();
  expect(thingIn(section, 'closed')?.kind).toBe('folder');
  expect(thingIn(section, 'open')?.props['sha256']).toBe(sha256('x'));
});

test('a file that changes while it is read is read again', () => {
  const path = join(aFolder(), 'file');
  writeFileSync(path, 'before');
  let reads = 0;
  const readSync = (...call: Parameters<FileCalls['readSync']>): number => {
    const got = fileCalls.readSync(...call);
    reads += 1;
    if (reads === 1) writeFileSync(path, 'after it');
    return got;
  };

  const seen = readEntry({ name: 'file', path, calls: { ...fileCalls, readSync } });

  expect(seen).toMatchObject({ sha256: sha256('after it') });
});

test('a file is read once, also where no clock tells what is settled', () => {
  const path = join(aFolder(), 'file');
  writeFileSync(path, 'content');
  let opened = 0;
  const openSync: FileCalls['openSync'] = (...call) => {
    opened += 1;
    return fileCalls.openSync(...call);
  };
  for (const settled of [timeAt(-2_000), timeAt(Date.now() + 60_000)])
    readEntry({ name: 'file', path, isFile: true, settled, calls: { ...fileCalls, openSync } });
  expect(opened).toBe(2);
});

test('a file that never stops changing is blind', () => {
  const path = join(aFolder(), 'file');
  writeFileSync(path, '');
  const readSync = (...call: Parameters<FileCalls['readSync']>): number => {
    const got = fileCalls.readSync(...call);
    writeFileSync(path, 'more', { flag: 'a' });
    return got;
  };

  const seen = readEntry({ name: 'file', path, calls: { ...fileCalls, readSync } });

  expect(seen).toMatchObject({ trouble: 'it kept changing while it was read' });
  expect(seen).not.toHaveProperty('sha256');
});

test('a file that vanishes before it is opened was not there', () => {
  const path = join(aFolder(), 'file');
  writeFileSync(path, 'x');
  const openSync: FileCalls['openSync'] = (...call) => {
    rmSync(path);
    return fileCalls.openSync(...call);
  };
  expect(readEntry({ name: 'file', path, calls: { ...fileCalls, openSync } })).toBe('gone');
});

test('a file that becomes a link before it is opened is not followed out of the folder', () => {
  const path = join(aFolder(), 'file');
  writeFileSync(path, 'x');
  const openSync: FileCalls['openSync'] = (...call) => {
    rmSync(path, { force: true });
    symlinkSync('/etc/hostname', path);
    return fileCalls.openSync(...call);
  };
  expect(readEntry({ name: 'file', path, calls: { ...fileCalls, openSync } })).toMatchObject({
    trouble: 'it was replaced by a link while it was read',
  });
});

test('a folder of more names than are looked at at once is told whole', async () => {
  const folder = aFolder();
  for (let at = 0; at < 1_300; at += 1) writeFileSync(join(folder, `file-${at}`), String(at));
  const cacheFolder = aFolder();

  const first = await look(folder, {}, { cacheFolder });
  writeFileSync(join(folder, 'file-0500-new'), 'new');
  const second = await look(folder, {}, { cacheFolder });

  expect(first.things).toHaveLength(1_301);
  expect(second.things).toHaveLength(1_302);
  expect(thingIn(second, 'file-1299')?.props['sha256']).toBe(sha256('1299'));
});

const longAgo = new Date('2026-01-01T00:00:00Z');

function namesIn(folder: string): string[] {
  return readdirSync(folder);
}

test('what changed since the last run is read again, even with the same size and time', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  for (const name of ['changed', 'replaced', 'touched', 'removed']) {
    writeFileSync(join(folder, name), name);
    utimesSync(join(folder, name), longAgo, longAgo);
  }
  await untilOld(join(folder, 'removed'));
  await look(folder, {}, { cacheFolder });

  writeFileSync(join(folder, 'changed'), 'CHANGED');
  writeFileSync(join(folder, 'new'), 'REPLACED');
  for (const name of ['changed', 'new']) utimesSync(join(folder, name), longAgo, longAgo);
  renameSync(join(folder, 'new'), join(folder, 'replaced'));
  chmodSync(join(folder, 'touched'), 0o600);
  rmSync(join(folder, 'removed'));
  const second = await look(folder, {}, { cacheFolder });

  expect(thingIn(second, 'changed')?.props['sha256']).toBe(sha256('CHANGED'));
  expect(thingIn(second, 'replaced')?.props['sha256']).toBe(sha256('REPLACED'));
  expect(thingIn(second, 'touched')?.props).toMatchObject({ mode: '0600', sha256: sha256('touched') });
  expect(thingIn(second, 'removed')).toBeUndefined();
});

test('a remembered hash is believed, and rehash distrusts it', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  writeFileSync(join(folder, 'file'), 'content');
  await untilOld(join(folder, 'file'));
  await look(folder, {}, { cacheFolder });
  falsify(cacheFolder, sha256('content'), sha256('false'));

  const believed = await look(folder, {}, { cacheFolder });
  const distrusted = await look(folder, {}, { cacheFolder, rehash: true });
  const after = await look(folder, {}, { cacheFolder });

  expect(thingIn(believed, 'file')?.props['sha256']).toBe(sha256('false'));
  expect(thingIn(distrusted, 'file')?.props['sha256']).toBe(sha256('content'));
  expect(thingIn(after, 'file')?.props['sha256']).toBe(sha256('content'));
});

test('a large folder is remembered whole, also when a name comes in between', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  for (let at = 0; at < 1_300; at += 1) writeFileSync(join(folder, `file-${at}`), String(at));
  await untilOld(join(folder, 'file-1299'));
  await look(folder, {}, { cacheFolder });
  for (const at of [0, 511, 512, 700, 1023, 1024, 999]) {
    falsify(cacheFolder, sha256(String(at)), sha256(`false ${at}`));
  }
  writeFileSync(join(folder, 'file-0'), 'changed');
  writeFileSync(join(folder, 'file-1111-new'), 'new');

  const second = await look(folder, {}, { cacheFolder });

  const hashes = [511, 512, 700, 1023, 1024, 999].map((at) => thingIn(second, `file-${at}`)?.props['sha256']);
  expect(hashes).toEqual([511, 512, 700, 1023, 1024, 999].map((at) => sha256(`false ${at}`)));
  expect(thingIn(second, 'file-0')?.props['sha256']).toBe(sha256('changed'));
});

test('a file that changed a moment ago is not believed to be the same', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  writeFileSync(join(folder, 'file'), 'content');
  await look(folder, {}, { cacheFolder });
  falsify(cacheFolder, sha256('content'), sha256('false'));

  const second = await look(folder, {}, { cacheFolder });

  expect(thingIn(second, 'file')?.props['sha256']).toBe(sha256('content'));
});

test('a memory that was damaged is no memory', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  writeFileSync(join(folder, 'file'), 'content');
  await untilOld(join(folder, 'file'));
  const first = await look(folder, {}, { cacheFolder });
  const [name = ''] = namesIn(cacheFolder);
  const whole = readFileSync(join(cacheFolder, name));
  const changed = (at: number): Buffer => {
    const bytes = Buffer.from(whole);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return bytes;
  };
  const heading = whole.subarray(0, 16);
  const zeros = Buffer.alloc(4096); // what a file system may leave of a file when the power fails
  const damages = [
    ...[Buffer.alloc(0), Buffer.from('else'), heading, zeros, Buffer.concat([heading, zeros])],
    ...[whole.subarray(0, -8), Buffer.concat([whole, zeros])],
    ...Array.from({ length: Math.floor(whole.length / 5) }, (_, at) => changed(at * 5)),
  ];
  for (const damage of damages) {
    writeFileSync(join(cacheFolder, name), damage);
    expect((await look(folder, {}, { cacheFolder })).things).toEqual(first.things);
  }
});

test('where nothing can be remembered the files are told all the same, and that is said', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'file'), 'content');
  const inTheWay = join(aFolder(), 'file');
  writeFileSync(inTheWay, '');
  const said: string[] = [];

  const section = await look(
    folder,
    {},
    { cacheFolder: join(inTheWay, 'cache'), progress: (words: string) => said.push(words) },
  );

  expect(thingIn(section, 'file')?.props['sha256']).toBe(sha256('content'));
  expect(said).toEqual([expect.stringContaining('nothing is remembered for the next time')]);
});

test('two runs at once share a memory, and neither spoils it', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  for (let at = 0; at < 50; at += 1) writeFileSync(join(folder, `file-${at}`), String(at));
  await untilOld(join(folder, 'file-49'));
  const sections = await Promise.all([1, 2, 3].map(() => look(folder, {}, { cacheFolder })));
  for (const section of sections) expect(section).toEqual(sections[0]);
  expect(namesIn(cacheFolder)).toHaveLength(1);
  falsify(cacheFolder, sha256('7'), sha256('false'));
  const believed = await look(folder, {}, { cacheFolder });
  expect(thingIn(believed, 'file-7')?.props['sha256']).toBe(sha256('false'));
});

test('what a run that was ended in the middle has left in the memory is removed after a day', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  await look(folder, {}, { cacheFolder });
  const [name = ''] = namesIn(cacheFolder);
  for (const left of ['old', 'young']) writeFileSync(join(cacheFolder, `${name}.${left}`), 'half');
  utimesSync(join(cacheFolder, `${name}.old`), longAgo, longAgo);
  await look(folder, {}, { cacheFolder });
  expect(namesIn(cacheFolder).sort()).toEqual([name, `${name}.young`]);
});

test('what was remembered without versions is not believed to have none', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  writeFileSync(join(folder, 'billing.dll'), aDll('4.2.0.17'));
  await untilOld(join(folder, 'billing.dll'));
  const version = async (versions: boolean) =>
    thingIn(await look(folder, { versions }, { cacheFolder }), 'billing.dll')?.props['version'];
  expect([await version(false), await version(true), await version(false)]).toEqual([
    undefined,
    '4.2.0.17',
    undefined,
  ]);
});

test('names that only look alike are different files, and special modes are told', async () => {
  const folder = aFolder();
  const names = ['\u00e9', 'e\u0301', 'A', 'a'];
  for (const name of names) writeFileSync(join(folder, name), name);
  chmodSync(join(folder, 'a'), 0o6755);
  mkdirSync(join(folder, 'shared'));
  chmodSync(join(folder, 'shared'), 0o1777);

  const section = await look(folder);

  expect(names.map((name) => thingIn(section, name)?.props['sha256'])).toEqual(names.map(sha256));
  const modes = ['A', 'a', 'shared'].map((name) => thingIn(section, name)?.props['mode']);
  expect(modes).toEqual(['0644', '6755', '1777']);
});

test('no file is left open, whatever was found in it', async () => {
  const folder = aFolder();
  for (const [name, content] of [
    ['a.dll', 'MZ'],
    ['b.jar', 'PK'],
    ['c.jar', aJar('1')],
    ['d.dll', aDll('1.0.0.0')],
    ['e.jar', Buffer.concat([Buffer.alloc(40, 'x'), aJar('2').subarray(20)])],
    ['f.txt', ''],
  ] as const) {
    writeFileSync(join(folder, name), content);
  }
  const open = (): number => readdirSync('/proc/self/fd').length;
  await look(folder);
  const before = open();
  for (let round = 0; round < 20; round += 1) await look(folder, {}, { cacheFolder: aFolder() });
  expect(open() - before).toBeLessThan(10);
});

test('a collection that is ended gives no section, and leaves the memory as it was', async () => {
  const folder = aFolder();
  const cacheFolder = aFolder();
  writeFileSync(join(folder, 'file'), 'content');
  const ended = AbortSignal.abort(new Error('ended'));
  await expect(look(folder, {}, { cacheFolder, signal: ended })).rejects.toThrow('ended');
  expect(namesIn(cacheFolder)).toEqual([]);
});

test('a large file with holes is read to its end', async () => {
  const folder = aFolder();
  sparseFile(join(folder, 'large'), 64 * 2 ** 20);
  const { things } = await look(folder);
  expect(things[0]?.props).toMatchObject({ size: 64 * 2 ** 20, sha256: sha256(Buffer.alloc(64 * 2 ** 20)) });
});
