import { Refusal } from '../../kernel/refusal.js';
import { unlikeThings } from './at-once.js';
import type { Covers } from './blindness.js';
import { inOrder } from './canonical.js';
import type { Change, Props } from './differences.js';
import { keyOf } from './names.js';
import type { Section, Thing, Value } from './snapshot.js';

/** Things by their keys. */
export type Things = Map<string, Thing>;

/** The same thing on both sides, and what differs of it. */
export interface Pair {
  readonly production: Thing;
  readonly staging: Thing;
  readonly changed: readonly Change[];
}

/** What two sections have in common with differences, and what only one of them has. */
export interface Paired {
  readonly changed: readonly Pair[];
  readonly removed: Things;
  readonly added: Things;
}

/** Who is blind on each side. */
export interface Blindness {
  readonly production: Covers;
  readonly staging: Covers;
}

/** Pairs two sections' things by kind and name, in one pass over both; nothing is said of what a blind side lacks. */
export function pairUp(production: Section, staging: Section, blind: Blindness): Paired {
  const [here, there] = unlikeThings(production, staging);
  return pair(production.source, here, there, blind);
}

function pair(
  source: string,
  production: readonly Thing[],
  staging: readonly Thing[],
  blind: Blindness,
): Paired {
  const [removed, added]: [Things, Things] = [new Map(), new Map()];
  const changed: Pair[] = [];
  const [here, there] = [reader(source, production), reader(source, staging)];
  for (;;) {
    if (!here.isInOrder() || !there.isInOrder())
      return pair(source, production.toSorted(inOrder), staging.toSorted(inOrder), blind);
    const [from, to] = [here.thing(), there.thing()];
    if (from === undefined && to === undefined) return { changed, removed, added };
    const order = from === undefined ? 1 : to === undefined ? -1 : inOrder(here, there);
    if (from !== undefined && to !== undefined && order === 0) {
      const changes = changesOf(from, to, blind);
      if (changes.length > 0) changed.push({ production: from, staging: to, changed: changes });
    } else if (from !== undefined && order < 0) {
      if (!blind.staging(from)) removed.set(keyOf(here.kind, here.name), from);
    } else if (to !== undefined && !blind.production(to)) added.set(keyOf(there.kind, there.name), to);
    if (order <= 0) here.next();
    if (order >= 0) there.next();
  }
}

/** Reads things one after the other. Kind and name of each are asked for once: some make them when they are asked. */
function reader(source: string, things: readonly Thing[]) {
  let [at, isInOrder] = [0, true];
  const reading = {
    kind: things[0]?.kind ?? '',
    name: things[0]?.name ?? [],
    thing: (): Thing | undefined => things[at],
    /** Whether all so far came in their order: collectors sort them already. */
    isInOrder: (): boolean => isInOrder,
    next(): void {
      at += 1;
      const thing = things[at];
      if (thing === undefined) return;
      const { kind, name } = thing;
      const order = inOrder(reading, { kind, name });
      if (order === 0) throw twice(source, thing);
      if (order > 0) isInOrder = false;
      reading.kind = kind;
      reading.name = name;
    },
  };
  return reading;
}

function twice(source: string, { kind, name }: Thing): Refusal {
  const sentence = `${source} holds the ${kind} ${name.join('.')} twice, so it cannot be compared. Take the snapshot again with the newest Slipway.`;
  return new Refusal('unreadable', sentence);
}

/** Whether two values are the same; a secret is the same when its hash is. */
export function isSame(one: Value | undefined, other: Value | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  return one.secret === other.secret;
}

type Same = (from: Value | undefined, to: Value | undefined) => boolean;

/** The properties that differ, in code unit order; those that one side has and the other lacks among them. */
export function propChanges(from: Props, to: Props, same: Same = isSame): Change[] {
  const changes: Change[] = [];
  for (const prop in from) {
    if (!same(from[prop], own(to, prop))) changes.push([prop, from[prop], own(to, prop)]);
  }
  for (const prop in to) {
    if (!Object.hasOwn(from, prop)) changes.push([prop, undefined, to[prop]]);
  }
  return changes.length > 1 ? changes.sort(([one], [other]) => (one < other ? -1 : 1)) : changes;
}

const own = (props: Props, prop: string): Value | undefined =>
  Object.hasOwn(props, prop) ? props[prop] : undefined;

function changesOf(production: Thing, staging: Thing, blind: Blindness): Change[] {
  const changes = propChanges(production.props, staging.props);
  if (!isSamePlace(production.parent, staging.parent))
    changes.push(['belongs to', placeText(production.parent), placeText(staging.parent)]);
  if (changes.length === 0) return [];
  const [here, there] = [blind.production(production), blind.staging(staging)];
  // A property that a blind side does not tell is not known there, and no difference.
  return here || there
    ? changes.filter(([, from, to]) => !(here && from === undefined) && !(there && to === undefined))
    : changes;
}

function isSamePlace(one: Thing['parent'], other: Thing['parent']): boolean {
  return one === undefined || other === undefined ? one === other : inOrder(one, other) === 0;
}

const placeText = (place: Thing['parent']): string | undefined =>
  place === undefined ? undefined : `${place.kind} ${place.name.join('.')}`;
