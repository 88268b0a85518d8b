import { constants } from 'node:fs';
import type { ByteName } from './names.js';

export type EntryKind = 'file' | 'folder' | 'symlink' | 'fifo' | 'socket' | 'device';

/**
 * What tells that a file is still what it was. Times as GNU find writes them: seconds since 1970 with ten digits behind the point.
 * What is not told is empty.
 */
export interface Stamp {
  readonly size: number;
  readonly modified: string;
  /** When content or attributes last changed, as the system saw it: cannot be set by hand. */
  readonly changed: string;
  readonly inode: string;
}

/** What is told of one name in a folder. */
export interface Told {
  readonly name: ByteName;
  readonly kind: EntryKind;
  readonly size: number;
  /** Permission bits, with set-user-id, set-group-id and sticky. */
  readonly mode: number;
  /** A name where the system told one, else a number. */
  readonly owner: string | number;
  readonly group: string | number;
  /** SHA-256 of a file's content, in hexadecimal. */
  readonly sha256?: string | undefined;
  /** Of a library or program: the version that it says of itself. */
  readonly version?: string | undefined;
  /** What a symbolic link points to. */
  readonly target?: string | undefined;
  /** Why it could not be looked at. */
  readonly trouble?: string | undefined;
}

/** The same with what it is known again by. */
export interface Entry extends Told, Stamp {}

const kinds = new Map<number, EntryKind>([
  [constants.S_IFREG, 'file'],
  [constants.S_IFDIR, 'folder'],
  [constants.S_IFLNK, 'symlink'],
  [constants.S_IFIFO, 'fifo'],
  [constants.S_IFSOCK, 'socket'],
]);

/** The kind of thing that a `st_mode` tells of. */
export function kindOf(mode: number): EntryKind {
  return kinds.get(mode & constants.S_IFMT) ?? 'device';
}

/** The letters that GNU find has for kinds; devices have two. */
export const letters: Readonly<Record<EntryKind, string>> = {
  file: 'f',
  folder: 'd',
  symlink: 'l',
  fifo: 'p',
  socket: 's',
  device: 'c',
};
const kindsByLetter = new Map(
  Object.entries(letters).map(([kind, letter]) => [letter.charCodeAt(0), kind as EntryKind]),
);

/** The kind of thing that a letter's code stands for. */
export function kindOfLetter(code: number | undefined): EntryKind {
  return kindsByLetter.get(code ?? 0) ?? 'device';
}

/** A time in nanoseconds since 1970 as GNU find writes it; before 1970 it counts up from the second before, as find does. */
export function timeText(nanoseconds: bigint): string {
  const digits = String(nanoseconds);
  if (digits.length > 9 && nanoseconds > 0n) return `${digits.slice(0, -9)}.${digits.slice(-9)}0`;
  const fraction = ((nanoseconds % aSecond) + aSecond) % aSecond;
  return `${(nanoseconds - fraction) / aSecond}.${String(fraction).padStart(9, '0')}0`;
}
const aSecond = 1_000_000_000n;

/** The same of a time in milliseconds since 1970. */
export const timeAt = (milliseconds: number): string =>
  timeText(BigInt(Math.floor(milliseconds * 1_000_000)));

/** Whether a time is before another. As texts where that tells it: reading numbers of so many digits is slow. */
export const isEarlier = (one: string, other: string): boolean =>
  one.length === other.length && other >= '0' ? one < other : Number(one) < Number(other);

export function sameStamp(one: Stamp, other: Stamp): boolean {
  return (
    one.size === other.size &&
    one.modified === other.modified &&
    one.changed === other.changed &&
    one.inode === other.inode
  );
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EIO: 'the disk reported an error',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'it was replaced by a link while it was read',
  ESTALE: 'the network folder has lost it',
};

/** The system's code of an error, and an empty text for errors that are none of the system's. */
export function codeOf(error: unknown): string {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error;
  return isCoded && typeof error.code === 'string' ? error.code : '';
}

/** The system's reason in words; errors that are none of the system's are thrown on. */
export function troubleOf(error: unknown): string {
  const code = codeOf(error);
  if (code === '') throw error;
  return words[code] ?? `it cannot be read (${code})`;
}

export const keepsChanging = 'it kept changing while it was read';
