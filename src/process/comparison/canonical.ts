import { createHash } from 'node:crypto';
import type { Blind, Section, Thing, Value } from './snapshot.js';

type Named = { readonly kind?: string | undefined; readonly name: readonly string[] };

/** By kind and name, part by part, in code unit order: the order of every list in a snapshot. */
export function inOrder(one: Named, other: Named): number {
  const kind = one.kind ?? '';
  const otherKind = other.kind ?? '';
  if (kind !== otherKind) return kind < otherKind ? -1 : 1;
  return namesInOrder(one.name, other.name);
}

/** Part by part, in code unit order; the shorter first. */
export function namesInOrder(one: readonly string[], other: readonly string[]): number {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at += 1) {
    const left = one[at] ?? '';
    const right = other[at] ?? '';
    if (left !== right) return left < right ? -1 : 1;
  }
  return one.length - other.length;
}

const bySource = (one: Section, other: Section): number =>
  namesInOrder([one.source, one.collector], [other.source, other.collector]);

const whole = (one: Blind, other: Blind): number =>
  inOrder(one, other) || namesInOrder([one.why], [other.why]);

/** The items in their order. Collectors sort already: a list that is in order is not sorted again. */
export function ordered<Item>(
  items: readonly Item[],
  order: (one: Item, other: Item) => number,
): readonly Item[] {
  for (let at = 1; at < items.length; at += 1) {
    const [before, after] = [items[at - 1], items[at]];
    if (before !== undefined && after !== undefined && order(before, after) > 0) return items.toSorted(order);
  }
  return items;
}

/** The sections with every list in its order. */
export function canonical(sections: readonly Section[]): readonly Section[] {
  return ordered(sections, bySource).map((section) => {
    const [things, blind] = [ordered(section.things, inOrder), ordered(section.blind, whole)];
    // What is told of a section beside it (see `tellAtOnce`) is not told of a copy.
    return things === section.things && blind === section.blind ? section : { ...section, things, blind };
  });
}

const text = (value: unknown): string => JSON.stringify(value);

function valueText(value: Value | undefined): string {
  return typeof value === 'object' && value !== null
    ? `{"secret":${text(value.secret)}}`
    : text(value ?? null);
}

/** Properties as JSON with their keys in code unit order; JSON's own order would put numbers first. */
export function propsText(props: Thing['props']): string {
  const keys = Object.keys(props).sort();
  return `{${keys.map((key) => `${text(key)}:${valueText(props[key])}`).join(',')}}`;
}

function thingText({ kind, name, parent, props }: Thing): string {
  const belongs =
    parent === undefined ? '' : `,"parent":{"kind":${text(parent.kind)},"name":${text(parent.name)}}`;
  return `{"kind":${text(kind)},"name":${text(name)}${belongs},"props":${propsText(props)}}`;
}

function blindText({ kind, name, why }: Blind): string {
  return `{${kind === undefined ? '' : `"kind":${text(kind)},`}"name":${text(name)},"why":${text(why)}}`;
}

function* listText<Item>(items: readonly Item[], write: (item: Item) => string): Generator<string> {
  yield '[';
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    if (item !== undefined) yield `${at === 0 ? '' : ','}\n${write(item)}`;
  }
  yield ']';
}

function* sectionText(section: Section): Generator<string> {
  const { source, collector, collectorVersion, subject, things, blind } = section;
  const head = text({ source, collector, collectorVersion, subject });
  yield `${head.slice(0, -1)},"things":`;
  yield* listText(things, thingText);
  yield ',"blind":';
  yield* listText(blind, blindText);
  yield '}';
}

/** The canonical text of sections, piece by piece: JSON, sorted, a thing a line, the same for the same environment. */
export function* canonicalText(sections: readonly Section[]): Generator<string> {
  yield '[';
  let first = true;
  for (const section of canonical(sections)) {
    yield first ? '\n' : ',\n';
    yield* sectionText(section);
    first = false;
  }
  yield ']';
}

/** SHA-256 in hexadecimal over the canonical text. Where they were looked at from does not count: the subject is left out. */
export function fingerprintOf(sections: readonly Section[]): string {
  const hash = createHash('sha256');
  // Many small updates cost more than joining some of them first.
  let joined = '';
  for (const piece of canonicalText(sections.map((section) => ({ ...section, subject: '' })))) {
    joined += piece;
    if (joined.length < 65_536) continue;
    hash.update(joined);
    joined = '';
  }
  return hash.update(joined).digest('hex');
}
