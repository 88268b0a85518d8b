import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { bounded, lineAt, type Parameter, unparsableAt } from './parameter.js';

/** A number that does not survive being read is kept as it is written. */
function numberIn(text: string, { offset, length, value }: Node): number | string {
  const written = text.slice(offset, offset + length);
  return Number.isSafeInteger(value) || String(value) === written ? Number(value) : written;
}

/** JSON, with the comments and trailing commas that configuration files have. Keys that are given twice come twice. */
export function parseJson(text: string): Parameter[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) throw unparsableAt(lineAt(text, error?.offset ?? 0), 'JSON');
  const found: Parameter[] = [];
  const bounds = bounded();
  const visit = (path: readonly string[], node: Node): void => {
    bounds.count(path.length);
    const { type, children = [] } = node;
    if (type === 'object' || type === 'array') {
      if (children.length === 0 && path.length > 0) {
        found.push({ path, value: type === 'array' ? 'list' : 'group', empty: true });
      }
      for (const [index, child] of children.entries()) {
        const [key, value] = type === 'array' ? [undefined, child] : (child.children ?? []);
        if (value !== undefined) visit([...path, String(key?.value ?? index)], value);
      }
      return;
    }
    found.push({ path, value: type === 'number' ? numberIn(text, node) : node.value });
  };
  visit([], root);
  return found;
}
