import { setImmediate } from 'node:timers/promises';
import type { Cache } from './cache.js';
import type { Crew } from './crew.js';
import type { Told } from './entry.js';
import type { Gathering } from './gathering.js';
import type { Look, Looked } from './look.js';
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
  readonly crew: Crew;
  readonly cache: Cache;
  /** Folders that are just as they are remembered: nobody need look at them. */
  readonly still: ReadonlyMap<ByteName, FolderRecord>;
  readonly found: Gathering;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** A look that is still to be done; the folder's own entry when it is the first look into it. */
interface Errand extends Omit<Look, 'known'> {
  readonly itself?: Told;
}

const mostErrands = 8;
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

/**
 * Looks at everything below the root, several folders at once. Links are told of and not followed, so that a loop of links
 * has an end.
 */
export async function walk(given: Walk, root: Told): Promise<void> {
  const { crew, cache, still, signal } = given;
  const [errands, skipped]: [Errand[], Errand[]] = [[], []];
  const underWay = new Set<Promise<void>>();
  const queue = (next: readonly Errand[]): void => {
    for (const errand of next) {
      const isStill = errand.names === undefined && still.has(errand.folder);
      (isStill ? skipped : errands).push(errand);
    }
  };
  const skip = (errand: Errand): Errand[] => {
    const record = still.get(errand.folder);
    if (record !== undefined) cache.confirm(record);
    return takeIn(given, errand, { rest: [], read: 0 }, record);
  };
  const begin = async (batch: readonly Errand[]): Promise<void> => {
    const known = batch.map(({ folder, names }) =>
      cache.known(folder, names?.[0]?.name, names?.at(-1)?.name),
    );
    const looks = batch.map(({ folder, names }, index): Look => {
      const look = { folder, known: known[index] ?? [] };
      return names === undefined ? look : { ...look, names };
    });
    const answers = await crew.look(looks, errands.length);
    for (const [index, errand] of batch.entries()) {
      const looked = answers[index];
      if (looked !== undefined)
        queue(takeIn(given, errand, looked, foundIn(looked, known[index]?.[0], cache)));
    }
  };
  queue([{ folder: '' satisfies ByteName, itself: root }]);
  while (errands.length + skipped.length + underWay.size > 0) {
    signal.throwIfAborted();
    for (const errand of skipped.splice(-skippedAtOnce)) queue(skip(errand));
    while (errands.length > 0 && underWay.size < crew.size) {
      // A fair share, so that one thread does not carry what several could.
      const share = Math.min(mostErrands, Math.ceil(errands.length / crew.size));
      const running: Promise<void> = begin(errands.splice(-share)).finally(() => underWay.delete(running));
      underWay.add(running);
    }
    if (skipped.length > 0) await setImmediate();
    else if (underWay.size > 0) await Promise.race(underWay);
  }
}
