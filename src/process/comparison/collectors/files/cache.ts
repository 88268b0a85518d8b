import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CollectorTools } from '../collector.js';
import { codeOf } from './entry.js';
import { beginFresh } from './fresh.js';
import { nothing, overlapping, readMemory } from './memory.js';
import type { ByteName } from './names.js';
import { type FolderRecord, recordAt, type Span } from './record.js';

/** A folder, and where in the memory its record is. */
export interface Remembered {
  readonly folder: ByteName;
  readonly span: Span;
}

/** What a run remembers for the next one: records of each folder, with up to some hundred names each. */
export interface Cache {
  /** When it was opened by the file system's own clock, in milliseconds since 1970. */
  readonly openedAt: number;
  /** What was known when it was opened. */
  readonly memory: SharedArrayBuffer;
  /** The folders that one record tells all of. */
  remembered(): readonly Remembered[];
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
  memory: nothing.memory,
  remembered: () => [],
  known: () => [],
  remember: () => undefined,
  confirm: () => undefined,
  keep: () => undefined,
  drop: () => undefined,
};

/** Opens what is remembered of `place`. `distrusted` leaves it unread and writes it anew. Throws where nothing can be written. */
function openCache(
  folder: string,
  place: string,
  distrusted: boolean,
  failed: (error: unknown) => void,
): Cache {
  const path = join(folder, `${createHash('sha256').update(place).digest('hex').slice(0, 32)}.files`);
  const fresh = beginFresh(path);
  const { memory, places } = distrusted ? nothing : readMemory(path);
  const confirmed: Span[] = [];
  const all = [...places.values()].reduce((count, there) => count + there.length, 0);
  let isNew = distrusted;
  /** A full disk costs the next run its time, and this one nothing. */
  const trying = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      fresh.drop();
      failed(error);
    }
  };
  return {
    openedAt: fresh.begunAt,
    memory,
    remembered: () =>
      [...places].flatMap(([of, [first, ...more]]) =>
        first === undefined || more.length > 0 ? [] : [{ folder: of, span: first.span }],
      ),
    known: (of, from, to) => overlapping(places.get(of) ?? [], from, to).map(({ span }) => span),
    remember: (record) => {
      isNew = true;
      trying(() => fresh.write(record));
    },
    confirm: (span) => confirmed.push(span),
    keep: () => {
      if (!isNew && confirmed.length === all) return fresh.drop();
      trying(() => {
        for (const span of confirmed) fresh.write(recordAt(memory, span));
        fresh.keep();
      });
    },
    drop: fresh.drop,
  };
}

type Remembering = Pick<CollectorTools, 'cacheFolder' | 'rehash' | 'progress'>;

function cacheOf(place: string, { cacheFolder, rehash = false, progress }: Remembering): Cache {
  if (cacheFolder === undefined) return noCache;
  const failed = (error: unknown): void =>
    progress(`nothing is remembered for the next time: ${cacheFolder} cannot be written (${codeOf(error)})`);
  try {
    return openCache(cacheFolder, place, rehash, failed);
  } catch (error) {
    failed(error);
    return noCache;
  }
}

/** Does work with what is remembered of a place, where anything may be; forgets it again when the work fails. */
export async function remembering(
  place: string,
  tools: Remembering,
  work: (cache: Cache) => Promise<void>,
): Promise<void> {
  const cache = cacheOf(place, tools);
  try {
    await work(cache);
    cache.keep();
  } catch (error) {
    cache.drop();
    throw error;
  }
}
