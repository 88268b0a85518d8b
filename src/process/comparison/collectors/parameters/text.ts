import type { Format } from './formats.js';
import { Unparsable } from './parameter.js';

const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** What the file itself says: a byte order mark, or in XML the first line. */
function declared(bytes: Uint8Array, format: Format): string {
  const mark = marks.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (mark !== undefined) return mark[1];
  if (format !== 'xml') return 'utf-8';
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^<\?xml[^>]*\sencoding=["']([\w.-]+)["']/u.exec(start)?.[1] ?? 'utf-8';
}

/** The text of a file. Java's properties may be in Latin-1, as they once had to be. */
export function textOf(bytes: Uint8Array, format: Format): string {
  const encoding = declared(bytes, format);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    if (format === 'properties') return Buffer.from(bytes).toString('latin1');
    throw new Unparsable(`it is not ${encoding.toUpperCase()} text`);
  }
}
