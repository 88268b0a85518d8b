import { type BigIntStats, lstatSync, readlinkSync } from 'node:fs';
import {
  codeOf,
  type Entry,
  type EntryKind,
  isEarlier,
  keepsChanging,
  kindOf,
  type Stamp,
  sameStamp,
  timeAt,
  timeText,
  troubleOf,
} from './entry.js';
import { type FileCalls, fileCalls, readContent } from './hash.js';
import { lineOf } from './line.js';
import { type ByteName, systemPath } from './names.js';
import type { RecordView } from './record-view.js';
import { versionOfFile } from './version.js';

const tries = 3;
const epoch = timeAt(0);

export function stampOf(stats: BigIntStats): Stamp {
  return {
    size: Number(stats.size),
    modified: timeText(stats.mtimeNs),
    changed: timeText(stats.ctimeNs),
    inode: String(stats.ino),
  };
}

/** Without spreads, which are slow where there is one for every file. */
function describe(name: ByteName, kind: EntryKind, stats: BigIntStats, sha256?: string) {
  const { size, modified, changed, inode } = stampOf(stats);
  return {
    name,
    kind,
    size,
    modified,
    changed,
    inode,
    mode: Number(stats.mode) & 0o7777,
    owner: Number(stats.uid),
    group: Number(stats.gid),
    sha256,
  } satisfies Entry;
}

/** What an earlier run found under a name: the place of it in a record. */
export interface Known {
  readonly record: RecordView;
  readonly at: number;
}

/** What reading needs to know beside the path. */
export interface Reading {
  readonly name: ByteName;
  readonly path: ByteName;
  readonly known?: Known | undefined;
  /** The folder says that it is a file: it can be opened without asking first. */
  readonly isFile?: boolean;
  /** A file that last changed before this time (see `timeText`) has not changed since reading began. */
  readonly settled?: string;
  readonly calls?: FileCalls;
}

/** An entry as it is now, `same` when it is just as known, `gone` when nothing has this name. */
export type Seen = Entry | 'same' | 'gone';

/**
 * Reads a file first and asks afterwards: half of the questions for most files. Undefined when it has to be looked at more
 * closely.
 */
function readSettled({ name, path, calls = fileCalls }: Reading, settled: string): Entry | undefined {
  const { sha256, length, after } = readContent(systemPath(path), calls);
  const entry = describe(name, 'file', after, sha256);
  const isWhole = after.isFile() && length === entry.size && isEarlier(entry.changed, settled);
  return isWhole ? entry : undefined;
}

function seeOnce({ name, path, known, calls = fileCalls }: Reading): Seen | undefined {
  const given = systemPath(path);
  const stats = calls.lstatSync(given);
  const kind = kindOf(Number(stats.mode));
  const entry = describe(name, kind, stats);
  if (known?.record.isStill(known.at, lineOf(entry, entry.owner, entry.group))) return 'same';
  try {
    if (kind === 'symlink') return { ...entry, target: readlinkSync(given, 'latin1') };
    if (kind !== 'file') return entry;
    const { sha256, length, after } = readContent(given, calls);
    const isWhole = length === entry.size && sameStamp(entry, stampOf(after));
    return isWhole ? { ...entry, sha256 } : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw error;
    return { ...entry, trouble: troubleOf(error) };
  }
}

function atFirstGlance(reading: Reading): Entry | undefined {
  const { isFile, known, settled = epoch } = reading;
  // Without a time that the file system goes by, nothing is known to be settled: it would be read for nothing.
  if (!isFile || known !== undefined || settled <= epoch) return undefined;
  try {
    return readSettled(reading, settled);
  } catch (error) {
    troubleOf(error); // what the system says against it is said again when looking more closely
    return undefined;
  }
}

function inTrouble(name: ByteName, trouble: string): Entry {
  const nothing = { size: 0, modified: '', changed: '', inode: '', mode: 0, owner: 0, group: 0 };
  return { name, kind: 'file', ...nothing, trouble };
}

/** What is under this name now. Pipes, sockets and devices are told of and never opened. */
export function readEntry(reading: Reading): Seen {
  const glimpsed = atFirstGlance(reading);
  if (glimpsed !== undefined) return glimpsed;
  try {
    for (let round = 0; round < tries; round += 1) {
      const seen = seeOnce(reading);
      if (seen !== undefined) return seen;
    }
    return inTrouble(reading.name, keepsChanging);
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'gone' : inTrouble(reading.name, troubleOf(error));
  }
}

/** What was seen, and of a library or program also the version that it says of itself. */
export async function withVersion(reading: Reading, first: Seen): Promise<Seen> {
  const { name, path } = reading;
  const given = systemPath(path);
  let seen = first;
  for (let round = 1; ; round += 1) {
    if (seen === 'same' || seen === 'gone' || seen.sha256 === undefined || seen.version !== undefined)
      return seen;
    const version = await versionOfFile(name, given);
    const after = lstatSync(given, { bigint: true, throwIfNoEntry: false });
    if (after !== undefined && sameStamp(seen, stampOf(after)))
      return version === undefined ? seen : { ...seen, version };
    if (round === tries) return inTrouble(name, keepsChanging);
    seen = readEntry(reading);
  }
}
