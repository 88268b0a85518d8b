import { createHash } from 'node:crypto';
import type { FileEntryWithStats } from 'ssh2';
import { couldNotLook } from '../databases/credentials.js';
import type { Cache } from '../files/cache.js';
import { type Entry, keepsChanging, sameStamp, timeAt } from '../files/entry.js';
import type { Gathering } from '../files/gathering.js';
import { type ByteName, inFolder } from '../files/names.js';
import { recordOf } from '../files/record.js';
import { RecordView } from '../files/record-view.js';
import { blindFolder, parted } from '../files/things.js';
import { mayTellVersion, versionIn } from '../files/version.js';
import type { Tally } from '../files/walk.js';
import type { Connection } from './connection.js';
import { type FarSide, type FarTree, isText } from './far-side.js';
import { entryOf, farPath, farTime, farTrouble, holdersIn, isGone, isLost, lostName } from './find.js';

/** What a far folder is gathered with. */
export interface FarWalk {
  readonly connection: Connection;
  readonly folder: string;
  readonly isIgnored: (path: ByteName) => boolean;
  readonly versions: boolean;
  readonly cache: Cache;
  readonly found: Gathering;
  readonly tally: Tally;
}

const tries = 3;
const tick = 2_000;

/** Whether the path or a folder above it is left out. */
function ignoredBy(isIgnored: (path: ByteName) => boolean): (path: ByteName) => boolean {
  const folders = new Map<ByteName, boolean>([['', false]]);
  const isOut = (path: ByteName): boolean => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const out = isOut(parted(path).folder) || isIgnored(path);
    folders.set(path, out);
    return out;
  };
  return (path) => path !== '' && (isOut(parted(path).folder) || isIgnored(path));
}

/** What earlier runs know of a file that is still the same. */
function remembering(cache: Cache): (path: ByteName, entry: Entry) => Entry | undefined {
  const folders = new Map<ByteName, ReadonlyMap<ByteName, Entry>>();
  const entriesIn = (folder: ByteName): ReadonlyMap<ByteName, Entry> => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const views = cache.known(folder).map((record) => new RecordView(record));
    const entries = new Map(
      views.flatMap((view) => [...view.places()].map(([name, at]) => [name, view.entry(at)] as const)),
    );
    folders.set(folder, entries);
    return entries;
  };
  return (path, entry) => {
    const { folder, name } = parted(path);
    const before = entriesIn(folder).get(name);
    return before?.sha256 !== undefined && sameStamp(before, entry) ? before : undefined;
  };
}

/** With the version that a library says of itself; undefined when it changed meanwhile. */
async function versioned(walk: FarWalk, path: ByteName, entry: Entry): Promise<Entry | undefined> {
  const { connection, folder, versions } = walk;
  if (!versions || !mayTellVersion(entry.name) || !isText(path)) return entry;
  const there = farPath(folder, path);
  const file = await connection.open(there);
  const version = await versionIn(entry.name, { size: entry.size, read: file.read }).finally(file.close);
  const { size, mtime } = await connection.lstat(there);
  if (size !== entry.size || mtime !== Math.floor(Number(entry.modified))) return undefined;
  return version === undefined ? entry : { ...entry, version };
}

/** The same of what was hashed there; only the versions of what may not be opened over SFTP are not told. */
async function versionedThere(walk: FarWalk, path: ByteName, entry: Entry): Promise<Entry | undefined> {
  try {
    return await versioned(walk, path, entry);
  } catch (error) {
    walk.connection.check();
    return isGone(error) ? undefined : entry;
  }
}

/** The files of a tree with their hashes, made there; what changes meanwhile is hashed again. */
async function hashed(walk: FarWalk, far: FarSide, first: FarTree): Promise<Map<ByteName, Entry>> {
  const isOut = ignoredBy(walk.isIgnored);
  const known = remembering(walk.cache);
  const done = new Map<ByteName, Entry>();
  let open = new Map([...first.entries].filter(([path]) => !isOut(path)));
  for (const [path, entry] of open) {
    const before = entry.kind === 'file' ? known(path, entry) : entry;
    if (before === undefined) continue;
    done.set(path, entry.kind === 'file' ? { ...before, ...entry } : entry);
    open.delete(path);
  }
  for (let round = 0; round < tries && open.size > 0; round += 1) {
    const hashes = await far.hash([...open.keys()]);
    const { entries } = await far.walk();
    const changed = new Map<ByteName, Entry>();
    for (const [path, before] of open) {
      const after = entries.get(path);
      if (after === undefined) continue;
      const sha256 = hashes.get(path);
      if (!sameStamp(before, after) || after.kind !== 'file') changed.set(path, after);
      else if (sha256 === undefined) done.set(path, { ...after, trouble: 'permission denied' });
      else {
        const entry = await versionedThere(walk, path, { ...after, sha256 });
        if (entry === undefined) changed.set(path, after);
        else done.set(path, entry);
      }
      walk.tally.read += after.size;
    }
    open = changed;
  }
  for (const [path, entry] of open) done.set(path, { ...entry, trouble: keepsChanging });
  return done;
}

