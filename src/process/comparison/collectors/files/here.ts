import { realpathSync } from 'node:fs';
import type { Cache } from './cache.js';
import type { Crew } from './crew.js';
import { codeOf, type Entry, timeAt } from './entry.js';
import type { Gathering } from './gathering.js';
import { byteName } from './names.js';
import { readEntry } from './read.js';
import { stillKnown } from './still.js';
import { type Tally, walk } from './walk.js';

/**
 * A file that changes again within the same tick of the file system's clock keeps its times. The coarsest clock in use
 * (FAT's) ticks every two seconds.
 */
const tick = 2_000;

/** The folder as it is now, with every link in its path followed. Throws when it is none, with a sentence that says so. */
export function rootOf(source: string, folder: string): { path: string; entry: Entry } {
  try {
    const path = realpathSync(folder);
    const entry = readEntry({ name: '', path: byteName(path) });
    if (typeof entry === 'object' && entry.kind === 'folder') return { path, entry };
  } catch (error) {
    const trouble = codeOf(error) === 'ENOENT' ? 'does not exist' : `cannot be opened (${codeOf(error)})`;
    throw new Error(`${source}: the folder ${folder} ${trouble}.`);
  }
  throw new Error(`${source}: ${folder} is not a folder.`);
}

/** What a folder of this machine is gathered with. */
export interface Walk {
  readonly ignore: readonly string[];
  readonly versions: boolean;
  readonly crew: Crew;
  readonly cache: Cache;
  readonly found: Gathering;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** Gathers a folder of this machine. */
export async function gatherHere(source: string, folder: string, given: Walk): Promise<void> {
  const { ignore, versions, crew, cache, signal } = given;
  const { path, entry } = rootOf(source, folder);
  const root = byteName(path === '/' ? '' : path);
  const settings = { root, ignore, versions, trusted: timeAt(cache.openedAt - tick) };
  const lookout = crew.join(source);
  const end = (): void => void lookout.leave();
  signal.addEventListener('abort', end);
  try {
    const still = await stillKnown(root, ignore, cache, signal);
    await walk({ ...given, lookout, settings, still }, entry);
    if (rootOf(source, folder).entry.inode === entry.inode) return;
    throw new Error(`${source}: the folder ${folder} was replaced while it was read.`);
  } finally {
    signal.removeEventListener('abort', end);
    await lookout.leave();
  }
}
