import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { heading } from './memory.js';

/** What is being remembered, beside what is known: it takes that one's place when it is whole. */
export interface Fresh {
  /** By the clock of the file system, in milliseconds since 1970. */
  readonly begunAt: number;
  /** Gives where the part stands. */
  write(part: Uint8Array): number;
  /** Puts it in the place of what was known, with a hash of its end behind it. */
  keep(end: (at: number) => Iterable<Uint8Array>): void;
  drop(): void;
}

const partBytes = 256 * 1024;
const aDay = 24 * 3600 * 1000;

/** Programs that were ended in the middle leave theirs behind. */
function removeLeftovers(path: string, now: number): void {
  const [folder, start] = [dirname(path), `${basename(path)}.`];
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(start)) continue;
    const leftover = join(folder, name);
    const age = now - (statSync(leftover, { throwIfNoEntry: false })?.mtimeMs ?? now);
    if (age > aDay) rmSync(leftover, { force: true });
  }
}

/** Begins a memory. Another run at the same time writes its own; whoever is done last is remembered. */
export function beginFresh(path: string): Fresh {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const half = `${path}.${randomUUID()}`;
  const file = openSync(half, 'wx', 0o600);
  const held = Buffer.allocUnsafe(partBytes);
  let [open, filled, written] = [true, 0, 0];
  const close = (): boolean => {
    if (open) closeSync(file);
    const wasOpen = open;
    [open, filled] = [false, 0];
    return wasOpen;
  };
  const drop = (): void => {
    if (close()) rmSync(half, { force: true });
  };
  const flush = (): void => {
    for (let at = 0; at < filled; ) at += writeSync(file, held, at, filled - at);
    [filled, written] = [0, written + filled];
  };
  const write = (part: Uint8Array): number => {
    const place = written + filled;
    for (let at = 0; at < part.length && open; ) {
      const some = part.subarray(at, at + held.length - filled);
      held.set(some, filled);
      filled += some.length;
      at += some.length;
      if (filled === held.length) flush();
    }
    return place;
  };
  write(heading);
  flush();
  const begunAt = fstatSync(file).mtimeMs;
  removeLeftovers(path, begunAt);
  return {
    begunAt,
    write,
    drop,
    keep: (end) => {
      const hashing = createHash('sha256');
      for (const part of end(written + filled)) {
        hashing.update(part);
        write(part);
      }
      write(hashing.digest());
      flush();
      if (close()) renameSync(half, path);
    },
  };
}
