import type { FileEntryWithStats, Stats } from 'ssh2';
import { type Entry, keepsChanging, kindOf, timeText } from '../files/entry.js';
import { type ByteName, byteName, inFolder, shownPath } from '../files/names.js';
import { type Findings, type FoundFile, linkToFolder, Unreadable, type Unseen } from '../files/place.js';
import type { Connection } from './connection.js';

/** The name as text, for the far side. */
export const textOfPath = (path: ByteName): string => Buffer.from(path, 'latin1').toString('utf8');

export function farPath(folder: string, path: ByteName): string {
  return path === '' ? folder : `${folder.replace(/\/+$/u, '')}/${textOfPath(path)}`;
}

/** The far side's answer in words. */
export function farTrouble(error: unknown): string {
  const status = statusOf(error);
  if (status === 3) return 'permission denied';
  if (status === 2) return 'it does not exist';
  return 'the server cannot read it';
}

/** The status that an SFTP server answers with. */
function statusOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

export const isGone = (error: unknown): boolean => statusOf(error) === 2;

/** Where the server's listing tells owner and group by name, each a word, before the size. */
const longName = /^\S{10,11}\s+\d+\s+(\S+)\s+(\S+)\s+(\d+)\s/u;

function holdersOf({ longname, attrs }: FileEntryWithStats): Pick<Entry, 'owner' | 'group'> {
  const [, owner, group, size] = longName.exec(longname) ?? [];
  // Where the third word is not the size, a name has spaces, and nobody can tell where it ends.
  const isClear = owner !== undefined && group !== undefined && Number(size) === attrs.size;
  return isClear ? { owner, group } : { owner: attrs.uid, group: attrs.gid };
}

/** The same for a folder itself, which no listing tells of: by the names that its content has. */
export function holdersIn(inside: readonly FileEntryWithStats[], { uid, gid }: Stats) {
  const owner = inside.find(({ attrs }) => attrs.uid === uid);
  const group = inside.find(({ attrs }) => attrs.gid === gid);
  return {
    owner: owner === undefined ? uid : holdersOf(owner).owner,
    group: group === undefined ? gid : holdersOf(group).group,
  };
}

/** A time that SFTP tells, in seconds since 1970. */
export const farTime = (seconds: number): string => timeText(BigInt(seconds) * 1_000_000_000n);

/** An entry as SFTP tells it: times in whole seconds, and nothing that tells of a change that hides itself. */
export function entryOf(told: FileEntryWithStats): Entry {
  const { filename, attrs } = told;
  return {
    name: byteName(filename),
    kind: kindOf(attrs.mode),
    size: attrs.size,
    ...{ modified: farTime(attrs.mtime), changed: '', inode: '' },
    mode: attrs.mode & 0o7777,
    ...holdersOf(told),
  };
}

/** What stands in for bytes that are not UTF-8: such a name cannot be asked for. */
export const isLost = (name: string): boolean => name.includes('\uFFFD');
export const lostName = 'its name is not UTF-8, and the server cannot be asked for it over SFTP alone';

export async function contentOf(connection: Connection, path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of connection.content(path)) parts.push(part);
  return Buffer.concat(parts);
}

const tries = 3;

/** The whole of a file that has the size and time it had before. */
async function readWhole(connection: Connection, path: string): Promise<Buffer> {
  try {
    for (let round = 0; round < tries; round += 1) {
      const before = await connection.stat(path);
      const content = await contentOf(connection, path);
      const after = await connection.stat(path);
      if (content.length === after.size && before.size === after.size && before.mtime === after.mtime)
        return content;
    }
  } catch (error) {
    connection.check();
    throw new Unreadable(isGone(error) ? 'it vanished while it was read' : farTrouble(error));
  }
  throw new Unreadable(keepsChanging);
}

/** Finds files below a folder of the far side; links to files are followed, links to folders are not. */
export async function findOver(
  connection: Connection,
  folder: string,
  matches: (path: string) => boolean,
  mayHold: (path: string) => boolean,
): Promise<Findings> {
  const files: FoundFile[] = [];
  const blind: Unseen[] = [];
  const found = async (path: ByteName, entry: Entry): Promise<void> => {
    const there = farPath(folder, path);
    const stats = await connection.stat(there);
    const isChosen = matches(shownPath(path).join('/'));
    const isLink = entry.kind === 'symlink';
    if (isLink && stats.isDirectory()) blind.push({ path, isFolder: false, why: linkToFolder });
    else if (isChosen && !stats.isFile()) blind.push({ path, isFolder: false, why: 'it is not a file' });
    else if (isChosen) files.push({ path, size: stats.size, read: () => readWhole(connection, there) });
  };
  const look = async (path: ByteName): Promise<void> => {
    for (const told of await connection.list(farPath(folder, path))) {
      const entry = entryOf(told);
      const inner = inFolder(path, entry.name);
      const shown = shownPath(inner).join('/');
      const isFolder = entry.kind === 'folder';
      const isWanted = isFolder || entry.kind === 'symlink' ? mayHold(shown) : false;
      if (!isWanted && (isFolder || !matches(shown))) continue;
      try {
        if (isLost(told.filename)) blind.push({ path: inner, isFolder, why: lostName });
        else if (isFolder) await look(inner);
        else await found(inner, entry);
      } catch (error) {
        connection.check();
        if (isFolder ? !isGone(error) : matches(shown))
          blind.push({ path: inner, isFolder, why: farTrouble(error) });
      }
    }
  };
  try {
    await look('');
  } catch (error) {
    connection.check();
    blind.push({ path: '', isFolder: true, why: farTrouble(error) });
  }
  return { files, blind };
}
