import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Records } from './records.js';

/** Keeps a workspace between runs: one file with the records and one a stored file. */
export interface Journal {
  load(): Records | undefined;
  /** Writes soon; many changes in a row are written once. */
  changed(records: Records): void;
  /** Writes now. */
  flush(records: Records): void;
  putFile(id: string, content: Buffer): void;
  getFile(id: string): Buffer | undefined;
}

/** Without a folder everything stays in memory. */
export function journalIn(folder: string | undefined): Journal {
  return folder === undefined ? memoryOnly() : onDisk(folder);
}

function memoryOnly(): Journal {
  const files = new Map<string, Buffer>();
  return {
    load: () => undefined,
    changed: () => {},
    flush: () => {},
    putFile: (id, content) => void files.set(id, content),
    getFile: (id) => files.get(id),
  };
}

function onDisk(folder: string): Journal {
  const path = join(folder, 'workspace.json');
  mkdirSync(join(folder, 'files'), { recursive: true });
  let soon: NodeJS.Timeout | undefined;
  const write = (records: Records) => {
    clearTimeout(soon);
    soon = undefined;
    // Written beside and then moved: whoever is killed in between leaves the last whole copy. Tokens are in it.
    writeFileSync(`${path}.new`, JSON.stringify(records), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  return {
    load: () => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Records) : undefined),
    changed: (records) => {
      soon ??= setTimeout(() => write(records), 50).unref();
    },
    flush: write,
    putFile: (id, content) => writeFileSync(join(folder, 'files', id), content),
    getFile: (id) =>
      existsSync(join(folder, 'files', id)) ? readFileSync(join(folder, 'files', id)) : undefined,
  };
}
