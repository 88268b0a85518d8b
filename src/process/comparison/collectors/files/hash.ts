import { createHash, hash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';

/** The calls that read a file, so that a test can change one while it is read. */
export interface FileCalls {
  readonly lstatSync: (path: string | Buffer) => BigIntStats;
  readonly openSync: (path: string | Buffer, flags: number) => number;
  readonly readSync: (file: number, into: Buffer, at: number, length: number, from: number) => number;
}
export const fileCalls: FileCalls = {
  lstatSync: (path) => lstatSync(path, { bigint: true }),
  openSync,
  readSync,
};

// Asking Linux for much more than a file holds costs more than reading it: at 256 kB a read three times as much as at 128 kB.
const blockBytes = 128 * 1024;
/** What is read into, and what the last small file held. */
let [block, last] = [Buffer.allocUnsafeSlow(blockBytes), Buffer.allocUnsafeSlow(blockBytes)];
let known = { length: -1, sha256: '' };
// Never through a link, and never waiting for a pipe that stands where a file was. Windows has neither.
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** What was read of a file, and what the system said of it afterwards. */
export interface Content {
  readonly sha256: string;
  /** How many bytes were read. A change within one tick of the file system's clock shows in nothing else. */
  readonly length: number;
  readonly after: BigIntStats;
}

/** Of what the block holds. The other environment's file is mostly just the same, and holding both together costs a tenth of hashing. */
function hashOfBlock(length: number): string {
  if (length === known.length && block.compare(last, 0, length, 0, length) === 0) return known.sha256;
  known = { length, sha256: hash('sha256', block.subarray(0, length), 'hex') };
  [block, last] = [last, block];
  return known.sha256;
}

function hashOf(file: number, calls: FileCalls): { sha256: string; length: number } {
  let length = calls.readSync(file, block, 0, blockBytes, 0);
  if (length < blockBytes) return { sha256: hashOfBlock(length), length };
  const hashing = createHash('sha256').update(block);
  for (;;) {
    const got = calls.readSync(file, block, 0, blockBytes, length);
    if (got === 0) return { sha256: hashing.digest('hex'), length };
    hashing.update(block.subarray(0, got));
    length += got;
  }
}

/** Reads what is a file from its beginning to its end. */
export function readContent(path: string | Buffer, calls: FileCalls): Content {
  const file = calls.openSync(path, flags);
  try {
    const { sha256, length } = hashOf(file, calls);
    return { sha256, length, after: fstatSync(file, { bigint: true }) };
  } finally {
    closeSync(file);
  }
}
