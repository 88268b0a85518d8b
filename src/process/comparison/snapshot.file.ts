import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gunzip } from 'node:zlib';
import { z } from 'zod';
import { Refusal } from '../../kernel/refusal.js';
import { canonicalText, fingerprintOf } from './canonical.js';
import type { Snapshot } from './snapshot.js';

const name = z.array(z.string());
const value = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.strictObject({ secret: z.string() }),
]);
const thing = z.strictObject({
  kind: z.string(),
  name,
  parent: z.strictObject({ kind: z.string(), name }).exactOptional(),
  props: z.record(z.string(), value),
});
const snapshotSchema = z.strictObject({
  format: z.literal(1),
  client: z.string(),
  environment: z.string(),
  takenAt: z.iso.datetime(),
  sections: z.array(
    z.strictObject({
      source: z.string(),
      collector: z.string(),
      collectorVersion: z.int(),
      subject: z.string(),
      things: z.array(thing),
      blind: z.array(z.strictObject({ kind: z.string().exactOptional(), name, why: z.string() })),
    }),
  ),
  keyMark: z.string().exactOptional(),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/u),
});

/** The text of a snapshot, piece by piece: one JSON document with a thing a line. */
export function* snapshotText(snapshot: Snapshot): Generator<string> {
  const { format, client, environment, takenAt, keyMark, fingerprint, sections } = snapshot;
  const head = JSON.stringify({ format, client, environment, takenAt, keyMark, fingerprint });
  yield `${head.slice(0, -1)},\n"sections":`;
  yield* canonicalText(sections);
  yield '}\n';
}

const again = 'Take the snapshot again with `slipway snapshot`, or copy the file again.';

/** Reads the text of a snapshot; `from` says where it came from. Refuses what is no snapshot, of another format, or damaged. */
export function parseSnapshot(text: string, from: string): Snapshot {
  const read = parsed(text, from);
  const format = z.object({ format: z.unknown() }).safeParse(read).data?.format;
  if (typeof format === 'number' && format !== 1) {
    const sentence = `${from} is a snapshot of format ${format}, and this Slipway reads format 1. Take it again with this version, or update Slipway.`;
    throw new Refusal('unreadable', sentence);
  }
  const { success, error } = snapshotSchema.safeParse(read);
  if (!success) {
    const [issue] = error.issues;
    const where = issue === undefined ? '' : ` (${issue.path.join('.') || 'the whole'}: ${issue.message})`;
    throw new Refusal('unreadable', `${from} is not a snapshot of Slipway${where}. ${again}`);
  }
  // What was read, not the schema's copy of it: that one has lost properties with names such as __proto__.
  const snapshot = read as Snapshot;
  if (fingerprintOf(snapshot.sections) === snapshot.fingerprint) return snapshot;
  throw new Refusal(
    'unreadable',
    `${from} is damaged: its content does not fit its own fingerprint. ${again}`,
  );
}

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('unreadable', `${from} is not JSON, or ends too early. ${again}`);
  }
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
/** The longest text that Node.js can hold is not much longer. */
const longest = 500 * 2 ** 20;

/** Reads a snapshot file, compressed or not, whatever its name. Refuses with what to do. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal('not-found', `${path} cannot be read (${error.code ?? error.message}).`);
  });
  if (!isGzip(bytes)) return parseSnapshot(bytes.toString('utf8'), path);
  const text = await promisify(gunzip)(bytes, { maxOutputLength: longest }).catch(() => {
    throw new Refusal('unreadable', `${path} is damaged: it cannot be decompressed. ${again}`);
  });
  return parseSnapshot(text.toString('utf8'), path);
}

/** Writes a snapshot file, compressed when its name ends in `.gz`; whole or not at all, and for its owner's eyes only. */
export async function writeSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  const half = `${path}.${randomUUID()}.part`;
  const text = Readable.from(inLargePieces(snapshotText(snapshot)));
  const file = createWriteStream(half, { mode: 0o600, flags: 'wx' });
  try {
    await (path.endsWith('.gz') ? pipeline(text, createGzip(), file) : pipeline(text, file));
    await rename(half, path);
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  }
}

function* inLargePieces(pieces: Iterable<string>): Generator<string> {
  let joined = '';
  for (const piece of pieces) {
    joined += piece;
    if (joined.length < 65_536) continue;
    yield joined;
    joined = '';
  }
  yield joined;
}
