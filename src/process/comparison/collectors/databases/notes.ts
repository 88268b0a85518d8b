import { createHmac } from 'node:crypto';
import type { Blind, Thing, Value } from '../../snapshot.js';

export type Props = Readonly<Record<string, Value>>;
export interface Parent {
  readonly kind: string;
  readonly name: readonly string[];
}

/** What was seen so far. */
export interface Notes {
  readonly things: Thing[];
  readonly blind: Blind[];
}

/** The properties that are there: what the server leaves empty is left out. */
export function known(props: Readonly<Record<string, Value | undefined>>): Props {
  const kept: Record<string, Value> = {};
  for (const key in props) {
    const value = props[key];
    if (value !== undefined && value !== null) kept[key] = value;
  }
  return kept;
}

/** Servers send the same few words for every column: one copy of each is kept. */
export function interner(): <T extends string | null>(text: T) => T {
  const kept = new Map<string, string>();
  return <T extends string | null>(text: T): T => {
    if (text === null || text.length > 60) return text;
    const known = kept.get(text);
    if (known !== undefined) return known as T;
    kept.set(text, text);
    return text;
  };
}

/** A secret as it is stored: it can differ, and cannot be read. */
export function masked(secretKey: string, value: string): { readonly secret: string } {
  return { secret: createHmac('sha256', secretKey).update(value).digest('hex') };
}

/** Hides the very password that the collector came with, wherever a definition or a comment holds it. */
export function hideSecrets(things: Thing[], held: readonly string[], secretKey: string): Thing[] {
  if (held.length === 0) return things;
  const isHeld = (value: Value | undefined): value is string =>
    typeof value === 'string' && held.some((secret) => value.includes(secret));
  const holds = ({ props }: Thing): boolean => {
    for (const prop in props) if (isHeld(props[prop])) return true;
    return false;
  };
  for (const [at, thing] of things.entries()) {
    if (!holds(thing)) continue;
    const hidden = Object.entries(thing.props).map(
      ([prop, value]) => [prop, isHeld(value) ? masked(secretKey, value) : value] as const,
    );
    things[at] = { ...thing, props: Object.fromEntries(hidden) };
  }
  return things;
}
