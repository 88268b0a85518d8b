import { type Entry, type EntryKind, kindOfLetter, type Told } from './entry.js';
import { type Marks, marksALine, marksOf } from './line.js';
import { type ByteName, shownName } from './names.js';
import { bufferOf, type FolderRecord, hashBytes, isEmptyRest, type Rest } from './record.js';

/** A record that can be asked. A class, because a comparison holds thousands of them and asks each for hundreds of entries. */
export class RecordView {
  readonly folder: ByteName;
  /** How many entries it has. */
  readonly count: number;
  readonly #lines: Buffer;
  readonly #hashes: Buffer;
  readonly #marks: Marks;
  readonly #rest: Rest;
  readonly #isUsual: boolean;

  constructor({ count, folder, hashes, lines, rest }: FolderRecord) {
    this.folder = folder;
    this.count = count;
    this.#lines = bufferOf(lines);
    this.#hashes = bufferOf(hashes);
    this.#marks = marksOf(lines, count);
    this.#rest = rest;
    this.#isUsual = isEmptyRest(rest);
  }

  #start(at: number): number {
    return at === 0 ? 0 : this.#mark(at - 1, 2) + 1;
  }

  /** Where the line at this place has its mark: 0 what is told, 1 the name, 2 the end. */
  #mark(at: number, mark: number): number {
    return this.#marks.places[at * marksALine + mark] ?? 0;
  }

  name(at: number): ByteName {
    return this.#lines.toString('latin1', this.#mark(at, 1), this.#mark(at, 2));
  }

  /** The same as people read it. */
  shownName(at: number): string {
    return this.#marks.arePlain ? this.name(at) : shownName(this.name(at));
  }

  /** Which of two names, as people read them, comes first: below zero when that at this place does. */
  order(at: number, other: RecordView, there: number): number {
    if (this.#marks.arePlain && other.#marks.arePlain) return this.#byteOrder(at, other, there);
    const [name, that] = [this.shownName(at), other.shownName(there)];
    if (name === that) return 0;
    return name < that ? -1 : 1;
  }

  /** In the order of bytes, which for plain names is that of code units. */
  #byteOrder(at: number, other: RecordView, there: number): number {
    let [here, that] = [this.#mark(at, 1), other.#mark(there, 1)];
    for (;;) {
      const [one = 0, two = 0] = [this.#lines[here], other.#lines[that]];
      if (one !== two) return one - two;
      if (one === 0) return 0;
      here += 1;
      that += 1;
    }
  }

  /** Whether the entry at this place has the name of that entry of another record. */
  hasSameName(at: number, other: RecordView, there: number): boolean {
    return this.#byteOrder(at, other, there) === 0;
  }

  /** The places of all entries, in the order of their names as people read them. */
  inOrder(): Uint32Array {
    const places = Uint32Array.from({ length: this.count }, (_, at) => at);
    return places.sort((one, other) => this.order(one, this, other));
  }

  /** Where each name is. */
  places(): Map<ByteName, number> {
    const found = new Map<ByteName, number>();
    for (let at = 0; at < this.count; at += 1) found.set(this.name(at), at);
    return found;
  }

  kind(at: number): EntryKind {
    return kindOfLetter(this.#lines[this.#start(at)]);
  }

  /** Why the entry at this place could not be looked at. */
  trouble(at: number): string | undefined {
    return this.#rest.trouble[at];
  }

  /** All that is told of the entry at this place. */
  told(at: number): Told {
    const [kind, trouble] = [this.kind(at), this.trouble(at)];
    const numbers = this.#lines.toString('latin1', this.#start(at) + 1, this.#mark(at, 0));
    const [mode = '', owner, group, size] = numbers.split(' ');
    const hashAt = at * hashBytes;
    const isRead = kind === 'file' && trouble === undefined;
    return {
      name: this.name(at),
      kind,
      size: Number(size),
      mode: Number.parseInt(mode, 8),
      owner: this.#holder(Number(owner)),
      group: this.#holder(Number(group)),
      sha256: isRead ? this.#hashes.toString('hex', hashAt, hashAt + hashBytes) : undefined,
      version: this.#rest.version[at],
      target: this.#rest.target[at],
      trouble,
    };
  }

  #holder(held: number): string | number {
    return held < 0 ? (this.#rest.words[-held - 1] ?? '') : held;
  }

  /** The same with what it is known again by. */
  entry(at: number): Entry {
    const stamp = this.#lines.toString('latin1', this.#mark(at, 0) + 1, this.#mark(at, 1) - 1);
    const [modified = '', changed = '', inode = ''] = stamp.split(' ');
    return { ...this.told(at), modified, changed, inode };
  }

  /** Whether the entry at this place was looked at and has just this line. */
  isStill(at: number, line: string): boolean {
    const [start, end] = [this.#start(at), this.#mark(at, 2) + 1];
    return this.trouble(at) === undefined && this.#lines.toString('latin1', start, end) === line;
  }

  /** Whether just the same is told as of that entry of another record. Seldom things are like nothing: they are told in full. */
  isLike(at: number, other: RecordView, there: number): boolean {
    if (!this.#isUsual || !other.#isUsual) return false;
    const [from, to] = [this.#start(at), other.#start(there)];
    const length = this.#mark(at, 0) - from;
    if (other.#mark(there, 0) - to !== length) return false;
    for (let byte = 0; byte < length; byte += 1) {
      if (this.#lines[from + byte] !== other.#lines[to + byte]) return false;
    }
    const [hash, that] = [at * hashBytes, there * hashBytes];
    return this.#hashes.compare(other.#hashes, that, that + hashBytes, hash, hash + hashBytes) === 0;
  }
}
