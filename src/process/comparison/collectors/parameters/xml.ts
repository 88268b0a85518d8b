import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { bounded, type Parameter, unparsableAt } from './parameter.js';

type Attributes = Readonly<Record<string, string>>;
/** How the parser tells an element when it keeps the order: its tag with what is in it, beside `:@` with its attributes. */
type Told = Readonly<Record<string, unknown>>;

interface Element {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly inside: readonly Told[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  trimValues: false,
});

function elementsIn(told: readonly Told[]): Element[] {
  return told.flatMap((one) => {
    const tag = Object.keys(one).find((key) => key !== ':@' && key !== '#text');
    if (tag === undefined) return [];
    const attributes = (one[':@'] ?? {}) as Attributes;
    return [{ tag, attributes, inside: one[tag] as readonly Told[] }];
  });
}

/** Between elements, white space only sets them apart; in a value it counts. */
function textIn(told: readonly Told[]): string {
  const text = told
    .map((one) => one['#text'])
    .filter((part) => part !== undefined)
    .join('');
  return text.trim() === '' || elementsIn(told).length > 0 ? text.trim() : text;
}

/** The attributes that people know an element by, first things first; one that is left empty tells nothing. */
const identities = ['name', 'id', 'contract', 'path', 'extension', 'url', 'href', 'key'];

function identityOf({ attributes }: Element): [attribute: string, value: string] | undefined {
  // A key that comes with a value is its name; beside a name of its own it may well be a secret.
  const isSetting = attributes['key'] && attributes['value'] !== undefined;
  const attribute = isSetting ? 'key' : identities.find((one) => attributes[one]);
  return attribute === undefined ? undefined : [attribute, attributes[attribute] ?? ''];
}

/** `<add>` is called by its key alone, others by their tag with it; what has none, by its place among its like. */
function labels(elements: readonly Element[]): string[] {
  const plain = elements.map((element) => {
    const identity = identityOf(element)?.[1];
    if (identity === undefined) return element.tag;
    return element.tag === 'add' ? identity : `${element.tag} ${identity}`;
  });
  const seen = new Map<string, number>();
  return plain.map((label, index) => {
    const place = (seen.get(label) ?? 0) + 1;
    seen.set(label, place);
    // What is given twice under one key is told as given twice; of others the place tells them apart.
    const isKeyed = elements[index] !== undefined && identityOf(elements[index]) !== undefined;
    return place === 1 || isKeyed ? label : `${label} ${place}`;
  });
}

function valuesOf(element: Element, path: readonly string[]): Parameter[] {
  const identity = identityOf(element)?.[0];
  const attributes = Object.entries(element.attributes)
    .filter(([name]) => name !== identity)
    .map(([name, value]) => ({ path: name === 'value' ? path : [...path, name], value }));
  const text = textIn(element.inside);
  if (text !== '') return [...attributes, { path, value: text }];
  const isBare = attributes.length === 0 && elementsIn(element.inside).length === 0;
  return isBare ? [{ path, value: 'group', empty: true }] : attributes;
}

/** XML, such as web.config: what has a key or a name is known by it and not by its position. */
export function parseXml(text: string): Parameter[] {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw unparsableAt(verdict.err.line, 'XML');
  const found: Parameter[] = [];
  const bounds = bounded();
  const visit = (elements: readonly Element[], above: readonly string[]): void => {
    const names = labels(elements);
    for (const [index, element] of elements.entries()) {
      const path = [...above, names[index] ?? element.tag];
      bounds.count(path.length);
      found.push(...valuesOf(element, path));
      visit(elementsIn(element.inside), path);
    }
  };
  visit(elementsIn(parser.parse(text) as readonly Told[]), []);
  return found;
}
