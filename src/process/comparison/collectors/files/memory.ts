import { hash } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { readPart } from './binary.js';
import type { ByteName } from './names.js';
import { type FolderRecord, hashBytes, inOneRecord } from './record.js';

/*
 * A memory is a file: a heading; the lines of one record after the other; then, read at once, the hashes of all records, what else
 * is told of each as JSON, where both begin, and a hash of all that is read at once.
 */

/** Raised when it would be written differently; what another version wrote is not read. */
export const heading = Buffer.from('slipway files 03');
const [placeBytes, digestBytes] = [8, 32];

/**
 * A record without its lines. Where GNU find says just the same lines again, their digest is enough, and that spares reading most of
 * a memory.
 */
export interface Remembered extends Omit<FolderRecord, 'lines'> {
  /** The first name in it. */
  readonly first: ByteName;
  /** Of the lines. */
  readonly digest: string;
  /** Where they are. */
  readonly at: number;
  readonly length: number;
}

/** SHA-256 in hexadecimal. */
export const digestOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

/** What the last run left. */
export interface Memory {
  /** The records of each folder. */
  readonly places: ReadonlyMap<ByteName, readonly Remembered[]>;
  /** The record with its lines; undefined when they are not what they were. */
  whole(remembered: Remembered): FolderRecord | undefined;
  close(): void;
}
export const nothing: Memory = { places: new Map(), whole: () => undefined, close: () => undefined };

/** The end of a memory: what is read at once. `at` is where it will stand. */
export function* endOf(all: readonly Remembered[], at: number): Generator<Uint8Array> {
  let told = at;
  for (const { count, hashes } of all) {
    told += count * hashBytes;
    yield hashes.subarray(0, count * hashBytes);
  }
  yield Buffer.from(JSON.stringify(all.map(({ hashes, ...rest }) => rest)));
  const places = Buffer.alloc(2 * placeBytes);
  places.writeDoubleLE(at);
  places.writeDoubleLE(told, placeBytes);
  yield places;
}

/** What is read at once, when it is whole. */
function readEnd(file: number): { hashes: Buffer; told: string } | undefined {
  const { size } = fstatSync(file);
  const last = 2 * placeBytes + digestBytes;
  if (size < heading.length + last) return undefined;
  if (!readPart(file, 0, heading.length).equals(heading)) return undefined;
  const places = readPart(file, size - last, 2 * placeBytes);
  const [at, toldAt] = [places.readDoubleLE(), places.readDoubleLE(placeBytes)];
  if (!(heading.length <= at && at <= toldAt && toldAt <= size - last)) return undefined;
  const end = readPart(file, at, size - at);
  const hashed = end.subarray(0, -digestBytes);
  if (digestOf(hashed) !== end.toString('hex', hashed.length)) return undefined;
  return { hashes: end.subarray(0, toldAt - at), told: end.toString('utf8', toldAt - at, end.length - last) };
}

function placesIn({ hashes, told }: { hashes: Buffer; told: string }): Memory['places'] {
  const places = new Map<ByteName, Remembered[]>();
  let at = 0;
  for (const one of JSON.parse(told) as Omit<Remembered, 'hashes'>[]) {
    const end = at + one.count * hashBytes;
    const there = places.get(one.folder);
    const remembered = { ...one, hashes: hashes.subarray(at, end) };
    if (there === undefined) places.set(one.folder, [remembered]);
    else there.push(remembered);
    at = end;
  }
  // Several threads found them, in whatever order.
  for (const there of places.values()) there.sort((one, other) => (one.first < other.first ? -1 : 1));
  return places;
}

/** A part that the disk does not give is not remembered. */
function readIfPossible(file: number, at: number, length: number): Buffer | undefined {
  try {
    return readPart(file, at, length);
  } catch {
    return undefined;
  }
}

function openedMemory(file: number): Memory | undefined {
  const end = readEnd(file);
  if (end === undefined) return undefined;
  let isOpen = true;
  return {
    places: placesIn(end),
    whole: ({ folder, count, hashes, rest, digest, at, length }) => {
      const lines = isOpen ? readIfPossible(file, at, length) : undefined;
      if (lines === undefined || digestOf(lines) !== digest) return undefined;
      // On the way to a thread, all would be copied that is in the same block of memory.
      return { folder, count, hashes: new Uint8Array(hashes), rest, lines };
    },
    close: () => {
      if (isOpen) closeSync(file);
      isOpen = false;
    },
  };
}

/** Opens a memory. Nothing when there is none yet, or when it cannot be read: then everything is looked at. */
export function openMemory(path: string): Memory {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const memory = openedMemory(file);
    if (memory !== undefined) return memory;
  } catch {
    // It is as good as none.
  }
  if (file !== undefined) closeSync(file);
  return nothing;
}

/** The records that can tell of names between these two. Only those of a large folder have their names in order (see `listed`). */
export function overlapping(
  places: readonly Remembered[],
  from?: ByteName,
  to?: ByteName,
): readonly Remembered[] {
  const isLarge = places.reduce((count, place) => count + place.count, 0) > inOneRecord;
  if (!isLarge || from === undefined || to === undefined) return places;
  return places.filter(({ first }, index) => {
    const next = places[index + 1]?.first;
    return first <= to && (next === undefined || next > from);
  });
}
