import { parseLines } from 'dot-properties';
import type { Parameter } from './parameter.js';

/** Java properties. Keys are not taken apart at their dots. */
export function parseProperties(text: string): Parameter[] {
  return parseLines(text).flatMap((line) => {
    if (typeof line === 'string') return [];
    const [key = '', value = ''] = line;
    return [{ path: [key], value }];
  });
}
