import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  visit,
  type YAMLMap,
} from 'yaml';
import { bounded, type Parameter, unparsableAt } from './parameter.js';
import { type Keyed, type Part, type Scalar, unfold } from './part.js';

type Content = Node | null | undefined;

/** How a document is read: what its aliases mean, and within which bounds. */
interface Reading {
  resolve(node: Content): Content;
  count(depth: number): void;
}

/** What each alias means, found in one pass: the library looks through the whole document for every one of them. */
function meanings(document: Document): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const found = new Map<Alias, Node>();
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) return void (node.anchor && anchors.set(node.anchor, node));
      const meant = anchors.get(node.source);
      if (meant !== undefined) found.set(node, meant);
    },
  });
  return found;
}

function keyText(key: unknown): string {
  if (isScalar(key)) return String(key.value);
  return JSON.stringify(key) ?? '';
}

/** What `<<` refers to: one group or a list of them. */
function merged(map: YAMLMap, { resolve }: Reading): YAMLMap[] {
  return map.items
    .filter(({ key }) => isScalar(key) && key.value === '<<')
    .flatMap(({ value }) => {
      const from = resolve(value as Content);
      return isSeq(from) ? from.items.map((item) => resolve(item as Content)) : [from];
    })
    .filter((from) => isMap(from));
}

/** The pairs of a group with what it takes over from others; its own keys win, and keys that are given twice come twice. */
function pairsOf(map: YAMLMap, reading: Reading, depth: number): [string, Content][] {
  // Counted here as well: groups that take over from each other ten times each grow before anything is read of them.
  reading.count(depth);
  const own = map.items
    .filter(({ key }) => !(isScalar(key) && key.value === '<<'))
    .map(({ key, value }): [string, Content] => [keyText(key), value as Content]);
  const pairs = [...own];
  const taken = new Set(own.map(([key]) => key));
  for (const from of merged(map, reading)) {
    for (const [key, value] of pairsOf(from, reading, depth + 1)) {
      if (taken.has(key)) continue;
      taken.add(key);
      pairs.push([key, value]);
    }
  }
  return pairs;
}

function scalarOf(node: Content): Scalar {
  if (!isScalar(node)) return null;
  const { value, source, tag } = node;
  if (tag?.startsWith('!')) return `${tag} ${source ?? String(value)}`;
  if (typeof value === 'number' && !Number.isSafeInteger(value) && String(value) !== source) {
    return source ?? String(value);
  }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Scalar;
  return source ?? String(value);
}

function partOf(given: Content, reading: Reading, depth: number): Part {
  reading.count(depth);
  const node = reading.resolve(given);
  if (isMap(node)) {
    const pairs = pairsOf(node, reading, depth);
    const parts = pairs.map(([key, value]): Keyed => [key, partOf(value, reading, depth + 1)]);
    return { kind: 'group', parts };
  }
  if (isSeq(node)) {
    return { kind: 'list', parts: node.items.map((item) => partOf(item as Content, reading, depth + 1)) };
  }
  return { kind: 'value', value: scalarOf(node) };
}

function parametersIn(document: Document, start: readonly string[]): Parameter[] {
  if (document.contents === null) return [];
  const meant = meanings(document);
  const resolve = (node: Content): Content => (isAlias(node) ? meant.get(node) : node);
  return unfold(partOf(document.contents, { resolve, ...bounded() }, 0), start);
}

/** YAML of one document or several. Aliases are followed, `<<` merged. */
export function parseYaml(text: string): Parameter[] {
  const documents = parseAllDocuments(text, { uniqueKeys: false, prettyErrors: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) throw unparsableAt(error.linePos?.[0].line, 'YAML');
  }
  return documents.flatMap((document, index) =>
    parametersIn(document, documents.length > 1 ? [`document ${index + 1}`] : []),
  );
}
