import { parse } from 'dotenv';
import { lineAt, type Parameter, Unparsable, unparsableAt } from './parameter.js';

/** An assignment with its value, which goes over several lines when it is quoted; or a line of any other kind. */
const statement =
  /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`)?.*$|^.+$/gmu;
const nothing = /^\s*(?:#.*)?$/u;
/** The parser takes the square of their number in time. */
const muchNothing = /\s{1000}/u;
const bare = /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=([^'"`\n]*)$/u;

/** Most programs take `#` in a value without quotes for a comment only behind a space; the parser takes every one for it. */
function valueIn(part: string, parsed: string): string {
  const written = bare.exec(part)?.[1];
  return written?.includes('#') ? written.replace(/[ \t]#.*$/u, '').trim() : parsed;
}

/** `.env`, a statement at a time: read as a whole, of two equal keys the parser would silently take the last. */
export function parseDotenv(given: string): Parameter[] {
  const text = given.replace(/\r\n?/gu, '\n');
  if (muchNothing.test(text))
    throw new Unparsable('it has more than a thousand spaces or empty lines in a row');
  const last = new Map<string, string>();
  const found = [...text.matchAll(statement)].flatMap(({ 0: part, index }): Parameter[] => {
    if (nothing.test(part)) return [];
    const [pair, another] = Object.entries(parse(part));
    if (pair === undefined || another !== undefined) throw unparsableAt(lineAt(text, index), '.env');
    const [key, parsed] = pair;
    last.set(key, parsed);
    return [{ path: [key], value: valueIn(part, parsed) }];
  });
  // The whole is the judge of the parts: it must say the same of each key's last value.
  const whole = Object.entries(parse(text));
  if (whole.length !== last.size || whole.some(([key, value]) => last.get(key) !== value)) {
    throw unparsableAt(undefined, '.env');
  }
  return found;
}
