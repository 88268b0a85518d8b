import { inOrder } from './canonical.js';
import { keyOf } from './names.js';
import type { Things } from './pairing.js';
import type { Thing } from './snapshot.js';

/** Something that came or went, with all that came or went along with it, in order. */
export interface Rolled {
  readonly thing: Thing;
  readonly along: readonly Thing[];
}

/** Gathers things under the outermost of what they belong to, as far as that came or went as well. */
export function rollUp(things: Things): Rolled[] {
  const tops = new Map<string, string>();
  const top = (key: string, thing: Thing): string => {
    const known = tops.get(key);
    if (known !== undefined) return known;
    // Its own top until another is found, so that things which belong to each other end here.
    tops.set(key, key);
    const { parent } = thing;
    if (parent === undefined) return key;
    const above = keyOf(parent.kind, parent.name);
    const holder = things.get(above);
    const found = holder === undefined ? key : top(above, holder);
    tops.set(key, found);
    return found;
  };
  const rolled = new Map<string, { thing: Thing; along: Thing[] }>();
  for (const [key, thing] of things) if (top(key, thing) === key) rolled.set(key, { thing, along: [] });
  for (const [key, thing] of things) {
    const above = tops.get(key);
    if (above !== undefined && above !== key) rolled.get(above)?.along.push(thing);
  }
  for (const { along } of rolled.values()) along.sort(inOrder);
  return [...rolled.values()];
}
