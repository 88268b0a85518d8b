import type { Entry, EntryKind, Told } from './entry.js';
import { type ByteName, isPlainName, shownName } from './names.js';

/**
 * Entries of one folder in one block of bytes. So they come from a worker, are kept for the next run and are held against
 * what is there now without becoming objects: with fifty thousand files that is most of what a second run would do.
 *
 * Six 32-bit numbers (see `Header`), eight 64-bit numbers an entry, 32 bytes of hash an entry, the folder, the names
 * between slashes, and the rest as JSON; padded to eight bytes.
 */
export type FolderRecord = Uint8Array<ArrayBufferLike>;

interface Rest {
  /** What is told of few entries: by the entry's place. */
  readonly version: Record<number, string>;
  readonly target: Record<number, string>;
  readonly trouble: Record<number, string>;
  /** Owners and groups that are told by name; the columns hold -1 for the first, -2 for the second, … */
  readonly words: readonly string[];
}

const kinds: readonly EntryKind[] = ['file', 'folder', 'symlink', 'fifo', 'socket', 'device'];
const columns = 8;
/** Kind, size, mode, owner and group: what is told of an entry. */
const toldColumns = [0, 1, 5, 6, 7] as const;
const headerBytes = 24;
const hashBytes = 32;
/** Stands where a time would be when an entry must not be believed in the next run. */
const never = -1;

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** Gathers what few entries have. */
function restOf(entries: readonly Entry[], words: readonly string[]): string {
  const rest: Rest = { version: {}, target: {}, trouble: {}, words };
  for (const [at, { version, target, trouble }] of entries.entries()) {
    if (version !== undefined) rest.version[at] = version;
    if (target !== undefined) rest.target[at] = target;
    if (trouble !== undefined) rest.trouble[at] = trouble;
  }
  return JSON.stringify(rest);
}

/** Turns owners that are told by name into numbers below zero. */
function numbering(words: string[]): (held: string | number) => number {
  return (held) => {
    if (typeof held === 'number') return held;
    const place = words.indexOf(held);
    return place < 0 ? -words.push(held) : -place - 1;
  };
}

function numbersOf(entries: readonly Entry[], trusted: number, words: string[]): Float64Array {
  const numbers = new Float64Array(entries.length * columns);
  const number = numbering(words);
  let at = 0;
  for (const entry of entries) {
    const { modified, changed } = entry;
    numbers[at] = kinds.indexOf(entry.kind);
    numbers[at + 1] = entry.size;
    numbers[at + 2] = changed < trusted && modified < trusted ? modified : never;
    numbers[at + 3] = changed;
    numbers[at + 4] = entry.inode;
    numbers[at + 5] = entry.mode;
    numbers[at + 6] = number(entry.owner);
    numbers[at + 7] = number(entry.group);
    at += columns;
  }
  return numbers;
}

/** Writes entries in the order of their names. What changed at `trusted` or later will not be believed again. */
export function packRecord(folder: ByteName, entries: readonly Entry[], trusted: number): FolderRecord {
  const words: string[] = [];
  const numbers = numbersOf(entries, trusted, words);
  const names = entries.map(({ name }) => name).join('/');
  const rest = restOf(entries, words);
  const restBytes = Buffer.byteLength(rest);
  const hashesAt = headerBytes + numbers.byteLength;
  const textAt = hashesAt + entries.length * hashBytes;
  const length = padded(textAt + folder.length + names.length + restBytes);
  const record = Buffer.from(new ArrayBuffer(length));
  new Uint32Array(record.buffer, 0, 5).set([length, entries.length, folder.length, names.length, restBytes]);
  record.set(new Uint8Array(numbers.buffer), headerBytes);
  for (const [at, { sha256 }] of entries.entries()) {
    if (sha256 !== undefined) record.write(sha256, hashesAt + at * hashBytes, 'hex');
  }
  record.write(folder + names, textAt, 'latin1');
  record.write(rest, textAt + folder.length + names.length);
  return record;
}

/** A record that can be asked. */
export interface RecordView {
  readonly folder: ByteName;
  /** How many entries it has. */
  readonly count: number;
  name(at: number): ByteName;
  /** The same as people read it. */
  shownName(at: number): string;
  /** Where each name is. */
  places(): Map<ByteName, number>;
  /** Whether the entry at this place is a `kind` with these numbers (see `Entry`), as far as is known without reading it. */
  isStill(at: number, kind: EntryKind, stats: NumbersOfFile): boolean;
  kind(at: number): EntryKind;
  /** Why the entry at this place could not be looked at. */
  trouble(at: number): string | undefined;
  /** All that is told of the entry at this place. */
  told(at: number): Told;
  /** Whether just the same is told as of that entry of another record. Seldom things are like nothing: they are told in full. */
  isLike(at: number, other: RecordView, there: number): boolean;
  /** Eight of each entry. */
  readonly numbers: Float64Array;
  /** 32 bytes of each entry. */
  readonly hashes: Buffer;
  /** Whether nothing is told of the entry beside its numbers and its hash. */
  isUsual(at: number): boolean;
  entry(at: number): Entry;
}

/** What the system tells of a file, by its own names. */
export interface NumbersOfFile {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Where a record is in a memory that threads share. */
export interface Span {
  readonly at: number;
  readonly length: number;
}

export function recordAt(memory: SharedArrayBuffer, { at, length }: Span): FolderRecord {
  return new Uint8Array(memory, at, length);
}

/** How long the record at this place is. */
export function recordLength(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at);
}

