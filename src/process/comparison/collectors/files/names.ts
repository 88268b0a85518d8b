/**
 * A file's name as the system has it: one character a byte. Names are bytes to a Unix system and need not be valid UTF-8;
 * as ordinary text such names would be lost.
 */
export type ByteName = string;

const plain = /^[\x20-\x24\x26-\x7e]*$/u;
// Without ignoreBOM a name that begins with a byte order mark would lose it.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Stands for an undecodable byte while a name is put together: valid UTF-8 never decodes to it. */
const markerBase = 0xdc00;

function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The shortest well-formed character at this place; undefined where the bytes are none. */
function characterAt(bytes: Uint8Array, at: number): { text: string; length: number } | undefined {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    const text = decode(bytes.subarray(at, at + length));
    if (text !== undefined) return { text, length };
  }
  return undefined;
}

function decodeInPieces(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const character = characterAt(bytes, at);
    text += character?.text ?? String.fromCharCode(markerBase + (bytes[at] ?? 0));
    at += character?.length ?? 1;
  }
  return text;
}

const hex = (marker: string): string =>
  `%${(marker.charCodeAt(0) - markerBase).toString(16).toUpperCase().padStart(2, '0')}`;

/**
 * The name as people read it. Bytes that are not UTF-8 are written as `%FF`, and a percent sign that could be taken for the
 * beginning of one as `%25`, so that two names are never shown alike.
 */
export function shownName(name: ByteName): string {
  if (plain.test(name)) return name;
  const bytes = Buffer.from(name, 'latin1');
  const text = decode(bytes) ?? decodeInPieces(bytes);
  return text.replace(/%(?=[0-9A-Fa-f]{2})/gu, '%25').replace(/[\uDC00-\uDCFF]/gu, hex);
}

/** The path to give to the system. */
export function systemPath(path: ByteName): string | Buffer {
  return /[\u0080-\u00ff]/u.test(path) ? Buffer.from(path, 'latin1') : path;
}

/** From ordinary text, such as a folder in the configuration. */
export function byteName(text: string): ByteName {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function inFolder(folder: ByteName, name: ByteName): ByteName {
  return folder === '' ? name : `${folder}/${name}`;
}

/** A path below a root that is given without a slash at its end (the system's own root is the empty text). */
export function belowRoot(root: ByteName, path: ByteName): ByteName {
  return `${root}/${path}`;
}

/** From the outermost folder to the name itself, as people read it. */
export function shownPath(path: ByteName): string[] {
  return path === '' ? ['.'] : path.split('/').map(shownName);
}
