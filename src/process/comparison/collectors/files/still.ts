import { spawn } from 'node:child_process';
import type { Cache, Remembered } from './cache.js';
import type { EntryKind } from './entry.js';
import { ignoring } from './ignored.js';
import { type ByteName, belowRoot, inFolder } from './names.js';
import { type NumbersOfFile, type RecordView, recordAt, viewRecord } from './record.js';

const letters: readonly [string, EntryKind][] = [
  ['f', 'file'],
  ['d', 'folder'],
  ['l', 'symlink'],
  ['p', 'fifo'],
  ['s', 'socket'],
];
const kinds = new Map(letters.map(([letter, kind]) => [letter.charCodeAt(0), kind]));

/** What GNU find prints of a folder and of each name in it: the depth, the kind, the numbers, the name. */
const line = '%d%y %s %T@ %C@ %i %m %U %G %f\\0';

/** One folder after the other is held against what is remembered of it; only one record tells of each. */
function judge(
  remembered: readonly Remembered[],
  memory: SharedArrayBuffer,
  isIgnored: (path: ByteName) => boolean,
) {
  const still = new Map<ByteName, RecordView>();
  let next = 0;
  let folder: ByteName | undefined;
  let record: RecordView | undefined;
  let places = new Map<ByteName, number>();
  let [seen, isSame] = [0, false];
  const close = (): void => {
    if (folder === undefined || record === undefined) return;
    if (isSame && seen === places.size) still.set(folder, record);
  };
  return {
    open(kind: EntryKind): void {
      close();
      const known = remembered[next++];
      folder = known?.folder;
      record = known === undefined ? undefined : viewRecord(recordAt(memory, known.span));
      places = record?.places() ?? new Map();
      seen = 0;
      isSame = kind === 'folder';
    },
    entry(name: ByteName, kind: EntryKind, numbers: NumbersOfFile): void {
      if (!isSame || isIgnored(inFolder(folder ?? '', name))) return;
      seen += 1;
      const at = places.get(name);
      isSame = at !== undefined && record?.isStill(at, kind, numbers) === true;
    },
    /** The folders that are still what they were, by their records; none when not every folder was seen. */
    end(): ReadonlyMap<ByteName, RecordView> {
      close();
      return next === remembered.length ? still : new Map();
    },
  };
}

type Judge = ReturnType<typeof judge>;

const [zero, minus] = [0x30, 0x2d];

/** Reads what find printed, one number after the other: a hundred thousand lines, so that little is made on the way. */
class Reader {
  readonly #into: Judge;
  readonly #numbers = { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0, mode: 0, uid: 0, gid: 0 };
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #rest: Buffer = Buffer.alloc(0);

  constructor(into: Judge) {
    this.#into = into;
  }

  /** Takes in all lines that have their end by now. */
  take(part: Buffer): void {
    let from = 0;
    if (this.#rest.length > 0) {
      from = part.indexOf(0) + 1;
      const line = Buffer.concat([this.#rest, from === 0 ? part : part.subarray(0, from)]);
      if (from === 0) {
        this.#rest = line;
        return;
      }
      this.#lines(line, 0);
    }
    this.#rest = part.subarray(this.#lines(part, from));
  }

  /** Gives where the last whole line ends. */
  #lines(bytes: Buffer, start: number): number {
    this.#bytes = bytes;
    let from = start;
    for (;;) {
      const to = bytes.indexOf(0, from);
      if (to < 0) return from;
      this.#line(from, to);
      from = to + 1;
    }
  }

  #line(from: number, to: number): void {
    const bytes = this.#bytes;
    const kind = kinds.get(bytes[from + 1] ?? 0) ?? 'device';
    if (bytes[from] === zero) {
      this.#into.open(kind);
      return;
    }
    this.#at = from + 3;
    const numbers = this.#numbers;
    numbers.size = this.#whole(10);
    numbers.mtimeMs = this.#time();
    numbers.ctimeMs = this.#time();
    numbers.ino = this.#whole(10);
    numbers.mode = this.#whole(8);
    numbers.uid = this.#whole(10);
    numbers.gid = this.#whole(10);
    this.#into.entry(bytes.toString('latin1', this.#at, to), kind, numbers);
  }

  /** A number, and what stands behind it. */
  #whole(base: number): number {
    const bytes = this.#bytes;
    let [at, value] = [this.#at, 0];
    for (;;) {
      const digit = (bytes[at] ?? 0) - zero;
      at += 1;
      if (digit < 0 || digit > 9) break;
      value = value * base + digit;
    }
    this.#at = at;
    return value;
  }

  /**
   * Seconds with ten digits behind the point, in milliseconds: put together as Node.js does, so that they are the same. Nothing is
   * known of what is from before 1970.
   */
  #time(): number {
    const isBefore1970 = this.#bytes[this.#at] === minus;
    if (isBefore1970) this.#at += 1;
    const seconds = this.#whole(10);
    const nanoseconds = Math.floor(this.#whole(10) / 10);
    return isBefore1970 ? Number.NaN : seconds * 1_000 + nanoseconds / 1_000_000;
  }
}

/**
 * The folders below the root of which every name is still just what the last run found, by their records. GNU find is asked, where
 * there is one: it asks the system for all of them in the time that a few threads of Node.js take to start. Whatever it stumbles
 * over gives none, and then each folder is looked at as on the first run.
 */
export async function stillKnown(
  root: ByteName,
  ignore: readonly string[],
  cache: Cache,
  signal: AbortSignal,
): Promise<ReadonlyMap<ByteName, RecordView>> {
  const remembered = cache.remembered();
  if (process.platform !== 'linux' || remembered.length === 0) return new Map();
  const isIgnored = await ignoring(ignore);
  const paths = remembered.map(({ folder }) => `${folder === '' ? `${root}/` : belowRoot(root, folder)}\0`);
  const find = spawn('find', ['-files0-from', '-', '-maxdepth', '1', '-printf', line], {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
  });
  const ended = new Promise<boolean>((done) => {
    find.on('error', () => done(false));
    find.on('close', (code) => done(code === 0));
  });
  find.stdin.on('error', () => undefined); // it may end before it has read all of them
  find.stdin.end(Buffer.from(paths.join(''), 'latin1'));
  try {
    const judging = judge(remembered, cache.memory, isIgnored);
    const reader = new Reader(judging);
    for await (const part of find.stdout) reader.take(part);
    const isWhole = await ended;
    signal.throwIfAborted();
    return isWhole ? judging.end() : new Map();
  } finally {
    find.kill();
  }
}
