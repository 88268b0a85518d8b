import { opendirSync, readdirSync } from 'node:fs';
import { codeOf, type Entry, troubleOf } from './entry.js';
import { ignoring } from './ignored.js';
import { type ByteName, belowRoot, inFolder, systemPath } from './names.js';
import { type Known, readEntry, readVersioned } from './read.js';
import { type FolderRecord, inOneRecord, recordOf } from './record.js';
import { RecordView } from './record-view.js';
import { mayTellVersion } from './version.js';

/** What is the same for every folder that is looked at. */
export interface LookSettings {
  readonly root: ByteName;
  readonly ignore: readonly string[];
  readonly versions: boolean;
  /** What changed at this time or later, in milliseconds since 1970, may change again without leaving a trace. */
  readonly trusted: number;
}

/** A name in a folder, and whether the folder says that it is a file's. */
export interface Name {
  readonly name: ByteName;
  readonly isFile: boolean;
}

/** A folder below the root to look at, or only some names in it. */
export interface Look {
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

/** What is found, one name after the other; entries are made only once something is new. */
function findings(views: readonly RecordView[]) {
  const [only] = views.length === 1 ? views : [];
  const entries: Entry[] = [];
  let [kept, news] = [0, only === undefined];
  return {
    /** The next name is just what the record says of it. */
    same({ record, at }: Known): void {
      if (!news && record === only && at === kept) kept += 1;
      else this.other(record.entry(at));
    },
    other(entry: Entry): void {
      if (!news) for (let at = 0; at < kept; at += 1) if (only !== undefined) entries.push(only.entry(at));
      news = true;
      entries.push(entry);
    },
    /** Undefined when it is all that the record says, and no more. */
    entries(): readonly Entry[] | undefined {
      if (news) return entries;
      return only?.count === kept
        ? undefined
        : only && Array.from({ length: kept }, (_, at) => only.entry(at));
    },
  };
}

async function readNames(look: Look, names: readonly Name[], settings: LookSettings): Promise<Looked> {
  const views = look.known.map((record) => new RecordView(record));
  const [knownOf, found] = [knowing(views), findings(views)];
  const folder = belowRoot(settings.root, look.folder === '' ? '' : `${look.folder}/`);
  let [at, read] = [0, 0];
  for (const { name, isFile } of names) {
    if (at >= inOneRecord || read >= mostBytes) break;
    at += 1;
    const known = knownOf(name);
    const reading = { name, path: folder + name, known, isFile, settled: settings.trusted };
    const asked = settings.versions && mayTellVersion(name);
    const seen = asked ? await readVersioned(reading) : readEntry(reading);
    if (seen === 'gone') continue;
    if (seen === 'same') {
      if (known !== undefined) found.same(known);
      continue;
    }
    found.other(seen);
    if (seen.kind === 'file') read += seen.size;
  }
  const entries = found.entries();
  const rest = names.slice(at);
  if (entries === undefined) return { rest, read };
  return { record: recordOf(look.folder, entries, settings.trusted), rest, read };
}

/** In the folder's own order. */
function withKinds(path: string | Buffer): Name[] {
  const names: Name[] = [];
  const folder = opendirSync(path, { encoding: 'latin1', bufferSize: inOneRecord });
  try {
    for (let one = folder.readSync(); one !== null; one = folder.readSync())
      names.push({ name: one.name, isFile: one.isFile() });
  } finally {
    folder.closeSync();
  }
  return names;
}

/**
 * The names in a folder, with kinds that save a question for each: in its own order, as find tells them, or in code unit order where
 * they are more than one record tells, so that it is known which records tell of which names.
 */
function listed(path: string | Buffer): Name[] {
  try {
    const names = withKinds(path);
    if (names.length <= inOneRecord) return names;
    return names.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    // Where the file system does not tell kinds, Node.js asks for each name, and fails at names that are no text.
    return readdirSync(path, 'latin1').map((name) => ({ name, isFile: false }));
  }
}

/**
 * Gives what looks at a folder's entries and reads the files among them: at most some hundred names or some megabytes in
 * one look.
 */
export async function looker(settings: LookSettings): Promise<(look: Look) => Promise<Looked>> {
  const isIgnored = await ignoring(settings.ignore);
  const wanted = ({ folder }: Look): readonly Name[] => {
    const names = listed(systemPath(belowRoot(settings.root, folder)));
    return settings.ignore.length === 0
      ? names
      : names.filter(({ name }) => !isIgnored(inFolder(folder, name)));
  };
  return async (look) => {
    try {
      return await readNames(look, look.names ?? wanted(look), settings);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return { rest: [], read: 0, vanished: true };
      return { rest: [], read: 0, trouble: troubleOf(error) };
    }
  };
}
