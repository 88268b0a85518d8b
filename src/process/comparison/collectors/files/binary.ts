import { readSync } from 'node:fs';

/** A file that can be read anywhere, near or far. */
export interface Binary {
  readonly size: number;
  /** So many bytes from there; fewer only where the file ends. */
  read(at: number, length: number): Buffer | Promise<Buffer>;
}

/** So many bytes of an open file of this machine; fewer only where it ends. */
export function readPart(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const got = readSync(file, bytes, filled, length - filled, at + filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}