/** Gathers a folder whose server lists and hashes by itself. */
export async function gatherThere(walk: FarWalk, far: FarSide): Promise<void> {
  const { cache, found, tally } = walk;
  const tree = await far.walk();
  const entries = await hashed(walk, far, tree);
  const folders = new Map<ByteName, Entry[]>();
  for (const [path, entry] of entries) {
    const { folder } = parted(path);
    found.add(folder, entry);
    if (entry.kind !== 'folder') tally.files += 1;
    const there = folders.get(folder) ?? [];
    folders.set(folder, there);
    if (path !== '') there.push(entry);
  }
  for (const path of tree.closed)
    if (entries.has(path)) found.blind.push(blindFolder(path, 'permission denied'));
  for (const [folder, there] of folders) {
    const inOrder = there.sort((one, other) => (one.name < other.name ? -1 : 1));
    cache.remember(recordOf(folder, inOrder, timeAt(tree.at - tick)));
  }
}

/** A file's hash, from fetching it; undefined when it changed meanwhile. */
async function fetched(walk: FarWalk, path: ByteName, entry: Entry): Promise<Entry | undefined> {
  const { connection, folder, tally } = walk;
  const there = farPath(folder, path);
  const hashing = createHash('sha256');
  let length = 0;
  for await (const part of connection.content(there)) {
    hashing.update(part);
    length += part.length;
    tally.read += part.length;
  }
  const after = await connection.lstat(there);
  if (length !== after.size || entry.size !== after.size || entry.modified !== farTime(after.mtime))
    return undefined;
  return versioned(walk, path, { ...entry, sha256: hashing.digest('hex') });
}

async function seen(walk: FarWalk, path: ByteName, given: Entry): Promise<Entry | undefined> {
  const { connection, folder } = walk;
  let entry = given;
  try {
    if (entry.kind === 'symlink') {
      const target = await connection.linkTarget(farPath(folder, path));
      return { ...entry, target: Buffer.from(target, 'utf8').toString('latin1') };
    }
    if (entry.kind !== 'file') return entry;
    for (let round = 0; round < tries; round += 1) {
      const read = await fetched(walk, path, entry);
      if (read !== undefined) return read;
      const { size, mtime, mode } = await connection.lstat(farPath(folder, path));
      entry = { ...entry, size, modified: farTime(mtime), mode: mode & 0o7777 };
    }
    return { ...entry, trouble: keepsChanging };
  } catch (error) {
    connection.check();
    return isGone(error) ? undefined : { ...entry, trouble: farTrouble(error) };
  }
}

const atOnce = 8;

/** Gathers a folder of a server that allows nothing but SFTP: every file is fetched, every time. */
export async function gatherFetched(walk: FarWalk, source: string): Promise<void> {
  const { connection, folder, found, tally, isIgnored } = walk;
  const gather = async (path: ByteName, name: string, entry: Entry): Promise<void> => {
    if (isLost(name)) return void found.add(parted(path).folder, { ...entry, trouble: lostName });
    const read = await seen(walk, path, entry);
    if (read !== undefined) found.add(parted(path).folder, read);
    tally.files += 1;
  };
  const look = async (path: ByteName, told: readonly FileEntryWithStats[]): Promise<void> => {
    const inside = told.map((one) => ({ name: one.filename, entry: entryOf(one) }));
    const kept = inside.filter(({ entry }) => !isIgnored(inFolder(path, entry.name)));
    const files = kept.filter(({ name, entry }) => entry.kind !== 'folder' || isLost(name));
    for (let at = 0; at < files.length; at += atOnce) {
      const batch = files.slice(at, at + atOnce);
      await Promise.all(batch.map(({ name, entry }) => gather(inFolder(path, entry.name), name, entry)));
    }
    for (const { name, entry } of kept) {
      if (entry.kind !== 'folder' || isLost(name)) continue;
      const inner = inFolder(path, entry.name);
      try {
        await look(inner, await connection.list(farPath(folder, inner)));
      } catch (error) {
        connection.check();
        if (isGone(error)) continue;
        found.blind.push(blindFolder(inner, farTrouble(error)));
      }
      found.add(path, entry);
    }
  };
  const there = farPath(folder, '');
  try {
    const stats = await connection.stat(there);
    const told = await connection.list(there);
    const numbers = {
      size: stats.size,
      ...{ modified: '', changed: '', inode: '' },
      mode: stats.mode & 0o7777,
    };
    found.add('', { name: '', kind: 'folder', ...numbers, ...holdersIn(told, stats) });
    await look('', told);
  } catch (error) {
    connection.check();
    throw couldNotLook(source, `the folder ${folder} cannot be opened there: ${farTrouble(error)}.`);
  }
}
