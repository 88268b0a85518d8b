import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, expect } from '@jest/globals';
import type { CollectorTools } from '../../../../src/process/comparison/collectors/collector.js';
import { filesSource } from '../../../../src/process/comparison/collectors/files/source.js';
import { filesCollector } from '../../../../src/process/comparison/collectors/files.js';
import { isSecret } from '../../../../src/process/comparison/secrets.js';
import type { Section, Thing } from '../../../../src/process/comparison/snapshot.js';

const made: string[] = [];

/** A new folder that is gone after the test. */
export function aFolder(inside = tmpdir()): string {
  const folder = mkdtempSync(join(inside, 'slipway-files-'));
  made.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function someTools(more: Partial<CollectorTools> = {}): CollectorTools {
  return {
    signal: new AbortController().signal,
    progress: () => undefined,
    secretKey: 'a key that stands for secrets',
    isSecret,
    ...more,
  };
}

/** The section as plain data: things that are read from records hold nothing that two of them could be told apart by. */
export const plain = (section: Section): Section => JSON.parse(JSON.stringify(section)) as Section;

/** What a folder looks like to one thread, as plain data. */
export const sectionOf = async (
  folder: string,
  more: object = {},
  tools: Partial<CollectorTools> = {},
): Promise<Section> =>
  plain(await filesCollector(0).collect('web', filesSource.parse({ folder, ...more }), someTools(tools)));

/** A file of so many zeros, which takes no room on the disk. */
export function sparseFile(path: string, size: number): void {
  writeFileSync(path, '');
  truncateSync(path, size);
}

/** The thing of this name, whatever its kind. */
export function thingIn({ things }: Section, ...name: readonly string[]): Thing | undefined {
  return things.find((thing) => JSON.stringify(thing.name) === JSON.stringify(name));
}

export const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

/** Waits until the file system's own clock has left a file's last change behind: that time cannot be set. */
export async function untilOld(path: string, age = 2_100): Promise<void> {
  const { ctimeMs } = lstatSync(path);
  const probe = join(aFolder(), 'probe');
  for (;;) {
    writeFileSync(probe, '');
    if (lstatSync(probe).ctimeMs - ctimeMs > age) return;
    await setTimeout(20);
  }
}

/** Puts another hash where one is remembered: only who believes the memory will tell it. */
export function falsify(cacheFolder: string, from: string, to: string): void {
  for (const name of readdirSync(cacheFolder)) {
    const path = join(cacheFolder, name);
    const memory = readFileSync(path);
    const at = memory.indexOf(Buffer.from(from, 'hex'));
    expect(at).toBeGreaterThan(0);
    memory.write(to, at, 'hex');
    const end = memory.length - 32; // where the hash of what is read at once stands
    const begin = memory.readDoubleLE(end - 16);
    createHash('sha256').update(memory.subarray(begin, end)).digest().copy(memory, end);
    writeFileSync(path, memory);
  }
}

/**
 * Code of a program that gives the most memory it has held itself, in bytes. What the system tells as `maxRSS` begins with that
 * of whoever started it, however large that is; Linux knows better.
 */
export const ownPeak = `
  const ownPeak = async () => {
    const { readFileSync } = await import('node:fs');
    if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
    return Number(/VmHWM:\\s+(\\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  };`;
