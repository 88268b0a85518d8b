import { unsafe } from 'ini';
import { bounded, type Parameter, unparsableAt } from './parameter.js';

const quoted = /^("(?:\\.|[^"\\])*"|'[^']*')\s*(?:[;#].*)?$/u;

/**
 * What a value says. Programs differ in what begins a comment behind it, and a difference that one of them sees must not be
 * lost: only behind quotes it is certainly none of the value.
 */
function valueIn(written: string): string {
  const inQuotes = quoted.exec(written)?.[1];
  if (inQuotes === undefined) return written;
  const read = inQuotes.startsWith("'") ? inQuotes : unsafe(inQuotes);
  return read === inQuotes ? inQuotes.slice(1, -1) : read;
}

/** `[web.site]` is one in the other; `[remote "a.b"]` is one. */
function sectionIn(name: string): readonly string[] {
  return /["'\s/\\]/u.test(name) ? [name] : name.split('.');
}

/** A key with its value. Without `=`, Python's colon counts; a word alone is set. */
function assigned(line: string): [key: string, value: string | true] {
  const [, key, value] = /^([^=]*)=(.*)$/su.exec(line) ?? /^([^:]*):(.*)$/su.exec(line) ?? [];
  if (key === undefined || value === undefined) return [valueIn(line), true];
  return [valueIn(key.trim()), valueIn(value.trim())];
}

/** Further in than its key, and no key itself: the key's value goes on, as in Python's files. */
const isKey = /^[\w .-]+(?:=|:\s)\s*[^\s=]/u;

/** INI, a line at a time. A value over several lines is told as given several times. */
export function parseIni(text: string): Parameter[] {
  const found: Parameter[] = [];
  const bounds = bounded();
  let section: readonly string[] = [];
  let last: { readonly path: readonly string[]; readonly indent: number } | undefined;
  for (const [index, line] of text.split(/\r\n|\n|\r/u).entries()) {
    const written = line.trim();
    const indent = line.length - line.trimStart().length;
    if (written === '' || /^[;#]/u.test(written)) continue;
    bounds.count(0);
    if (written.startsWith('[')) {
      const name = /^\[([^\]]+)\]\s*(?:[;#].*)?$/u.exec(written)?.[1];
      if (name === undefined) throw unparsableAt(index + 1, 'INI');
      [section, last] = [sectionIn(name), undefined];
    } else if (last !== undefined && indent > last.indent && !isKey.test(written)) {
      found.push({ path: last.path, value: written });
    } else {
      const [key, value] = assigned(written);
      last = { path: [...section, key], indent };
      found.push({ path: last.path, value });
    }
  }
  return found;
}
