import { parse } from 'ini';
import { type Parameter, unfold, unparsableAt } from './parameter.js';

/** INI, a line at a time: read as a whole, of two equal keys the parser would silently take the last. */
export function parseIni(text: string): Parameter[] {
  let section = '';
  return text.split(/\r\n|\n|\r/u).flatMap((line, index) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith(';') || trimmed.startsWith('#')) return [];
    if (trimmed.startsWith('[')) {
      if (!/^\[[^\]]+\]\s*(?:[;#].*)?$/u.test(trimmed)) throw unparsableAt(index + 1, 'INI');
      section = trimmed;
      return [];
    }
    return unfold(parse(`${section}\n${trimmed}`));
  });
}
