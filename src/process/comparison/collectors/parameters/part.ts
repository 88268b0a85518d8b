import { bounded, type Parameter } from './parameter.js';

export type Scalar = Parameter['value'];

/** What a file holds at one place: a value, a list, or a group whose parts have keys, some of them perhaps twice. */
export type Part =
  | { readonly kind: 'value'; readonly value: Scalar }
  | { readonly kind: 'list'; readonly parts: readonly Part[] }
  | { readonly kind: 'group'; readonly parts: readonly Keyed[] };
export type Keyed = readonly [key: string, part: Part];

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** From what a parser gives as plain objects. `scalarOf` turns what is neither a list nor a group into a value. */
export function partOf(given: unknown, scalarOf: (given: unknown) => Scalar | undefined): Part {
  const bounds = bounded();
  const visit = (inner: unknown, depth: number): Part => {
    bounds.count(depth);
    const value = isScalar(inner) ? inner : scalarOf(inner);
    if (value !== undefined) return { kind: 'value', value };
    if (Array.isArray(inner)) return { kind: 'list', parts: inner.map((one) => visit(one, depth + 1)) };
    const parts = Object.entries(inner ?? {}).map(([key, one]): Keyed => [key, visit(one, depth + 1)]);
    return { kind: 'group', parts };
  };
  return visit(given, 0);
}

const identities = ['name', 'key', 'id'];

/** The groups of a list by a name that each has for itself: `{ name: PORT, value: 80 }`. */
function byName(parts: readonly Part[], identity: string): Keyed[] | undefined {
  const seen = new Set<string>();
  const named: Keyed[] = [];
  for (const part of parts) {
    if (part.kind !== 'group') return undefined;
    const [own, another] = part.parts.filter(([key]) => key === identity);
    const name = own?.[1].kind === 'value' && another === undefined ? own[1].value : undefined;
    if (typeof name !== 'string' || name === '' || seen.has(name)) return undefined;
    seen.add(name);
    named.push([name, { kind: 'group', parts: part.parts.filter((one) => one !== own) }]);
  }
  return named;
}

const assignment = /^([A-Za-z_][\w.-]*)=(.*)$/su;

/** The texts of a list that all assign something: `PORT=80`. */
function byAssignment(parts: readonly Part[]): Keyed[] | undefined {
  const keyed: Keyed[] = [];
  for (const part of parts) {
    const text = part.kind === 'value' && typeof part.value === 'string' ? part.value : '';
    const [, key, value] = assignment.exec(text) ?? [];
    if (key === undefined || value === undefined) return undefined;
    keyed.push([key, { kind: 'value', value }]);
  }
  return keyed;
}

/**
 * What stands in a list by the names that it goes by itself, as in Kubernetes' and Compose's environments, so that one more
 * in the middle moves nobody, and a password is known as one; by position where there are no such names.
 */
function keyed(parts: readonly Part[]): readonly Keyed[] {
  for (const identity of identities) {
    const named = byName(parts, identity);
    if (named !== undefined) return named;
  }
  return byAssignment(parts) ?? parts.map((part, at): Keyed => [String(at), part]);
}

/** Every value inside, in its order. */
export function unfold(whole: Part, start: readonly string[] = []): Parameter[] {
  const found: Parameter[] = [];
  const visit = (path: readonly string[], part: Part): void => {
    if (part.kind === 'value') return void found.push({ path, value: part.value });
    const parts = part.kind === 'list' ? keyed(part.parts) : part.parts;
    if (parts.length === 0 && path.length > 0) found.push({ path, value: part.kind, empty: true });
    for (const [key, inner] of parts) visit([...path, key], inner);
  };
  visit(start, whole);
  return found;
}
