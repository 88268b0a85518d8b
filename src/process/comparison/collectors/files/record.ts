import type { Entry } from './entry.js';
import { lineOf, marksOf } from './line.js';
import type { ByteName } from './names.js';

/**
 * Entries of one folder in blocks of bytes. So they come from a worker, are kept for the next run and are held against what is
 * there now without becoming objects: with fifty thousand files that is most of what a second run would do.
 */
export interface FolderRecord {
  readonly folder: ByteName;
  readonly count: number;
  /** A line an entry (see `lineFormat`). */
  readonly lines: Uint8Array;
  /** 32 bytes an entry. */
  readonly hashes: Uint8Array;
  readonly rest: Rest;
}

/** What is told of few entries: by the entry's place. */
export interface Rest {
  readonly version: Record<number, string>;
  readonly target: Record<number, string>;
  readonly trouble: Record<number, string>;
  /** Owners and groups that are told by name; lines hold -1 for the first, -2 for the second, … */
  readonly words: string[];
}

/** How many entries of a folder of this machine a record has at most. */
export const inOneRecord = 512;
export const hashBytes = 32;

export const emptyRest = (): Rest => ({ version: {}, target: {}, trouble: {}, words: [] });
export const isEmptyRest = (rest: Rest): boolean =>
  Object.values(rest).every((part) => Object.keys(part).length === 0);

/** Turns owners that are told by name into numbers below zero. */
function numbering(words: string[]): (held: string | number) => number {
  return (held) => {
    if (typeof held === 'number') return held;
    const place = words.indexOf(held);
    return place < 0 ? -words.push(held) : -place - 1;
  };
}

/** In a block of their own, which can be handed over. */
function bytesOf(text: string): Uint8Array {
  const bytes = Buffer.from(new ArrayBuffer(text.length));
  bytes.write(text, 'latin1');
  return bytes;
}

/** Writes entries in their order. What changed at `trusted` or later will not be believed again. */
export function recordOf(folder: ByteName, entries: readonly Entry[], trusted: string): FolderRecord {
  const rest = emptyRest();
  const number = numbering(rest.words);
  const hashes = Buffer.from(new ArrayBuffer(entries.length * hashBytes));
  const lines: string[] = [];
  for (const [at, entry] of entries.entries()) {
    const { sha256, version, target, trouble } = entry;
    lines.push(lineOf(entry, number(entry.owner), number(entry.group), trusted));
    if (sha256 !== undefined) hashes.write(sha256, at * hashBytes, 'hex');
    if (version !== undefined) rest.version[at] = version;
    if (target !== undefined) rest.target[at] = target;
    if (trouble !== undefined) rest.trouble[at] = trouble;
  }
  return { folder, count: entries.length, lines: bytesOf(lines.join('')), hashes, rest };
}

export const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** The first name in a record; empty when there is none. */
export function firstName({ count, lines }: FolderRecord): ByteName {
  const { places } = marksOf(lines, Math.min(count, 1));
  return bufferOf(lines).toString('latin1', places[1], places[2]);
}
