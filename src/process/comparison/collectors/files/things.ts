import { inOrder } from '../../canonical.js';
import { below } from '../../names.js';
import type { Blind, Thing, Value } from '../../snapshot.js';
import type { EntryKind, Told } from './entry.js';
import { type ByteName, inFolder, shownName, shownPath } from './names.js';
import type { Owners } from './owners.js';
import type { RecordView } from './record-view.js';

const octals = new Map<number, string>();
/** Modes are few and files are many: each is kept in memory once. */
function octal(mode: number): string {
  const known = octals.get(mode);
  if (known !== undefined) return known;
  const text = mode.toString(8).padStart(4, '0');
  octals.set(mode, text);
  return text;
}

export function propsOf(entry: Told, owners: Owners): Record<string, Value> {
  const { kind, target, version, sha256 = '', size } = entry;
  const [group, owner] = [owners.group(entry.group), owners.user(entry.owner)];
  if (kind === 'symlink') return { group, owner, target: shownName(target ?? '') };
  const mode = octal(entry.mode);
  if (kind !== 'file') return { group, mode, owner };
  return version === undefined
    ? { group, mode, owner, sha256, size }
    : { group, mode, owner, sha256, size, version };
}

/** The same with owners. */
export function sharing(owners: Owners): Owners {
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
export interface Place {
  readonly folder: ByteName;
  readonly path: readonly string[];
  readonly parent: Thing['parent'];
  readonly owners: Owners;
}

export function placeOf(folder: ByteName, owners: Owners): Place {
  if (folder === '') return { folder, path: [], parent: undefined, owners };
  const path = shownPath(folder);
  return { folder, path, parent: { kind: 'folder', name: path }, owners };
}

export const nameIn = ({ path }: Place, name: ByteName): readonly string[] =>
  below(path, name === '' ? '.' : shownName(name));

/**
 * What a record tells of one entry, read from the record whenever somebody asks: the memory that a hundred thousand things of
 * their own take is most of what a look at known folders would cost.
 */
export class RecordedThing implements Thing {
  readonly #place: Place;
  readonly #record: RecordView;
  readonly #at: number;

  constructor(place: Place, record: RecordView, at: number) {
    this.#place = place;
    this.#record = record;
    this.#at = at;
  }

  get kind(): EntryKind {
    return this.#record.kind(this.#at);
  }

  get name(): readonly string[] {
    return below(this.#place.path, this.#record.shownName(this.#at));
  }

  get parent(): Thing['parent'] {
    return this.#place.parent;
  }

  get props(): Thing['props'] {
    return propsOf(this.#record.told(this.#at), this.#place.owners);
  }

  /** The thing as JSON writes it. */
  toJSON(): Thing {
    const { kind, name, parent, props } = this;
    return parent === undefined ? { kind, name, props } : { kind, name, parent, props };
  }

  /** Where it stands beside another of the same folder; undefined when that is of another folder. */
  beside(other: RecordedThing): number | undefined {
    if (this.#place !== other.#place || this.kind !== other.kind) return undefined;
    return this.#record.order(this.#at, other.#record, other.#at);
  }
}

/** By kind and name, as `inOrder`. */
export function filesInOrder(one: Thing, other: Thing): number {
  const isRecorded = one instanceof RecordedThing && other instanceof RecordedThing;
  return (isRecorded ? one.beside(other) : undefined) ?? inOrder(one, other);
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
