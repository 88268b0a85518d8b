import { propsText } from './canonical.js';
import { keyOf, ownName, withWord } from './names.js';
import type { Thing, Value } from './snapshot.js';

/** Things by the key of what they belong to. */
export type Children = ReadonlyMap<string, readonly Thing[]>;

/** A text that two things share when one is the other under another name; undefined when that cannot be told of this one. */
type Likeness = (thing: Thing, children: Children, parent: string) => string | undefined;

const childrenOf = (thing: Thing, children: Children): readonly Thing[] =>
  children.get(keyOf(thing.kind, thing.name)) ?? [];

/** Folders with the same files at the same places. */
const folders: Likeness = (thing, children) => {
  if (thing.kind !== 'folder') return undefined;
  const held: string[] = [];
  const gather = (folder: Thing): void => {
    for (const child of childrenOf(folder, children)) {
      const hash = contentOf(child);
      if (hash !== undefined) held.push(`${keyOf(child.kind, child.name.slice(thing.name.length))}\0${hash}`);
      if (child.kind === 'folder' && child.name.length > folder.name.length) gather(child);
    }
  };
  gather(thing);
  return held.length === 0 ? undefined : held.sort().join('\n');
};

const tableKinds = new Set(['table', 'foreign table', 'composite type']);

/** Tables with the same columns. */
const tables: Likeness = (thing, children) => {
  if (!tableKinds.has(thing.kind)) return undefined;
  const columns = childrenOf(thing, children)
    .filter(({ kind }) => kind === 'column')
    .map(({ name, props }) => `${name.at(-1)}${propsText(props)}`);
  return columns.length === 0 ? undefined : `${thing.kind}\n${columns.sort().join('\n')}`;
};

/** Columns with the same definition, where it is the only one that its table lost or won: two would be a guess. */
const columns: Likeness = (thing, children, parent) => {
  if (thing.kind !== 'column' || thing.parent === undefined) return undefined;
  const siblings = children.get(keyOf(thing.parent.kind, thing.parent.name)) ?? [];
  if (siblings.some(({ kind, name }) => kind === 'column' && name.at(-1) !== thing.name.at(-1)))
    return undefined;
  return `${parent}${propsText(thing.props)}`;
};

/** What is defined by a text: alike when the texts are, but for its own name and that of what it belongs to. */
const definitions: Likeness = (thing, _, parent) => {
  if (!Object.hasOwn(thing.props, 'definition')) return undefined;
  const own = ownName(thing);
  const open = (value: Value): Value => {
    if (typeof value !== 'string') return value;
    const told = withWord(value, own, '\0');
    return thing.parent === undefined ? told : withWord(told, ownName(thing.parent), '\u0001');
  };
  const props = Object.entries(thing.props).map(([prop, value]) => [prop, open(value)] as const);
  const place = thing.parent === undefined ? keyOf('', thing.name.slice(0, -1)) : parent;
  return `${thing.kind}\n${place}\n${propsText(Object.fromEntries(props))}`;
};

/** Files with the same content. Empty ones are all alike and mean nothing. */
const files: Likeness = contentOf;

function contentOf({ kind, props }: Thing): string | undefined {
  const { sha256, size } = props;
  return kind === 'file' && size !== 0 && typeof sha256 === 'string' && sha256 !== '' ? sha256 : undefined;
}

/** Every way of being alike: what others belong to comes first. */
export const likenesses: readonly Likeness[] = [folders, tables, columns, definitions, files];
