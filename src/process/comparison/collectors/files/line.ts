import { type Entry, isEarlier, letters } from './entry.js';

/**
 * What GNU find is to print of a name in a folder: what can differ of it, what it is known again by, and the name, such as
 * `f644 1000 1000 5;1767225600.0000000000 1767225600.1234567890 77/name` with a NUL behind it. No number holds a semicolon or a
 * slash, and no name a slash or a NUL.
 */
export const lineFormat = '%y%m %U %G %s;%T@ %C@ %i/%f\\0';

/** Stands where a time would be when an entry must not be believed in the next run: no line of find's is like it. */
const never = '-';

/**
 * The same line of an entry whose owner and group have these numbers. What changed at `trusted` or later is written so
 * that it is not believed again.
 */
export function lineOf(entry: Entry, owner: number, group: number, trusted?: string) {
  const isTrusted =
    trusted === undefined || (isEarlier(entry.changed, trusted) && isEarlier(entry.modified, trusted));
  const time = isTrusted ? entry.modified : never;
  const told = `${letters[entry.kind]}${entry.mode.toString(8)} ${owner} ${group} ${entry.size}`;
  return `${told};${time} ${entry.changed} ${entry.inode}/${entry.name}\0`;
}

const [semicolon, slash] = [0x3b, 0x2f];

/** Where parts of lines are, counted from the first byte. */
export interface Marks {
  /** Of each line: where what is told of it ends, where its name begins, where it ends. */
  readonly places: Uint32Array;
  /** Whether all names are read as they are (see `shownName`). */
  readonly arePlain: boolean;
}

/** How many places each line has. */
export const marksALine = 3;

export function marksOf(lines: Uint8Array, count: number): Marks {
  const places = new Uint32Array(count * marksALine);
  let [at, arePlain] = [0, true];
  for (let mark = 0; mark < places.length; mark += marksALine) {
    while (at < lines.length && lines[at] !== semicolon) at += 1;
    places[mark] = at;
    while (at < lines.length && lines[at] !== slash) at += 1;
    at += 1;
    places[mark + 1] = at;
    for (let byte = lines[at] ?? 0; byte !== 0; byte = lines[at] ?? 0) {
      if (byte < 0x20 || byte === 0x25 || byte > 0x7e) arePlain = false;
      at += 1;
    }
    places[mark + 2] = at;
    at += 1;
  }
  return { places, arePlain };
}
