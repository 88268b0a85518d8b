import { Refusal } from '../../kernel/refusal.js';
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
  const [before, after] = [inTheirOrder(production), inTheirOrder(staging)];
  const [removed, added]: [Things, Things] = [new Map(), new Map()];
  const changed: Pair[] = [];
  let [here, there] = [0, 0];
  while (here < before.length || there < after.length) {
    const [from, to] = [before[here], after[there]];
    const order = orderOf(from, to);
    if (order <= 0) here += 1;
    if (order >= 0) there += 1;
    if (order < 0 && from !== undefined && !blind.staging(from))
      removed.set(keyOf(from.kind, from.name), from);
    if (order > 0 && to !== undefined && !blind.production(to)) added.set(keyOf(to.kind, to.name), to);
    if (order !== 0 || from === undefined || to === undefined) continue;
    const changes = changesOf(from, to, blind);
    if (changes.length > 0) changed.push({ production: from, staging: to, changed: changes });
  }
  return { changed, removed, added };
}

/** Which of two comes first; one that is not there comes last. */
function orderOf(one: Thing | undefined, other: Thing | undefined): number {
  if (one === undefined) return 1;
  return other === undefined ? -1 : inOrder(one, other);
}

function inTheirOrder(section: Section): readonly Thing[] {
  const { things } = section;
  let isOrdered = true;
  for (let at = 1; at < things.length; at += 1) {
    const [before, after] = [things[at - 1], things[at]];
    const order = before === undefined || after === undefined ? -1 : inOrder(before, after);
    if (order === 0 && after !== undefined) throw twice(section, after);
    if (order > 0) isOrdered = false;
  }
  return isOrdered ? things : inTheirOrder({ ...section, things: things.toSorted(inOrder) });
}

function twice({ source }: Section, { kind, name }: Thing): Refusal {
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
