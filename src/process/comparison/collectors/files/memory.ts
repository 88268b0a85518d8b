import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteName } from './names.js';
import { recordAt, recordHead, recordLength, type Span } from './record.js';

/** Raised when records would be written differently; what another version wrote is not read. A multiple of eight bytes. */
export const heading = Buffer.from('slipway files 02');
/** At the end stands a hash of all before it: what was half written, or damaged since, is not believed. */
const hashBytes = 32;
const partBytes = 256 * 1024;

/** Where a record is, and the first name in it. */
export interface Place {
  readonly first: ByteName;
  readonly span: Span;
}

/** What the last run left: records, and where those of each folder are. */
export interface Memory {
  readonly memory: SharedArrayBuffer;
  readonly places: ReadonlyMap<ByteName, readonly Place[]>;
}
export const nothing: Memory = { memory: new SharedArrayBuffer(0), places: new Map() };

function placesIn(memory: SharedArrayBuffer): Memory['places'] {
  const bytes = Buffer.from(memory);
  const places = new Map<ByteName, Place[]>();
  for (let at = heading.length; at < bytes.length - hashBytes; ) {
    const span = { at, length: recordLength(bytes, at) };
    const { folder, first } = recordHead(recordAt(memory, span));
    const there = places.get(folder);
    if (there === undefined) places.set(folder, [{ first, span }]);
    else there.push({ first, span });
    at += span.length;
  }
  // Several threads found them, in whatever order.
  for (const there of places.values()) there.sort((one, other) => (one.first < other.first ? -1 : 1));
  return places;
}

/** Reads a file of records. Nothing when there is none yet, or when it cannot be read: then everything is looked at. */
export function readMemory(path: string): Memory {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    const end = size - hashBytes;
    if (end < heading.length) return nothing;
    // Shared with the threads that read: they compare with it where it lies.
    const memory = new SharedArrayBuffer(size);
    const [bytes, hashing, part] = [Buffer.from(memory), createHash('sha256'), Buffer.allocUnsafe(partBytes)];
    // Part by part: to be hashed, shared memory would be copied as a whole.
    for (let at = 0; at < size; ) {
      const got = readSync(file, part, 0, Math.min(partBytes, size - at), at);
      if (got === 0) return nothing;
      hashing.update(part.subarray(0, Math.max(0, Math.min(got, end - at))));
      bytes.set(part.subarray(0, got), at);
      at += got;
    }
    const isWhole =
      bytes.subarray(0, heading.length).equals(heading) && hashing.digest().equals(bytes.subarray(end));
    return isWhole ? { memory, places: placesIn(memory) } : nothing;
  } catch {
    return nothing;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The records that can tell of names between these two. */
export function overlapping(places: readonly Place[], from?: ByteName, to?: ByteName): readonly Place[] {
  if (from === undefined || to === undefined) return places;
  return places.filter(({ first }, index) => {
    const next = places[index + 1]?.first;
    return first <= to && (next === undefined || next > from);
  });
}
