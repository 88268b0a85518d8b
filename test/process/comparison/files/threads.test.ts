import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';
import { aFolder, ownPeak, sectionOf, sparseFile } from './given.js';
import { aDll } from './libraries.js';

// Other tests may keep every core busy.
jest.setTimeout(300_000);
const built = fileURLToPath(
  new URL('../../../../dist/process/comparison/collectors/files/collect.js', import.meta.url),
);

/** Runs the built collector in a process of its own, where it has threads; gives what it printed. */
function lookWithThreads(folder: string, more: string): string {
  const program = `
    import { filesCollector } from ${JSON.stringify(built)};
    const ending = new AbortController();
    const tools = { signal: ending.signal, progress: () => undefined, secretKey: 'k', isSecret: () => false };
    const source = { folder: ${JSON.stringify(folder)}, ignore: ['*.log'], versions: true };
    ${more}`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    timeout: 280_000,
  });
}

/** A folder of some folders with many files, of what each holds; without those that hold nothing. */
function aFolderOf(content: (at: number) => string | undefined): string {
  const folder = aFolder();
  for (let at = 0; at < 1_500; at += 1) {
    const inner = join(folder, `folder-${at % 7}`);
    mkdirSync(inner, { recursive: true });
    const held = content(at);
    if (held !== undefined) writeFileSync(join(inner, `file-${at}`), held);
  }
  return folder;
}

test('threads tell just what one thread tells', async () => {
  const folder = aFolderOf(String);
  writeFileSync(join(folder, 'a.dll'), aDll('1.2.3.4'));
  writeFileSync(join(folder, 'a.log'), 'x');
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff])]), 'odd');
  const alone = await sectionOf(folder, { ignore: ['*.log'] });

  const told = lookWithThreads(
    folder,
    `console.log(JSON.stringify(await filesCollector(2).collect('web', source, tools)));`,
  );

  expect(JSON.parse(told)).toEqual(alone);
});

test('threads that read two environments together tell just what one thread tells of each', async () => {
  const sides = [0, 1].map((side) =>
    aFolderOf((at) => {
      if (at % 100 === side) return undefined;
      return String(at % 50 === side ? at : at % 9);
    }),
  );
  const alone = await Promise.all(sides.map((folder) => sectionOf(folder, { ignore: ['*.log'] })));

  const told = lookWithThreads(
    '',
    `const collector = filesCollector(2);
    const run = {};
    const look = (folder) => collector.collect('web', { ...source, folder }, { ...tools, run });
    console.log(JSON.stringify(await Promise.all(${JSON.stringify(sides)}.map(look))));`,
  );

  expect(JSON.parse(told)).toEqual(alone);
});

/** What `sha256sum` says of so many zeros. */
const ofZeros = {
  size: 4 * 2 ** 30 + 5,
  sha256: '709fc0b74f7c916cedccb212d681c035f36ffbb31ebfe806eb40c31592744eb5',
};

test('a file of 4 GB with holes is read to its end, in little memory', () => {
  const folder = aFolder();
  sparseFile(join(folder, 'large'), ofZeros.size);
  const told = lookWithThreads(
    folder,
    `${ownPeak}
    const { things } = await filesCollector(2).collect('web', source, tools);
    console.log(JSON.stringify({ ...things[0].props, megabytes: (await ownPeak()) / 2 ** 20 }));`,
  );

  expect(JSON.parse(told)).toMatchObject(ofZeros);
  // Measured: 75 MB.
  expect(JSON.parse(told).megabytes).toBeLessThan(150);
});

test('a thread that dies ends the collection, which then gives no section and waits for nobody', () => {
  const folder = aFolder();
  for (let at = 0; at < 40; at += 1) {
    mkdirSync(join(folder, `folder-${at}`));
    writeFileSync(join(folder, `folder-${at}`, 'file'), String(at));
  }
  const told = lookWithThreads(
    folder,
    `const { Worker } = await import('node:worker_threads');
    const ask = Worker.prototype.postMessage;
    let asked = 0;
    Worker.prototype.postMessage = function (looks) {
      asked += 1;
      if (asked === 2) void this.terminate();
      ask.call(this, looks);
    };
    console.log(await filesCollector(2).collect('web', source, tools).then(() => 'a section', String));`,
  );
  expect(told.trim()).toBe('Error: web: a thread that was reading files has ended.');
});

/** Takes longer to read than a test may take. */
const endless = 2 * 2 ** 40;

// After 20 ms the threads are still starting.
test.each([20, 300])(
  'a collection is ended at once, even while a large file is read (after %d ms)',
  (after) => {
    const folder = aFolder();
    sparseFile(join(folder, 'large'), endless);

    const told = lookWithThreads(
      folder,
      `const looking = filesCollector(2).collect('web', source, tools).then(() => 'a section', String);
    setTimeout(() => ending.abort(new Error('ended')), ${after});
    console.log(await looking);`,
    );

    expect(told.trim()).toBe('Error: ended');
  },
);

test('ending the look at one environment leaves the other one whole, though threads read both together', async () => {
  const [one, other] = [aFolder(), aFolder()];
  for (const folder of [one, other]) {
    mkdirSync(join(folder, 'inner'));
    for (const name of ['a', 'b', 'z']) writeFileSync(join(folder, 'inner', name), `${name} in ${folder}`);
  }
  sparseFile(join(one, 'inner', 'large'), endless);

  const told = lookWithThreads(
    one,
    `const collector = filesCollector(2);
    const run = {};
    const staying = new AbortController();
    const there = { ...source, folder: ${JSON.stringify(other)} };
    const ended = collector.collect('web', source, { ...tools, run }).then(() => 'a section', String);
    const whole = collector.collect('web', there, { ...tools, run, signal: staying.signal });
    setTimeout(() => ending.abort(new Error('ended')), 700);
    console.log(JSON.stringify([await ended, await whole]));`,
  );

  expect(JSON.parse(told)).toEqual(['Error: ended', await sectionOf(other, { ignore: ['*.log'] })]);
});
