import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { bounded, lineAt, type Parameter, unparsableAt } from './parameter.js';
import { isScalar, type Keyed, type Part, type Scalar, unfold } from './part.js';

/** A number that does not survive being read is kept as it is written. */
function scalarIn(text: string, { type, offset, length, value }: Node): Scalar {
  if (type !== 'number') return isScalar(value) ? value : String(value);
  const written = text.slice(offset, offset + length);
  return Number.isSafeInteger(value) || String(value) === written ? Number(value) : written;
}

/** JSON, with the comments and trailing commas that configuration files have. Keys that are given twice come twice. */
export function parseJson(text: string): Parameter[] {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) throw unparsableAt(lineAt(text, error?.offset ?? 0), 'JSON');
  const bounds = bounded();
  const partOf = (node: Node, depth: number): Part => {
    bounds.count(depth);
    const { type, children = [] } = node;
    if (type === 'array') return { kind: 'list', parts: children.map((child) => partOf(child, depth + 1)) };
    if (type !== 'object') return { kind: 'value', value: scalarIn(text, node) };
    const parts = children.flatMap(({ children: [key, value] = [] }): Keyed[] =>
      key === undefined || value === undefined ? [] : [[String(key.value), partOf(value, depth + 1)]],
    );
    return { kind: 'group', parts };
  };
  return unfold(partOf(root, 0));
}
