import type { Cache } from './cache.js';
import type { Crew } from './crew.js';
import type { Told } from './entry.js';
import type { Look, Looked } from './look.js';
import { type ByteName, inFolder } from './names.js';
import { type FolderRecord, recordAt, type Span, viewRecord } from './record.js';
import { blindFolder, type Gathering, parted } from './things.js';

/** How far a walk has come. */
export interface Tally {
  files: number;
  /** Bytes of content that were read, rather than known from an earlier run. */
  read: number;
}

interface Walk {
  readonly crew: Crew;
  readonly cache: Cache;
  readonly found: Gathering;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

/** A look that is still to be done; the folder's own entry when it is the first look into it. */
interface Errand extends Omit<Look, 'known'> {
  readonly itself?: Told;
}

const namesAtOnce = 512;
const mostErrands = 8;

/** What was found, or what was known when that is just the same; remembered for the next run. */
function recordOf(looked: Looked, known: Span | undefined, cache: Cache): FolderRecord | undefined {
  if (looked.vanished || looked.trouble !== undefined) return undefined;
  if (looked.record !== undefined) cache.remember(looked.record);
  else if (known !== undefined) cache.confirm(known);
  return looked.record ?? (known && recordAt(cache.memory, known));
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
  const view = viewRecord(record);
  const errands: Errand[] = [];
  for (const at of view.names.keys()) {
    const entry = view.told(at);
    if (entry.kind === 'folder' && entry.trouble === undefined) {
      errands.push({ folder: inFolder(folder, entry.name), itself: entry });
    } else {
      found.add(folder, entry);
      tally.files += 1;
    }
  }
  tally.read += looked.read;
  for (let at = 0; at < looked.rest.length; at += namesAtOnce) {
    errands.push({ folder, names: looked.rest.slice(at, at + namesAtOnce) });
  }
  return errands;
}

/**
 * Looks at everything below the root, several folders at once. Links are told of and not followed, so that a loop of links
 * has an end.
 */
export async function walk(given: Walk, root: Told): Promise<void> {
  const { crew, cache, signal } = given;
  const errands: Errand[] = [{ folder: '' satisfies ByteName, itself: root }];
  const underWay = new Set<Promise<void>>();
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
      if (looked === undefined) continue;
      const record = recordOf(looked, known[index]?.[0], cache);
      for (const next of takeIn(given, errand, looked, record)) errands.push(next);
    }
  };
  while (errands.length > 0 || underWay.size > 0) {
    signal.throwIfAborted();
    while (errands.length > 0 && underWay.size < crew.size) {
      // A fair share, so that one thread does not carry what several could.
      const share = Math.min(mostErrands, Math.ceil(errands.length / crew.size));
      const running: Promise<void> = begin(errands.splice(-share)).finally(() => underWay.delete(running));
      underWay.add(running);
    }
    await Promise.race(underWay);
  }
}
