import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const src = join(root, 'src');

/** One import, re-export, `import()` or `import type`. */
export interface Import {
  /** The file that imports, from `src/`: `process/freeze/freeze.ts`. */
  readonly from: string;
  /** The file of ours that is imported, from `src/`; undefined for a package. */
  readonly to: string | undefined;
  /** The package that is imported (`@slack/types`, `node:fs`); undefined for a file of ours. */
  readonly library: string | undefined;
  readonly typeOnly: boolean;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

/** Every TypeScript file of ours, from `src/`. */
export function sourceFiles(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

/** The syntax tree of a file, as plain objects. */
export function treeOf(file: string): unknown {
  return parseSync(readFileSync(join(src, file), 'utf8'), { syntax: 'typescript', target: 'es2022' });
}

/** Every node of a tree that has a type. */
export function* nodesOf(tree: unknown): Generator<Node> {
  if (tree === null || typeof tree !== 'object') return;
  if (!Array.isArray(tree) && 'type' in tree && typeof tree.type === 'string') yield tree as Node;
  for (const held of Object.values(tree)) yield* nodesOf(held);
}

/** Every import of a file, however it is written. */
export function importsOf(file: string): Import[] {
  return [...nodesOf(treeOf(file))].flatMap((node): Import[] => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return [];
    const relativeTo = specifier.startsWith('.');
    const target = relative(src, join(src, dirname(file), specifier))
      .replaceAll('\\', '/')
      .replace(/\.js$/u, '.ts');
    return [
      {
        from: file,
        to: relativeTo ? target : undefined,
        library: relativeTo ? undefined : libraryOf(specifier),
        typeOnly: isTypeOnly(node),
      },
    ];
  });
}

function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return literal(node['source']);
    case 'TsImportType':
      return literal(node['argument']);
    case 'CallExpression': {
      const callee = node['callee'] as Node;
      if (callee.type !== 'Import') return undefined;
      const [first] = node['arguments'] as readonly { readonly expression: unknown }[];
      const specifier = literal(first?.expression);
      if (specifier === undefined)
        throw new Error('an import() of something that is not written out cannot be checked');
      return specifier;
    }
    default:
      return undefined;
  }
}

function isTypeOnly(node: Node): boolean {
  if (node['typeOnly'] === true || node.type === 'TsImportType') return true;
  const specifiers = node['specifiers'];
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((one: { isTypeOnly?: boolean }) => one.isTypeOnly === true)
  );
}

function libraryOf(specifier: string): string {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier))
    return specifier.replace(/^(?!node:)/u, 'node:');
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** A function that is named to be called: `slack.command`, with its first argument where that is a written-out text. */
export interface Call {
  readonly file: string;
  readonly name: string;
  readonly first: string | undefined;
}

/** Every chain of names in a file that is called, or handed on to be called: `client.views.open`, `slack.command`. */
export function callsOf(file: string): Call[] {
  return [...nodesOf(treeOf(file))].flatMap((node): Call[] => {
    if (node.type === 'CallExpression') {
      const [argument] = node['arguments'] as readonly { readonly expression: unknown }[];
      return [{ file, name: chainOf(node['callee']), first: literal(argument?.expression) }];
    }
    if (node.type === 'ConditionalExpression') {
      return [node['consequent'], node['alternate']].map((one) => ({
        file,
        name: chainOf(one),
        first: undefined,
      }));
    }
    return [];
  });
}

/** Every text that stands in an object of a file under this name: `action: 'freeze.thaw'`. */
export function stringsNamed(file: string, name: string): string[] {
  return [...nodesOf(treeOf(file))].flatMap((node) => {
    if (node.type !== 'KeyValueProperty') return [];
    const key = node['key'] as { readonly value?: unknown };
    const value = literal(node['value']);
    return key.value === name && value !== undefined ? [value] : [];
  });
}

/** Every text that is written out in a file. */
export function textsIn(file: string): string[] {
  return [...nodesOf(treeOf(file))].flatMap((node) => literal(node) ?? []);
}

function chainOf(node: unknown): string {
  const { type, value, object, property, expression } = node as Readonly<Record<string, unknown>>;
  if (type === 'Identifier') return String(value);
  if (type === 'ParenthesisExpression') return chainOf(expression);
  return type === 'MemberExpression' ? `${chainOf(object)}.${chainOf(property)}` : '';
}

function literal(held: unknown): string | undefined {
  const text =
    held !== null &&
    typeof held === 'object' &&
    'type' in held &&
    held.type === 'StringLiteral' &&
    'value' in held;
  return text ? String(held.value) : undefined;
}
