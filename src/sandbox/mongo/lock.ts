import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a data directory for this process, so that two servers never write to one journal; the result gives it back. A server
 * that was killed leaves its lock behind: it counts only while a process of its number runs and, where that can be seen, is one.
 */
export function lockDirectory(directory: string): () => void {
  const file = join(directory, 'mongod.lock');
  const owner = ownerOf(file);
  if (owner !== undefined && isServer(owner)) {
    throw new Error(
      `${directory} is in use by process ${owner}. If that is no MongoDB, remove ${file} and try again.`,
    );
  }
  writeFileSync(file, `${process.pid}\n`);
  return () => rmSync(file, { force: true });
}

function ownerOf(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function isServer(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('mongod');
  } catch {
    return true;
  }
}
