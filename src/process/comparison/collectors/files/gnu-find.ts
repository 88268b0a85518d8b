import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { ignoring } from './ignored.js';
import { lineFormat } from './line.js';
import { type ByteName, belowRoot, inFolder } from './names.js';

/** What GNU find says of one folder. */
export interface Listing {
  readonly folder: ByteName;
  /** A line of `lineFormat` for each name in it that is not ignored, in the folder's own order. */
  readonly lines: Buffer;
}

// Only the folder that is asked about is called `.`: its line is the path it was asked by, which is no other folder's.
const print = ['(', '-name', '.', '-printf', '%p\\0', '-o', '-printf', lineFormat, ')'];
const [nul, slash] = [0x00, 0x2f];
/** No other line begins with a slash. */
const beginning = Buffer.from([nul, slash]);

const asked = (root: ByteName, folder: ByteName): ByteName =>
  `${folder === '' ? root : belowRoot(root, folder)}/.`;

function nextBeginning(part: Buffer, from: number): number {
  const at = part.indexOf(beginning, from);
  return at < 0 ? at : at + 1;
}

/** Splits where a folder's own line begins; gives it with the lines behind it. */
export async function* blocksOf(output: Readable): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let before: number | undefined = nul;
  const whole = (): Buffer => {
    const [only, ...more] = held;
    const block = more.length === 0 && only !== undefined ? only : Buffer.concat(held);
    held = [];
    return block;
  };
  for await (const part of output as AsyncIterable<Buffer>) {
    let from = 0;
    let at = before === nul && part[0] === slash ? 0 : nextBeginning(part, 0);
    while (at >= 0) {
      held.push(part.subarray(from, at));
      yield whole();
      from = at;
      at = nextBeginning(part, at);
    }
    held.push(part.subarray(from));
    before = part.at(-1);
  }
  yield whole();
}

/** The lines whose names are not left out. */
function without(isOut: (name: ByteName) => boolean, lines: Buffer): Buffer {
  const kept: Buffer[] = [];
  for (let from = 0; from < lines.length; ) {
    const end = lines.indexOf(nul, from);
    if (end < 0) break;
    const name = lines.toString('latin1', lines.indexOf(slash, from) + 1, end);
    if (!isOut(name)) kept.push(lines.subarray(from, end + 1));
    from = end + 1;
  }
  return Buffer.concat(kept);
}

/**
 * Asks GNU find what is in these folders: it asks the system for all of them in the time that a few threads of Node.js take to start.
 * Of a folder that cannot be opened it says nothing, and nothing of any where there is no such find; what it says may end anywhere,
 * and is worth what it is found to be the same as.
 */
export async function* askFind(
  root: ByteName,
  folders: readonly ByteName[],
  ignore: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<Listing> {
  if (process.platform !== 'linux') return;
  const find = spawn('find', ['-files0-from', '-', '-maxdepth', '1', ...print], {
    env: { ...process.env, LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'ignore'],
    signal,
  });
  find.on('error', () => undefined); // it is not there: nothing comes
  find.stdin.on('error', () => undefined); // it may end before it has read all of them
  const paths = folders.map((folder) => asked(root, folder));
  find.stdin.end(Buffer.from(`${paths.join('\0')}\0`, 'latin1'));
  const open = new Map(paths.map((path, at) => [path, folders[at]]));
  try {
    const isIgnored = ignore.length === 0 ? undefined : await ignoring(ignore);
    for await (const block of blocksOf(find.stdout)) {
      const end = block.indexOf(nul);
      const folder = open.get(block.toString('latin1', 0, Math.max(end, 0)));
      if (folder === undefined) continue;
      const lines = block.subarray(end + 1);
      const isOut = isIgnored && ((name: ByteName): boolean => isIgnored(inFolder(folder, name)));
      yield { folder, lines: isOut ? without(isOut, lines) : lines };
    }
    signal.throwIfAborted();
  } finally {
    find.kill();
  }
}
