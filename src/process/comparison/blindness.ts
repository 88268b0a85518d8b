import { namesInOrder } from './canonical.js';
import { keyOf } from './names.js';
import type { Blind, Section, Thing } from './snapshot.js';

/** Whether a side could not see this thing. */
export type Covers = (thing: Thing) => boolean;

const anyKind = '';

/** Gives whether a section is blind for a thing: for it, for what it is in, or for what it belongs to. */
export function blindnessOf({ blind }: Section): Covers {
  if (blind.length === 0) return () => false;
  const spots = new Set(blind.map(({ kind, name }) => keyOf(kind ?? anyKind, name)));
  const isIn = (kind: string, name: readonly string[]): boolean => {
    for (let length = 0; length <= name.length; length += 1) {
      const part = name.slice(0, length);
      if (spots.has(keyOf(kind, part)) || spots.has(keyOf(anyKind, part))) return true;
    }
    return false;
  };
  return ({ kind, name, parent }) =>
    isIn(kind, name) || (parent !== undefined && (isIn(parent.kind, parent.name) || isIn(kind, parent.name)));
}

/** A place that one side or both could not see. */
export interface Spot {
  readonly kind: string | undefined;
  readonly name: readonly string[];
  readonly production?: string;
  readonly staging?: string;
}

/** The blind spots of both sides, one for each kind and name, with every reason that was given. */
export function blindSpots(production: Section, staging: Section): Spot[] {
  const spots = new Map<string, Spot>();
  const gather = (side: 'production' | 'staging', { kind, name, why }: Blind): void => {
    const key = keyOf(kind ?? anyKind, name);
    const spot = spots.get(key) ?? { kind, name };
    const before = spot[side];
    spots.set(key, { ...spot, [side]: before === undefined ? why : `${before}; ${why}` });
  };
  for (const blind of inOrderOfWhy(production.blind)) gather('production', blind);
  for (const blind of inOrderOfWhy(staging.blind)) gather('staging', blind);
  return [...spots.values()];
}

const inOrderOfWhy = (blind: readonly Blind[]): Blind[] =>
  blind.toSorted((one, other) => namesInOrder([one.why], [other.why]));
