import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectorTools } from '../collector.js';
import type { ByteName } from './names.js';
import { type FolderRecord, recordAt, recordHead, recordLength, type Span } from './record.js';

/** What a run remembers for the next one: records of each folder, with up to some hundred names each. */
export interface Cache {
  /** When it was opened by the file system's own clock, in milliseconds since 1970. */
  readonly openedAt: number;
  /** What was known when it was opened. */
  readonly memory: SharedArrayBuffer;
  /** Where in the memory the records are of a folder's names `from` one `to` another; all of the folder's without these. */
  known(folder: ByteName, from?: ByteName, to?: ByteName): readonly Span[];
  remember(record: FolderRecord): void;
  /** Remembers what is known as it is. */
  confirm(span: Span): void;
  /** Keeps what was remembered, in the place of what was known. */
  keep(): void;
  /** Forgets what was remembered since it was opened. */
  drop(): void;
}

export const noCache: Cache = {
  openedAt: 0,
  memory: new SharedArrayBuffer(0),
  known: () => [],
  remember: () => undefined,
  confirm: () => undefined,
  keep: () => undefined,
  drop: () => undefined,
};

/** Raised when records would be written differently; what another version wrote is not read. A multiple of eight bytes. */
const heading = Buffer.from('slipway files 01');

interface Place {
  readonly first: ByteName;
  readonly span: Span;
}

interface Memory {
  readonly memory: SharedArrayBuffer;
  readonly places: ReadonlyMap<ByteName, readonly Place[]>;
}
const nothing: Memory = { memory: noCache.memory, places: new Map() };

function placesIn(memory: SharedArrayBuffer): Memory['places'] {
  const bytes = Buffer.from(memory);
  const places = new Map<ByteName, Place[]>();
  for (let at = heading.length; at < bytes.length; ) {
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

/** Nothing when there is none yet, or when it cannot be read: then everything is looked at. */
function readMemory(path: string): Memory {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    // Shared with the threads that read: they compare with it where it lies.
    const memory = new SharedArrayBuffer(fstatSync(file).size);
    const bytes = Buffer.from(memory);
    for (let at = 0; at < bytes.length; )
      at += readSync(file, bytes, at, Math.min(bytes.length - at, 2 ** 30), at);
    return bytes.subarray(0, heading.length).equals(heading) ? { memory, places: placesIn(memory) } : nothing;
  } catch {
    return nothing;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The records that can tell of names between these two. */
function overlapping(places: readonly Place[], from?: ByteName, to?: ByteName): readonly Place[] {
  if (from === undefined || to === undefined) return places;
  return places.filter(({ first }, index) => {
    const next = places[index + 1]?.first;
    return first <= to && (next === undefined || next > from);
  });
}

/** Opens what is remembered of `place`. `distrusted` leaves it unread and writes it anew. */
function openCache(folder: string, place: string, distrusted: boolean): Cache {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${createHash('sha256').update(place).digest('hex').slice(0, 32)}.files`);
  const { memory, places } = distrusted ? nothing : readMemory(path);
  const fresh = `${path}.${randomUUID()}`;
  const writing = openSync(fresh, 'wx', 0o600);
  writeSync(writing, heading);
  const openedAt = fstatSync(writing).mtimeMs;
  const confirmed: Span[] = [];
  const all = [...places.values()].reduce((count, there) => count + there.length, 0);
  let [isNew, closed] = [distrusted, false];
  const close = (): void => {
    closed = true;
    closeSync(writing);
  };
  const drop = (): void => {
    close();
    rmSync(fresh, { force: true });
  };
  return {
    openedAt,
    memory,
    known: (of, from, to) => overlapping(places.get(of) ?? [], from, to).map(({ span }) => span),
    remember: (record) => {
      isNew = true;
      if (!closed) writeSync(writing, record);
    },
    confirm: (span) => confirmed.push(span),
    keep: () => {
      if (!isNew && confirmed.length === all) return drop();
      for (const span of confirmed) writeSync(writing, recordAt(memory, span));
      close();
      renameSync(fresh, path);
    },
    drop,
  };
}

/** Does work with what is remembered of a place, where anything may be; forgets it again when the work fails. */
export async function remembering(
  place: string,
  { cacheFolder, rehash = false }: Pick<CollectorTools, 'cacheFolder' | 'rehash'>,
  work: (cache: Cache) => Promise<void>,
): Promise<void> {
  const cache = cacheFolder === undefined ? noCache : openCache(cacheFolder, place, rehash);
  try {
    await work(cache);
    cache.keep();
  } catch (error) {
    cache.drop();
    throw error;
  }
}
