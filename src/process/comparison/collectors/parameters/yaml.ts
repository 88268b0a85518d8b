import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';
import { bounded, type Parameter, Unparsable, unparsableAt } from './parameter.js';

type Content = Node | null | undefined;

function keyText(key: unknown): string {
  if (isScalar(key)) return String(key.value);
  return JSON.stringify(key) ?? '';
}

/** What `<<` refers to: one group or a list of them. */
function merged(map: YAMLMap, resolve: (node: Content) => Content): YAMLMap[] {
  return map.items
    .filter(({ key }) => isScalar(key) && key.value === '<<')
    .flatMap(({ value }) => {
      const from = resolve(value as Content);
      return isSeq(from) ? from.items.map((item) => resolve(item as Content)) : [from];
    })
    .filter((from) => isMap(from));
}

/** The pairs of a group with what it takes over from others; its own keys win, and keys that are given twice come twice. */
function pairsOf(map: YAMLMap, resolve: (node: Content) => Content, depth = 0): [string, Content][] {
  if (depth > 20) throw new Unparsable('its groups take over from each other without end');
  const own = map.items
    .filter(({ key }) => !(isScalar(key) && key.value === '<<'))
    .map(({ key, value }): [string, Content] => [keyText(key), value as Content]);
  const pairs = [...own];
  const taken = new Set(own.map(([key]) => key));
  for (const from of merged(map, resolve)) {
    for (const [key, value] of pairsOf(from, resolve, depth + 1)) {
      if (taken.has(key)) continue;
      taken.add(key);
      pairs.push([key, value]);
    }
  }
  return pairs;
}

function scalarOf(node: Content): Parameter['value'] {
  if (!isScalar(node)) return null;
  const { value, source, tag } = node;
  if (tag?.startsWith('!')) return `${tag} ${source ?? String(value)}`;
  if (typeof value === 'number' && !Number.isSafeInteger(value) && String(value) !== source) {
    return source ?? String(value);
  }
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return value as Parameter['value'];
  }
  return source ?? String(value);
}

function parametersIn(document: Document, start: readonly string[]): Parameter[] {
  const resolve = (node: Content): Content => (isAlias(node) ? node.resolve(document) : node);
  const found: Parameter[] = [];
  const bounds = bounded();
  const visit = (path: readonly string[], given: Content): void => {
    bounds.count(path.length);
    const node = resolve(given);
    if (isMap(node)) {
      const pairs = pairsOf(node, resolve);
      if (pairs.length === 0 && path.length > 0) found.push({ path, value: 'group', empty: true });
      for (const [key, value] of pairs) visit([...path, key], value);
    } else if (isSeq(node)) {
      if (node.items.length === 0 && path.length > 0) found.push({ path, value: 'list', empty: true });
      for (const [index, item] of node.items.entries()) visit([...path, String(index)], item as Content);
    } else found.push({ path, value: scalarOf(node) });
  };
  if (document.contents !== null) visit(start, document.contents);
  return found;
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
