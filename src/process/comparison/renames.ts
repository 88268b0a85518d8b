import { type Children, likenesses } from './likeness.js';
import { keyOf, ownName, relocated, withWord } from './names.js';
import { isSame, type Pair, propChanges, type Things } from './pairing.js';
import type { Thing, Value } from './snapshot.js';

/** A thing under another name, and what went along with it. */
export interface Renamed extends Pair {
  /** What has another name only because of what it belongs to. */
  readonly along: readonly Pair[];
}

export interface Renames {
  readonly renamed: readonly Renamed[];
  /** What belongs to something renamed and differs besides. */
  readonly changed: readonly Pair[];
}

/**
 * Takes out of what was removed and added whatever is unmistakably the same under another name: when exactly one thing on
 * each side is alike.
 */
export function takeRenames(removed: Things, added: Things): Renames {
  if (removed.size === 0 || added.size === 0) return { renamed: [], changed: [] };
  const taken: Taken = { removed, added, now: new Map(), changed: [] };
  const [gone, come] = [childrenIn(removed), childrenIn(added)];
  const renamed: Renamed[] = [];
  for (const likeness of likenesses) {
    const before = alone(removed, (thing) => likeness(thing, gone, parentNow(thing, taken)));
    const after = alone(added, (thing) => likeness(thing, come, parentKey(thing)));
    for (const [like, production] of before) {
      const staging = after.get(like);
      // It may have gone along with something else meanwhile.
      if (production === undefined || staging === undefined || !isOpen(production, staging, taken)) continue;
      const pair = take(production, staging, taken);
      renamed.push({ ...pair, along: follow(production, staging, gone, taken) });
    }
  }
  return { renamed, changed: taken.changed };
}

interface Taken {
  readonly removed: Things;
  readonly added: Things;
  /** What things of production are in staging, by their keys in production. */
  readonly now: Map<string, Thing>;
  readonly changed: Pair[];
}

const keyOfThing = ({ kind, name }: Thing): string => keyOf(kind, name);
const parentKey = ({ parent }: Thing): string =>
  parent === undefined ? '' : keyOf(parent.kind, parent.name);

function parentNow(thing: Thing, { now }: Taken): string {
  const key = parentKey(thing);
  const renamed = now.get(key);
  return renamed === undefined ? key : keyOfThing(renamed);
}

const isOpen = (production: Thing, staging: Thing, { removed, added }: Taken): boolean =>
  removed.has(keyOfThing(production)) && added.has(keyOfThing(staging));

function childrenIn(things: Things): Children {
  const children = new Map<string, Thing[]>();
  for (const thing of things.values()) {
    if (thing.parent === undefined) continue;
    const known = children.get(parentKey(thing));
    if (known === undefined) children.set(parentKey(thing), [thing]);
    else known.push(thing);
  }
  return children;
}

/** The only thing that is like that; undefined where several are. */
function alone(
  things: Things,
  likeness: (thing: Thing) => string | undefined,
): Map<string, Thing | undefined> {
  const only = new Map<string, Thing | undefined>();
  for (const thing of things.values()) {
    const like = likeness(thing);
    if (like !== undefined) only.set(like, only.has(like) ? undefined : thing);
  }
  return only;
}

function take(production: Thing, staging: Thing, { removed, added, now }: Taken): Pair {
  const key = keyOfThing(production);
  removed.delete(key);
  added.delete(keyOfThing(staging));
  now.set(key, staging);
  return pairOf(production, staging, now);
}

/** Pairs what belongs to something renamed; gives what is otherwise the same. */
function follow(production: Thing, staging: Thing, gone: Children, taken: Taken): Pair[] {
  return (gone.get(keyOfThing(production)) ?? []).flatMap((child) => {
    const name = relocated(child, production, staging);
    const same = name === undefined ? undefined : taken.added.get(keyOf(child.kind, name));
    if (same === undefined || !isOpen(child, same, taken)) return [];
    const pair = take(child, same, taken);
    if (pair.changed.length > 0) taken.changed.push(pair);
    const further = follow(child, same, gone, taken);
    return pair.changed.length > 0 ? further : [pair, ...further];
  });
}

/** What differs of two things but for the names that their definitions call them, and what they belong to, by. */
function pairOf(production: Thing, staging: Thing, now: ReadonlyMap<string, Thing>): Pair {
  const { parent } = production;
  const above = parent === undefined ? undefined : now.get(keyOf(parent.kind, parent.name));
  const renamed = (text: string): string => {
    const told = withWord(text, ownName(production), ownName(staging));
    if (parent === undefined || above === undefined) return told;
    return withWord(told, ownName(parent), ownName(above));
  };
  const same = (from: Value | undefined, to: Value | undefined): boolean =>
    isSame(from, to) || (typeof from === 'string' && typeof to === 'string' && renamed(from) === to);
  return { production, staging, changed: propChanges(production.props, staging.props, same) };
}
