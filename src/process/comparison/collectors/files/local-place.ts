import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { codeOf, keepsChanging, sameStamp, troubleOf } from './entry.js';
import { type ByteName, belowRoot, byteName, inFolder, shownPath, systemPath } from './names.js';
import { type FoundFile, linkToFolder, type Place, Unreadable, type Unseen } from './place.js';
import { stampOf } from './read.js';

const tries = 3;

/** The whole of a file that did not change meanwhile. */
function readWhole(path: string | Buffer): Buffer {
  try {
    for (let round = 0; round < tries; round += 1) {
      const before = stampOf(statSync(path));
      const content = readFileSync(path);
      if (content.length === before.size && sameStamp(before, stampOf(statSync(path)))) return content;
    }
  } catch (error) {
    throw new Unreadable(codeOf(error) === 'ENOENT' ? 'it vanished while it was read' : troubleOf(error));
  }
  throw new Unreadable(keepsChanging);
}

const rootTrouble = (error: unknown): string =>
  codeOf(error) === 'ENOENT' ? 'it does not exist' : troubleOf(error);

/** A folder of this machine. Links to files are followed, links to folders are not. */
export function localPlace(folder: string): Place {
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
    const look = (path: ByteName): void => {
      const system = systemPath(belowRoot(root, path));
      const shown = shownPath(path).join('/');
      let isFolder = path === '';
      try {
        isFolder = path === '' ? statSync(system).isDirectory() : lstatSync(system).isDirectory();
        if (isFolder && path !== '' && !mayHold(shown)) return;
        if (isFolder) for (const name of readdirSync(system, 'latin1').sort()) look(inFolder(path, name));
        else if (matches(shown) || mayHold(shown)) found(path, system);
      } catch (error) {
        const vanished = codeOf(error) === 'ENOENT' && path !== '';
        if (!vanished)
          blind.push({ path, isFolder, why: path === '' ? rootTrouble(error) : troubleOf(error) });
        else if (matches(shown))
          blind.push({ path, isFolder, why: 'it vanished, or is a link that leads nowhere' });
      }
    };
    look('');
    return { files, blind };
  };
  return { subject: `folder ${folder}`, find, close: async () => undefined };
}
