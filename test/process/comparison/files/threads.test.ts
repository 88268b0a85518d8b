import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';
import { aFolder, ownPeak, sectionOf } from './given.js';
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

test('threads tell just what one thread tells', async () => {
  const folder = aFolder();
  for (let at = 0; at < 1_500; at += 1) {
    const inner = join(folder, `folder-${at % 7}`);
    mkdirSync(inner, { recursive: true });
    writeFileSync(join(inner, `file-${at}`), String(at));
  }
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

/** What `sha256sum` says of so many zeros. */
const ofZeros = {
  size: 4 * 2 ** 30 + 5,
  sha256: '709fc0b74f7c916cedccb212d681c035f36ffbb31ebfe806eb40c31592744eb5',
};

test('a file of 4 GB with holes is read to its end, in little memory', () => {
  const folder = aFolder();
  const file = openSync(join(folder, 'large'), 'w');
  ftruncateSync(file, ofZeros.size);
  closeSync(file);
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

test('a collection is ended at once, even while a large file is read', () => {
  const folder = aFolder();
  const file = openSync(join(folder, 'large'), 'w');
  ftruncateSync(file, 64 * 2 ** 30);
  closeSync(file);

  const told = lookWithThreads(
    folder,
    `const looking = filesCollector(2).collect('web', source, tools).then(() => 'a section', String);
    setTimeout(() => ending.abort(new Error('ended')), 300);
    console.log(await looking);`,
  );

  expect(told.trim()).toBe('Error: ended');
});
