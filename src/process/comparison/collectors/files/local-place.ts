import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { codeOf, keepsChanging, sameStamp, troubleOf } from './entry.js';
import { type ByteName, belowRoot, byteName, inFolder, shownPath, systemPath } from './names.js';
import { type FoundFile, linkToFolder, type Place, Unreadable, type Unseen } from './place.js';
import { stampOf } from './read.js';

const tries = 3;

/** Undefined when it changed meanwhile. */
function readOnce(path: string | Buffer): Buffer | undefined {
  // Never waiting for a pipe that has taken a file's place.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const before = fstatSync(file, { bigint: true });
    if (!before.isFile()) return undefined;
    const content = readFileSync(file);
    const [stamp, after] = [stampOf(before), stampOf(statSync(path, { bigint: true }))];
    return content.length === stamp.size && sameStamp(stamp, after) ? content : undefined;
  } finally {
    closeSync(file);
  }
}

/** The whole of a file that did not change meanwhile. */
function readWhole(path: string | Buffer): Buffer {
  try {
    for (let round = 0; round < tries; round += 1) {
      const content = readOnce(path);
      if (content !== undefined) return content;
    }
  } catch (error) {
    throw new Unreadable(codeOf(error) === 'ENOENT' ? 'it vanished while it was read' : troubleOf(error));
  }
  throw new Unreadable(keepsChanging);
}

const rootTrouble = (error: unknown): string =>
  codeOf(error) === 'ENOENT' ? 'it does not exist' : troubleOf(error);

/** A folder of this machine. Links to files are followed, links to folders are not. */
export function localPlace(folder: string, signal: AbortSignal): Place {
  const root = byteName(folder).replace(/\/+$/u, '');
  const find: Place['find'] = async (matches, mayHold) => {
    const files: FoundFile[] = [];
    const blind: Unseen[] = [];
    const found = (path: ByteName, system: string | Buffer): void => {
      const stats = statSync(system);
      const isChosen = matches(shownPath(path).join('/'));
      if (stats.isDirectory()) blind.push({ path, isFolder: false, why: linkToFolder });
      else if (isChosen && !stats.isFile()) blind.push({ path, isFolder: false, why: 'it is not a file' });
      else if (isChosen) files.push({ path, size: stats.size, read: async () => readWhole(system) });
    };
    const look = async (path: ByteName): Promise<void> => {
      const system = systemPath(belowRoot(root, path));
      const shown = shownPath(path).join('/');
      let isFolder = path === '';
      try {
        isFolder = path === '' ? statSync(system).isDirectory() : lstatSync(system).isDirectory();
        if (!isFolder) {
          if (matches(shown) || mayHold(shown)) found(path, system);
        } else if (path === '' || mayHold(shown)) {
          await setImmediate(); // others get their turn before each folder
          signal.throwIfAborted();
          for (const name of readdirSync(system, 'latin1').sort()) await look(inFolder(path, name));
        }
      } catch (error) {
        signal.throwIfAborted();
        const vanished = codeOf(error) === 'ENOENT' && path !== '';
        if (!vanished)
          blind.push({ path, isFolder, why: path === '' ? rootTrouble(error) : troubleOf(error) });
        else if (matches(shown))
          blind.push({ path, isFolder, why: 'it vanished, or is a link that leads nowhere' });
      }
    };
    await look('');
    return { files, blind };
  };
  return { subject: `folder ${folder}`, find, close: async () => undefined };
}
