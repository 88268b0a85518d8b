import { CommandError } from '../errors.js';
import { asDoc, type Doc, isDoc, plainNumber, setField } from '../values.js';
import type { Expression, Scope } from './expression.js';
import { compileExpression, scopeOf } from './expressions.js';

/** A projection as a tree: what is kept, what is dropped, what is computed. */
type Tree = Map<string, Tree | boolean | Expression>;

export type Projection = (document: Doc, variables?: Doc) => Doc;

/** Compiles `$project` (also the projection of `find` without its own operators). */
export function compileProjection(spec: Doc): Projection {
  const tree: Tree = new Map();
  for (const [key, value] of Object.entries(spec)) insert(tree, key.split('.'), value, key);
  const keepsId = tree.get('_id');
  const inclusion = isInclusion(tree, true);
  if (inclusion === undefined && typeof keepsId === 'boolean') return project(tree, keepsId);
  if (inclusion === true && keepsId === undefined) tree.set('_id', true);
  if (inclusion === true && keepsId === false) tree.delete('_id');
  return project(tree, inclusion ?? false);
}

/** Compiles `$addFields`: every value is an expression, and nothing else is touched. */
export function compileAddFields(spec: Doc): Projection {
  const tree: Tree = new Map();
  for (const [key, value] of Object.entries(spec))
    insert(tree, key.split('.'), isDoc(value) && !isExpression(value) ? value : { $expr: value }, key, true);
  return (document, variables) => asDoc(walk(document, tree, false, scopeOf(document, variables)));
}

const project =
  (tree: Tree, inclusion: boolean): Projection =>
  (document, variables) =>
    asDoc(walk(document, tree, inclusion, scopeOf(document, variables)));

const isExpression = (value: Doc): boolean =>
  Object.keys(value)[0]?.startsWith('$') === true || Object.keys(value).length === 0;

function insert(tree: Tree, path: readonly string[], value: unknown, key: string, computed = false): void {
  const [part = '', ...rest] = path;
  if (part === '') throw new CommandError(40353, `FieldPath field names may not be empty strings: '${key}'`);
  if (part.startsWith('$'))
    throw new CommandError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  const there = tree.get(part);
  if (rest.length > 0) {
    if (there !== undefined && !(there instanceof Map)) throw collision(key);
    const inner: Tree = there instanceof Map ? there : new Map();
    tree.set(part, inner);
    insert(inner, rest, value, key, computed);
    return;
  }
  if (isDoc(value) && !isExpression(value)) {
    const inner: Tree = there instanceof Map ? there : new Map();
    tree.set(part, inner);
    for (const [name, item] of Object.entries(value)) {
      insert(
        inner,
        name.split('.'),
        computed && !(isDoc(item) && !isExpression(item)) ? { $expr: item } : item,
        `${key}.${name}`,
        computed,
      );
    }
    return;
  }
  if (there !== undefined) throw collision(key);
  tree.set(part, leaf(value));
}

const collision = (key: string): CommandError => new CommandError(31249, `Path collision at ${key}`);

function leaf(value: unknown): boolean | Expression {
  if (typeof value === 'boolean') return value;
  const number = plainNumber(value);
  if (number !== undefined) return number !== 0;
  return compileExpression(isDoc(value) && '$expr' in value ? value.$expr : value);
}

/** Whether fields are named to be kept (or computed) or to be dropped; `_id` may go either way. */
function isInclusion(tree: Tree, top: boolean): boolean | undefined {
  let inclusion: boolean | undefined;
  for (const [key, node] of tree) {
    if (top && key === '_id' && typeof node === 'boolean') continue;
    const kind = node instanceof Map ? isInclusion(node, false) : node !== false;
    if (kind === undefined) continue;
    if (inclusion !== undefined && inclusion !== kind) {
      if (kind) throw new CommandError(31253, `Cannot do inclusion on field ${key} in exclusion projection`);
      throw new CommandError(31254, `Cannot do exclusion on field ${key} in inclusion projection`);
    }
    inclusion = kind;
  }
  return inclusion;
}

function walk(value: unknown, tree: Tree, inclusion: boolean, scope: Scope): unknown {
  if (Array.isArray(value)) {
    const kept = value.map((item) => walk(item, tree, inclusion, scope));
    return inclusion ? kept.filter((item) => item !== undefined) : kept;
  }
  if (!isDoc(value))
    return computes(tree) ? computed({}, tree, inclusion, scope) : inclusion ? undefined : value;
  const result: Doc = {};
  for (const [key, field] of Object.entries(value)) {
    const node = tree.get(key);
    const kept =
      node === undefined || typeof node === 'function'
        ? inclusion && node === undefined
          ? undefined
          : field
        : keep(field, node, inclusion, scope);
    if (kept !== undefined) setField(result, key, kept);
  }
  return computed(result, tree, inclusion, scope);
}

const keep = (field: unknown, node: Tree | boolean, inclusion: boolean, scope: Scope): unknown =>
  node instanceof Map ? walk(field, node, inclusion, scope) : node ? field : undefined;

const computes = (tree: Tree): boolean =>
  [...tree.values()].some((node) => typeof node === 'function' || (node instanceof Map && computes(node)));

/** Sets the computed fields: those there are in place, new ones at the end. A missing value removes the field. */
function computed(result: Doc, tree: Tree, inclusion: boolean, scope: Scope): Doc {
  for (const [key, node] of tree) {
    if (typeof node === 'function') {
      const value = node(scope);
      if (value === undefined) delete result[key];
      else setField(result, key, value);
    } else if (node instanceof Map && !(key in result) && computes(node)) {
      setField(result, key, walk(undefined, node, inclusion, scope));
    }
  }
  return result;
}