/** The folder of the record, and the first name in it. */
export function recordHead(record: FolderRecord): { folder: ByteName; first: ByteName } {
  const { folder, text } = textOf(record);
  const slash = text.indexOf('/');
  return { folder, first: slash < 0 ? text : text.slice(0, slash) };
}

interface Header {
  readonly count: number;
  readonly hashesAt: number;
  readonly folder: ByteName;
  /** The names. */
  readonly text: string;
  readonly rest: string;
}

function textOf(record: FolderRecord): Header {
  const { buffer, byteOffset, byteLength } = record;
  const [, count = 0, folderBytes = 0, nameBytes = 0, restBytes = 0] = new Uint32Array(buffer, byteOffset, 5);
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const hashesAt = headerBytes + count * columns * 8;
  const folderAt = hashesAt + count * hashBytes;
  const namesAt = folderAt + folderBytes;
  const restAt = namesAt + nameBytes;
  return {
    count,
    hashesAt,
    folder: bytes.toString('latin1', folderAt, namesAt),
    text: bytes.toString('latin1', namesAt, restAt),
    rest: bytes.toString('utf8', restAt, restAt + restBytes),
  };
}

/** Where each name ends in a text of names between slashes. */
function endsIn(text: string, count: number): Uint32Array {
  const ends = new Uint32Array(count);
  let end = -1;
  for (let at = 0; at < count; at += 1) {
    end = text.indexOf('/', end + 1);
    if (end < 0) end = text.length;
    ends[at] = end;
  }
  return ends;
}

/** Opens what `packRecord` wrote. */
export function viewRecord(record: FolderRecord): RecordView {
  const { buffer, byteOffset, byteLength } = record;
  const { count, hashesAt, folder, text, rest } = textOf(record);
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const numbers = new Float64Array(buffer, byteOffset + headerBytes, count * columns);
  const ends = endsIn(text, count);
  // Not all at once: a hundred thousand names that outlive the look would cost more than what is done with them.
  const name = (at: number): ByteName => text.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, ends[at]);
  const few = JSON.parse(rest) as Rest;
  const holder = (held = 0): string | number => (held < 0 ? (few.words[-held - 1] ?? '') : held);
  const number = (at: number, column: number): number => numbers[at * columns + column] ?? 0;
  const kindAt = (at: number): EntryKind => kinds[number(at, 0)] ?? 'device';
  const troubleAt = (at: number): string | undefined => few.trouble[at];
  const told = (at: number): Told => {
    const [kind, trouble] = [kindAt(at), troubleAt(at)];
    const hashAt = hashesAt + at * hashBytes;
    const isRead = kind === 'file' && trouble === undefined;
    return {
      name: name(at),
      kind,
      size: number(at, 1),
      mode: number(at, 5),
      owner: holder(number(at, 6)),
      group: holder(number(at, 7)),
      sha256: isRead ? bytes.toString('hex', hashAt, hashAt + hashBytes) : undefined,
      version: few.version[at],
      target: few.target[at],
      trouble,
    };
  };
  const hashes = bytes.subarray(hashesAt, hashesAt + count * hashBytes);
  const isUsual = (at: number): boolean =>
    number(at, 6) >= 0 &&
    number(at, 7) >= 0 &&
    few.version[at] === undefined &&
    few.target[at] === undefined &&
    few.trouble[at] === undefined;
  const isLike = (at: number, other: RecordView, there: number): boolean => {
    for (const column of toldColumns) {
      if (numbers[at * columns + column] !== other.numbers[there * columns + column]) return false;
    }
    const [from, to] = [at * hashBytes, there * hashBytes];
    const isSameContent = hashes.compare(other.hashes, to, to + hashBytes, from, from + hashBytes) === 0;
    return isSameContent && isUsual(at) && other.isUsual(there);
  };
  const entry = (at: number): Entry => {
    const stamp = { modified: number(at, 2), changed: number(at, 3), inode: number(at, 4) };
    return { ...told(at), ...stamp };
  };
  const isStill = (at: number, kind: EntryKind, stats: NumbersOfFile): boolean => {
    const from = at * columns;
    return (
      numbers[from + 2] === stats.mtimeMs &&
      numbers[from + 3] === stats.ctimeMs &&
      numbers[from + 1] === stats.size &&
      numbers[from + 4] === stats.ino &&
      numbers[from + 5] === (stats.mode & 0o7777) &&
      numbers[from + 6] === stats.uid &&
      numbers[from + 7] === stats.gid &&
      kinds[numbers[from] ?? 0] === kind &&
      few.trouble[at] === undefined
    );
  };
  const isPlain = isPlainName(text);
  const shown = (at: number): string => (isPlain ? name(at) : shownName(name(at)));
  const places = (): Map<ByteName, number> => {
    const found = new Map<ByteName, number>();
    for (let at = 0; at < count; at += 1) found.set(name(at), at);
    return found;
  };
  return {
    folder,
    count,
    name,
    shownName: shown,
    places,
    isStill,
    kind: kindAt,
    trouble: troubleAt,
    told,
    isLike,
    numbers,
    hashes,
    isUsual,
    entry,
  };
}
