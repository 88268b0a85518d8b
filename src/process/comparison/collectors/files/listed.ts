import { opendirSync, readdirSync } from 'node:fs';
import type { ByteName } from './names.js';
import { inOneRecord } from './record.js';

/** A name in a folder, and whether the folder says that it is a file's. */
export interface Name {
  readonly name: ByteName;
  readonly isFile: boolean;
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
export function listed(path: string | Buffer): Name[] {
  try {
    const names = withKinds(path);
    if (names.length <= inOneRecord) return names;
    return names.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    // Where the file system does not tell kinds, Node.js asks for each name, and fails at names that are no text.
    return readdirSync(path, 'latin1').map((name) => ({ name, isFile: false }));
  }
}
