import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { type Binary, readPart } from './binary.js';
import type { ByteName } from './names.js';
import { windowsVersion } from './windows-version.js';

const binary = /\.(?:dll|exe|ocx|sys)$/iu;
const archive = /\.(?:jar|war|ear)$/iu;
const longest = 200;

/** Whether a file of this name may say of itself which version it is. */
export function mayTellVersion(name: ByteName): boolean {
  return binary.test(name) || archive.test(name);
}

/**
 * The version that a library of this name says of itself; undefined when it says none, or is only named like a library: its
 * content is compared all the same. Of any file only some kilobytes are read.
 */
export async function versionIn(name: ByteName, file: Binary): Promise<string | undefined> {
  try {
    if (binary.test(name)) return (await windowsVersion(file))?.slice(0, longest);
    const { archiveVersion } = await import('./archive-version.js');
    return (await archiveVersion(file))?.slice(0, longest);
  } catch {
    return undefined;
  }
}

/** The same of a file on this machine. */
export async function versionOfFile(name: ByteName, path: string | Buffer): Promise<string | undefined> {
  // Never through a link, and never waiting for a pipe that has taken a file's place.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  let file: number;
  try {
    file = openSync(path, flags);
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(file);
    return await versionIn(name, { size, read: (at, length) => readPart(file, at, length) });
  } finally {
    closeSync(file);
  }
}
