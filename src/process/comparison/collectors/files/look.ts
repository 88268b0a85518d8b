import { codeOf, type Entry, troubleOf } from './entry.js';
import { ignoring } from './ignored.js';
import { listed, type Name } from './listed.js';
import { type ByteName, belowRoot, inFolder, systemPath } from './names.js';
import { type Known, type Reading, readEntry, type Seen, withVersion } from './read.js';
import { type FolderRecord, inOneRecord, recordOf } from './record.js';
import { RecordView } from './record-view.js';
import { mayTellVersion } from './version.js';

/** What is the same for every folder below a root. */
export interface LookSettings {
  readonly root: ByteName;
  readonly ignore: readonly string[];
  readonly versions: boolean;
  /** What changed at this time or later (see `timeText`) may change again without leaving a trace. */
  readonly trusted: string;
}

/** A folder below the root to look at, or only some names in it. */
export interface Look {
  readonly settings: LookSettings;
  readonly folder: ByteName;
  /** All names when absent. */
  readonly names?: readonly Name[];
  /** What the last run found of these names. */
  readonly known: readonly FolderRecord[];
}

export interface Looked {
  /** What was found; absent when it is just what the one known record says. */
  readonly record?: FolderRecord;
  /** Names that are still to be looked at: a look ends early so that the work can be shared and ended. */
  readonly rest: readonly Name[];
  /** How much was read, in bytes. */
  readonly read: number;
  /** Why the folder could not be listed. */
  readonly trouble?: string;
  /** Nothing is under this name any more. */
  readonly vanished?: true;
}

const mostBytes = 32 * 2 ** 20;

/** Finds what is known of a name. */
function knowing(views: readonly RecordView[]): (name: ByteName) => Known | undefined {
  const places = new Map<ByteName, Known>();
  for (const record of views) {
    for (const [name, at] of record.places()) places.set(name, { record, at });
  }
  return (name) => places.get(name);
}

/** A look that is under way: a name at a time, so that two can be done in step. */
interface Looking {
  /** The name that is read next; undefined when all are, or as many as one look may. */
  next(): ByteName | undefined;
  readNext(): void;
  end(): Promise<Looked>;
}

/** What is under a name now; where that is just what is known, the place where it is known. */
type Sight = Entry | Known | 'gone';

/** The entries that were seen; undefined when they are all that the one known record says, in its order. */
function entriesOf(seen: readonly (Sight | undefined)[], views: readonly RecordView[]): Entry[] | undefined {
  const there = seen.filter((one) => one !== undefined && one !== 'gone');
  const [only] = views.length === 1 ? views : [];
  const isAsKnown = (one: Entry | Known, place: number): boolean => 'record' in one && one.at === place;
  if (only?.count === there.length && there.every(isAsKnown)) return undefined;
  return there.map((one) => ('record' in one ? one.record.entry(one.at) : one));
}

function looking({ folder, known, settings }: Look, names: readonly Name[]): Looking {
  const views = known.map((record) => new RecordView(record));
  const knownOf = knowing(views);
  const path = belowRoot(settings.root, folder === '' ? '' : `${folder}/`);
  const order = [...names.entries()].sort(([, { name }], [, other]) => (name < other.name ? -1 : 1));
  const seen: (Sight | undefined)[] = names.map(() => undefined);
  let [done, read] = [0, 0];
  const readingOf = ({ name, isFile }: Name): Reading => {
    return { name, isFile, path: path + name, known: knownOf(name), settled: settings.trusted };
  };
  const sightOf = (one: Seen, { known }: Reading): Sight | undefined => (one === 'same' ? known : one);
  return {
    next: () => (done < inOneRecord && read < mostBytes ? order[done]?.[1].name : undefined),
    readNext: () => {
      const next = order[done];
      if (next === undefined) return;
      const reading = readingOf(next[1]);
      const one = readEntry(reading);
      seen[next[0]] = sightOf(one, reading);
      done += 1;
      if (typeof one === 'object' && one.kind === 'file') read += one.size;
    },
    end: async () => {
      for (const [at, name] of names.entries()) {
        const one = seen[at];
        if (!settings.versions || typeof one !== 'object' || 'record' in one) continue;
        if (!mayTellVersion(name.name)) continue;
        const reading = readingOf(name);
        seen[at] = sightOf(await withVersion(reading, one), reading);
      }
      const rest = done < names.length ? names.filter((_, at) => seen[at] === undefined) : [];
      const entries = entriesOf(seen, views);
      if (entries === undefined) return { rest, read };
      return { record: recordOf(folder, entries, settings.trusted), rest, read };
    },
  };
}

const troubled = (error: unknown): Looked =>
  codeOf(error) === 'ENOENT'
    ? { rest: [], read: 0, vanished: true }
    : { rest: [], read: 0, trouble: troubleOf(error) };

async function begin(look: Look): Promise<Looking> {
  const { root, ignore } = look.settings;
  const isIgnored = await ignoring(ignore);
  try {
    const names = look.names ?? listed(systemPath(belowRoot(root, look.folder)));
    const isWanted = ({ name }: Name): boolean => !isIgnored(inFolder(look.folder, name));
    return looking(look, ignore.length === 0 || look.names !== undefined ? names : names.filter(isWanted));
  } catch (error) {
    const looked = troubled(error);
    return { next: () => undefined, readNext: () => undefined, end: async () => looked };
  }
}

/** Reads names of both in one order, so that files of the same name are read one after the other. */
function readInStep(one: Looking, other: Looking): void {
  for (;;) {
    const [name, that] = [one.next(), other.next()];
    if (name === undefined || that === undefined) return;
    (name <= that ? one : other).readNext();
  }
}

/**
 * Looks at the entries of a folder and reads the files among them: at most some hundred names or some megabytes. A second look, at
 * the same folder elsewhere, is done in step with it. Gives what was found in the order of the looks.
 */
export async function lookAt(looks: readonly Look[]): Promise<Looked[]> {
  const begun = await Promise.all(looks.map(begin));
  const [one, other] = begun;
  if (one !== undefined && other !== undefined) readInStep(one, other);
  const looked: Looked[] = [];
  for (const looking of begun) {
    while (looking.next() !== undefined) looking.readNext();
    looked.push(await looking.end().catch(troubled));
  }
  return looked;
}
