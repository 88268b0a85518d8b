import type { ByteName } from './names.js';

/** A file that was found. */
export interface FoundFile {
  readonly path: ByteName;
  readonly size: number;
  /** All of its content; throws when it cannot be read, with a reason in words. */
  read(): Promise<Buffer>;
}

/** A folder somewhere, as far as its small files are read. */
export interface Place {
  /** Without credentials. */
  readonly subject: string;
  /** The files whose paths `matches`; folders that `mayHold` none are not opened. */
  find(matches: (path: string) => boolean, mayHold: (path: string) => boolean): Promise<Findings>;
  close(): Promise<void>;
}

export interface Findings {
  readonly files: readonly FoundFile[];
  /** Folders and files that could not be looked at, and why. */
  readonly blind: readonly Unseen[];
}

export interface Unseen {
  readonly path: ByteName;
  readonly isFolder: boolean;
  readonly why: string;
}

/** Why a file could not be read, in words without secrets. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Followed, it could lead round in circles or out of what was meant. */
export const linkToFolder =
  'it is a link to a folder, which is not followed; name that folder as a source of its own';
