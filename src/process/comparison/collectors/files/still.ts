import type { Cache } from './cache.js';
import { digestOf } from './memory.js';
import type { ByteName } from './names.js';
import type { FolderRecord } from './record.js';

/**
 * The folders below the root of which every name is still just what the last run found, by their records: as GNU find says. Where it
 * says nothing there are none, and each folder is looked at as on the first run.
 */
export async function stillKnown(
  root: ByteName,
  ignore: readonly string[],
  cache: Cache,
  signal: AbortSignal,
): Promise<ReadonlyMap<ByteName, FolderRecord>> {
  const still = new Map<ByteName, FolderRecord>();
  const remembered = new Map(cache.remembered().map((one) => [one.folder, one]));
  if (remembered.size === 0) return still;
  const { askFind } = await import('./gnu-find.js'); // what starts programs takes a while to load
  for await (const { folder, lines } of askFind(root, [...remembered.keys()], ignore, signal)) {
    const one = remembered.get(folder);
    if (one === undefined || Object.keys(one.rest.trouble).length > 0) continue;
    const { count, hashes, rest } = one;
    if (digestOf(lines) === one.digest) still.set(folder, { folder, count, hashes, rest, lines });
  }
  return still;
}
