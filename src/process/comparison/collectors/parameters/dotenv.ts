import { parse } from 'dotenv';
import { lineAt, type Parameter, unparsableAt } from './parameter.js';

/** An assignment with its value, which goes over several lines when it is quoted; or a line of any other kind. */
const statement =
  /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*=[ \t]*(?:'(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`)?.*$|^.+$/gmu;
const nothing = /^\s*(?:#.*)?$/u;

/** `.env`, a statement at a time: read as a whole, of two equal keys the parser would silently take the last. */
export function parseDotenv(given: string): Parameter[] {
  const text = given.replace(/\r\n?/gu, '\n');
  const found = [...text.matchAll(statement)].flatMap(({ 0: part, index }): Parameter[] => {
    if (nothing.test(part)) return [];
    const pairs = Object.entries(parse(part));
    if (pairs.length !== 1) throw unparsableAt(lineAt(text, index), '.env');
    return pairs.map(([key, value]) => ({ path: [key], value }));
  });
  // The whole is the judge of the parts: it must say the same of each key's last value.
  const last = new Map(found.map(({ path: [key = ''], value }) => [key, value]));
  const whole = Object.entries(parse(text));
  if (whole.length !== last.size || whole.some(([key, value]) => last.get(key) !== value)) {
    throw unparsableAt(undefined, '.env');
  }
  return found;
}
