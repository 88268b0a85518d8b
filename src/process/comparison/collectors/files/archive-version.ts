import { Readable } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { Binary } from './binary.js';

const largestManifest = 2 ** 20;
/** A manifest stands at the beginning; an archive may have a million entries. */
const mostEntries = 10_000;
const pieceBytes = 64 * 1024;

class Reader extends RandomAccessReader {
  constructor(private readonly file: Binary) {
    super();
  }

  // The list of contents is read in small parts, for which a stream each would be slow.
  override read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null, count?: number) => void,
  ): void {
    const reading = Promise.resolve(this.file.read(position, length));
    reading.then((bytes) => done(null, bytes.copy(into, offset)), done);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end), { objectMode: false });
  }

  private async *pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const piece = await this.file.read(at, Math.min(pieceBytes, end - at));
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }
}

/** What a jar's manifest says, in the order in which people mean it. */
export function manifestVersion(manifest: string): string | undefined {
  const [main = ''] = manifest.replace(/\r\n?/gu, '\n').replace(/\n /gu, '').split('\n\n');
  const attributes = new Map(
    main.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const names = ['implementation-version', 'bundle-version', 'specification-version'];
  return names.map((name) => attributes.get(name)).find((version) => version);
}

async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

async function versionIn(zip: ZipFile): Promise<string | undefined> {
  let seen = 0;
  for await (const entry of zip.eachEntry()) {
    seen += 1;
    if (seen > mostEntries) return undefined;
    if (entry.fileName !== 'META-INF/MANIFEST.MF' || entry.uncompressedSize > largestManifest) continue;
    return manifestVersion(await textOf(await zip.openReadStreamPromise(entry)));
  }
  return undefined;
}

/** The version that a Java archive says of itself. Throws for what is no archive. */
export async function archiveVersion(file: Binary): Promise<string | undefined> {
  const zip = await fromRandomAccessReaderPromise(new Reader(file), file.size);
  try {
    return await versionIn(zip);
  } finally {
    zip.close();
  }
}
