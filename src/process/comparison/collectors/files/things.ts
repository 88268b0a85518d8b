import type { Blind, Thing, Value } from '../../snapshot.js';
import type { Told } from './entry.js';
import { type ByteName, inFolder, shownName, shownPath } from './names.js';
import type { Owners } from './owners.js';

/** Gathers what is found into the things of a section. */
export interface Gathering {
  readonly things: Thing[];
  readonly blind: Blind[];
  add(folder: ByteName, entry: Told): void;
}

const octals = new Map<number, string>();
/** Modes are few and files are many: each is kept in memory once. */
function octal(mode: number): string {
  const known = octals.get(mode);
  if (known !== undefined) return known;
  const text = mode.toString(8).padStart(4, '0');
  octals.set(mode, text);
  return text;
}

function propsOf(entry: Told, owners: Owners): Record<string, Value> {
  const [group, owner] = [owners.group(entry.group), owners.user(entry.owner)];
  if (entry.kind === 'symlink') return { group, owner, target: shownName(entry.target ?? '') };
  const mode = octal(entry.mode);
  if (entry.kind !== 'file') return { group, mode, owner };
  const { sha256 = '', size, version } = entry;
  if (version === undefined) return { group, mode, owner, sha256, size };
  return { group, mode, owner, sha256, size, version };
}

/** The same with owners. */
function sharing(owners: Owners): Owners {
  const remembered = (name: (id: string | number) => string) => {
    const names = new Map<string | number, string>();
    return (id: string | number): string => {
      const known = names.get(id) ?? name(id);
      names.set(id, known);
      return known;
    };
  };
  return { user: remembered(owners.user), group: remembered(owners.group) };
}

/** What a folder's entries have in common. */
interface Place {
  readonly folder: ByteName;
  readonly path: readonly string[];
  readonly parent?: NonNullable<Thing['parent']>;
}

function placeOf(folder: ByteName): Place {
  if (folder === '') return { folder, path: [] };
  const path = shownPath(folder);
  return { folder, path, parent: { kind: 'folder', name: path } };
}

/** Gives an empty gathering. A name that could not be looked at becomes a blind spot, and no thing. */
export function gathering(owners: Owners): Gathering {
  const [things, blind]: [Thing[], Blind[]] = [[], []];
  const shared = sharing(owners);
  let place = placeOf('');
  return {
    things,
    blind,
    add: (folder, entry) => {
      if (place.folder !== folder) place = placeOf(folder);
      const { parent } = place;
      // A spread would leave room for sixteen more names in each of a million lists.
      const name = place.path.concat(entry.name === '' ? '.' : shownName(entry.name));
      if (entry.trouble !== undefined) return void blind.push({ name, why: entry.trouble });
      const [kind, props] = [entry.kind, propsOf(entry, shared)];
      things.push(parent === undefined ? { kind, name, props } : { kind, name, parent, props });
    },
  };
}

/** The folder that holds this path, and the name in it. */
export function parted(path: ByteName): { folder: ByteName; name: ByteName } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

export const blindFolder = (folder: ByteName, why: string): Blind => ({
  name: shownPath(inFolder('', folder)),
  why,
});
