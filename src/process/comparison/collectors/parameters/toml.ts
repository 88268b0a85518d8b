import { parse, TomlDate, TomlError } from 'smol-toml';
import { type Parameter, unfold, unparsableAt } from './parameter.js';

/** TOML. It forbids keys that are given twice: such a file cannot be parsed. */
export function parseToml(text: string): Parameter[] {
  try {
    return unfold(parse(text, { integersAsBigInt: 'asNeeded' }), (value) => {
      if (value instanceof TomlDate) return value.toISOString();
      return typeof value === 'bigint' ? String(value) : undefined;
    });
  } catch (error) {
    if (error instanceof TomlError) throw unparsableAt(error.line, 'TOML');
    throw error;
  }
}
