import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CollectorTools } from '../collector.js';
import { codeOf } from './entry.js';
import { beginFresh } from './fresh.js';
import { digestOf, endOf, nothing, openMemory, overlapping, type Remembered } from './memory.js';
import type { ByteName } from './names.js';
import { type FolderRecord, firstName } from './record.js';

/** What a run remembers for the next one: records of each folder, with up to some hundred names each. */
export interface Cache {
  /** When it was opened by the file system's own clock, in milliseconds since 1970. */
  readonly openedAt: number;
  /** What is known of folders that one record tells all of. */
  remembered(): readonly Remembered[];
  /** What is known of a folder's names `from` one `to` another; all that is known of the folder without these. */
  known(folder: ByteName, from?: ByteName, to?: ByteName): readonly FolderRecord[];
  remember(record: FolderRecord): void;
  /** Remembers what is known as it is. */
  confirm(record: FolderRecord): void;
  /** Keeps what was remembered, in the place of what was known. */
  keep(): void;
  /** Forgets what was remembered since it was opened. */
  drop(): void;
}

export const noCache: Cache = {
  openedAt: 0,
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
  const memory = distrusted ? nothing : openMemory(path);
  const [remembered, confirmed]: [Remembered[], FolderRecord[]] = [[], []];
  const all = [...memory.places.values()].reduce((count, there) => count + there.length, 0);
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
  const write = (record: FolderRecord): void => {
    const { lines, ...rest } = record;
    const [digest, first, at] = [digestOf(lines), firstName(record), fresh.write(lines)];
    remembered.push({ ...rest, first, digest, at, length: lines.length });
  };
  const drop = (): void => {
    fresh.drop();
    memory.close();
  };
  return {
    openedAt: fresh.begunAt,
    remembered: () =>
      [...memory.places.values()].flatMap(([first, ...more]) =>
        first === undefined || more.length > 0 ? [] : [first],
      ),
    known: (of, from, to) =>
      overlapping(memory.places.get(of) ?? [], from, to).flatMap((one) => memory.whole(one) ?? []),
    remember: (record) => {
      isNew = true;
      trying(() => write(record));
    },
    confirm: (record) => confirmed.push(record),
    keep: () => {
      if (!isNew && confirmed.length === all) return drop();
      memory.close(); // on some systems nothing can take the place of a file that is open
      trying(() => {
        for (const record of confirmed) write(record);
        fresh.keep((at) => endOf(remembered, at));
      });
    },
    drop,
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
