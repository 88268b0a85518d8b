import { parse, TomlDate, TomlError } from 'smol-toml';
import { type Parameter, unparsableAt } from './parameter.js';
import { partOf, type Scalar, unfold } from './part.js';

function scalarOf(value: unknown): Scalar | undefined {
  if (value instanceof TomlDate) return value.toISOString();
  return typeof value === 'bigint' ? String(value) : undefined;
}

/** TOML. It forbids keys that are given twice: such a file cannot be parsed. */
export function parseToml(text: string): Parameter[] {
  try {
    return unfold(partOf(parse(text, { integersAsBigInt: 'asNeeded' }), scalarOf));
  } catch (error) {
    if (error instanceof TomlError) throw unparsableAt(error.line, 'TOML');
    throw error;
  }
}
