import { promisify } from 'node:util';
import type { SFTPWrapper } from 'ssh2';
import type { Lifeline } from './lifeline.js';

const pieceBytes = 64 * 1024;
/** Pieces of a large file that are asked for before the first has come: the way there and back is long. */
const mostAhead = 4;

/** A file of the far side that is open. */
export interface Opened {
  /** So many bytes from there; fewer only where the file ends. */
  read(at: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** As long as it can be: a server may answer with less than it was asked for. */
async function part(sftp: SFTPWrapper, handle: Buffer, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const [from, at] = [filled, start + filled];
    const got = await new Promise<number>((done, failed) =>
      sftp.read(handle, bytes, from, length - from, at, (error, count) =>
        error ? failed(error) : done(count),
      ),
    );
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}

/** Opens a file of the far side; it is left open until it is closed. */
export async function openOver(sftp: SFTPWrapper, path: string, { whole }: Lifeline): Promise<Opened> {
  const handle = await whole(promisify<Buffer>((done) => sftp.open(path, 'r', done))());
  return {
    read: (at, length) => whole(part(sftp, handle, at, length)),
    close: () => whole(promisify<void>((done) => sftp.close(handle, done))()).catch(() => undefined),
  };
}

/**
 * A file of the far side from beginning to end, in pieces. By hand, because the library's own stream emits errors after
 * everybody who listened has left: those would end the program.
 */
export async function* contentOver(
  sftp: SFTPWrapper,
  path: string,
  lifeline: Lifeline,
): AsyncGenerator<Buffer> {
  const file = await openOver(sftp, path, lifeline);
  const asked: Promise<Buffer>[] = [];
  let [next, ahead] = [0, 1];
  try {
    for (;;) {
      for (; asked.length < ahead; next += pieceBytes) {
        const piece = file.read(next, pieceBytes);
        piece.catch(() => undefined); // who has left does not wait for it
        asked.push(piece);
      }
      const piece = await asked.shift();
      if (piece !== undefined && piece.length > 0) yield piece;
      if (piece === undefined || piece.length < pieceBytes) return;
      ahead = mostAhead;
    }
  } finally {
    await file.close();
  }
}
