import { setImmediate } from 'node:timers/promises';
import type { Cache } from './cache.js';
import type { Lookout } from './crew.js';
import type { Told } from './entry.js';
import type { Gathering } from './gathering.js';
import type { Name } from './listed.js';
import type { Looked, LookSettings } from './look.js';
import { type ByteName, inFolder } from './names.js';
import { type FolderRecord, inOneRecord } from './record.js';
import { RecordView } from './record-view.js';
import { blindFolder, parted } from './things.js';

/** How far a walk has come. */
export interface Tally {
  files: number;
  /** Bytes of content that were read, rather than known from an earlier run. */
  read: number;
}

interface Walk {
  readonly lookout: Lookout;
  readonly settings: LookSettings;
  readonly cache: Cache;
  /** Folders that are just as they are remembered: nobody need look at them. */
  readonly still: ReadonlyMap<ByteName, FolderRecord>;
  readonly found: Gathering;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** A folder that is still to be looked at, with its own entry; or only some names in it. */
interface Errand {
  readonly folder: ByteName;
  readonly itself?: Told;
  readonly names?: readonly Name[];
}

/** Everybody else in this thread gets a turn after so many. */
const skippedAtOnce = 32;

/** What was found, or what was known when that is just the same; remembered for the next run. */
function foundIn(looked: Looked, known: FolderRecord | undefined, cache: Cache): FolderRecord | undefined {
  if (looked.vanished || looked.trouble !== undefined) return undefined;
  const { record } = looked;
  if (record !== undefined) cache.remember(record);
  else if (known !== undefined) cache.confirm(known);
  return record ?? known;
}

/** Takes in what a look found; gives the errands that follow from it. */
function takeIn(
  { found, tally }: Walk,
  errand: Errand,
  looked: Looked,
  record: FolderRecord | undefined,
): Errand[] {
  const { folder, itself } = errand;
  if (looked.vanished) return [];
  if (itself !== undefined) found.add(parted(folder).folder, itself);
  if (looked.trouble !== undefined) found.blind.push(blindFolder(folder, looked.trouble));
  if (record === undefined) return [];
  const view = new RecordView(record);
  const folders = found.addRecord(view);
  tally.files += view.count - folders.length;
  const errands = folders.map((at): Errand => {
    const itself = view.told(at);
    return { folder: inFolder(folder, itself.name), itself };
  });
  tally.read += looked.read;
  for (let at = 0; at < looked.rest.length; at += inOneRecord) {
    errands.push({ folder, names: looked.rest.slice(at, at + inOneRecord) });
  }
  return errands;
}

/** Takes in the folders that are as they are remembered; gives what is to be looked at. */
async function skipStill(given: Walk, errands: readonly Errand[]): Promise<readonly Errand[]> {
  const { cache, still, signal } = given;
  const [open, rest] = [[...errands], [] as Errand[]];
  let skipped = 0;
  for (let errand = open.pop(); errand !== undefined; errand = open.pop()) {
    const record = errand.names === undefined ? still.get(errand.folder) : undefined;
    if (record === undefined) {
      rest.push(errand);
      continue;
    }
    cache.confirm(record);
    open.push(...takeIn(given, errand, { rest: [], read: 0 }, record));
    skipped += 1;
    if (skipped % skippedAtOnce === 0) await setImmediate();
    signal.throwIfAborted();
  }
  return rest;
}

async function lookInto(given: Walk, errand: Errand): Promise<void> {
  const { lookout, cache, settings } = given;
  const { folder, names } = errand;
  let known: readonly FolderRecord[] = [];
  const looked = await lookout.look(folder, () => {
    known = cache.known(folder, names?.[0]?.name, names?.at(-1)?.name);
    return names === undefined ? { settings, folder, known } : { settings, folder, known, names };
  });
  const next = takeIn(given, errand, looked, foundIn(looked, known[0], cache));
  if (next.length > 0) await visit(given, next);
}

async function visit(given: Walk, errands: readonly Errand[]): Promise<void> {
  given.signal.throwIfAborted();
  const unknown = await skipStill(given, errands);
  await Promise.all(unknown.map((errand) => lookInto(given, errand)));
}

/**
 * Looks at everything below the root, several folders at once. Links are told of and not followed, so that a loop of links
 * has an end.
 */
export async function walk(given: Walk, root: Told): Promise<void> {
  await visit(given, [{ folder: '' satisfies ByteName, itself: root }]);
}
