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
  write(part: Uint8Array): void;
  /** Puts it in the place of what was known. */
  keep(): void;
  drop(): void;
}

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

/** Begins a file of records. Another run at the same time writes its own; whoever is done last is remembered. */
export function beginFresh(path: string): Fresh {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const half = `${path}.${randomUUID()}`;
  const file = openSync(half, 'wx', 0o600);
  const hashing = createHash('sha256');
  let open = true;
  const end = (): boolean => {
    if (open) closeSync(file);
    const wasOpen = open;
    open = false;
    return wasOpen;
  };
  const drop = (): void => {
    if (end()) rmSync(half, { force: true });
  };
  const write = (part: Uint8Array): void => {
    if (!open) return;
    hashing.update(part);
    for (let at = 0; at < part.length; ) at += writeSync(file, part, at);
  };
  write(heading);
  const begunAt = fstatSync(file).mtimeMs;
  removeLeftovers(path, begunAt);
  return {
    begunAt,
    write,
    drop,
    keep: () => {
      write(hashing.copy().digest());
      if (end()) renameSync(half, path);
    },
  };
}
