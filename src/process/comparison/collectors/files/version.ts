import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ZipFile } from 'yauzl';
import type { ByteName } from './names.js';

/** Libraries that are larger are told apart by their content only: they would have to be held in memory as a whole. */
const largestBinary = 32 * 2 ** 20;
const largestManifest = 2 ** 20;

const binary = /\.(?:dll|exe|ocx|sys)$/iu;
const archive = /\.(?:jar|war|ear)$/iu;

/** Whether a file of this name may say of itself which version it is. */
export function mayTellVersion(name: ByteName): boolean {
  return binary.test(name) || archive.test(name);
}

/** The four numbers of a Windows version resource, from their two halves. */
function dotted(upper: number, lower: number): string {
  return [upper >>> 16, upper & 0xffff, lower >>> 16, lower & 0xffff].join('.');
}

async function binaryVersion(content: Buffer): Promise<string | undefined> {
  const [{ NtExecutable, NtExecutableResource }, { Resource }] = await Promise.all([
    import('pe-library'),
    import('resedit'),
  ]);
  const resources = NtExecutableResource.from(NtExecutable.from(content, { ignoreCert: true }));
  const [found] = Resource.VersionInfo.fromEntries(resources.entries);
  if (found === undefined) return undefined;
  const [language] = found.getAllLanguagesForStringValues();
  const told = language && found.getStringValues(language)['FileVersion']?.trim();
  return told || dotted(found.fixedInfo.fileVersionMS, found.fixedInfo.fileVersionLS);
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

async function archiveVersion(zip: ZipFile): Promise<string | undefined> {
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== 'META-INF/MANIFEST.MF' || entry.uncompressedSize > largestManifest) continue;
      return manifestVersion(await textOf(await zip.openReadStreamPromise(entry)));
    }
    return undefined;
  } finally {
    zip.close();
  }
}

/** Gives undefined for a file that is only named like a library: its content is compared all the same. */
async function ifWellFormed(read: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

/** The version that a library of this name says of itself; undefined when it says none or is no such library. */
export function versionIn(name: ByteName, content: Buffer): Promise<string | undefined> {
  return ifWellFormed(async () => {
    if (binary.test(name)) return content.length > largestBinary ? undefined : await binaryVersion(content);
    const { fromBufferPromise } = await import('yauzl');
    return await archiveVersion(await fromBufferPromise(content));
  });
}

/** The same of a file on this machine; of an archive only its list of contents and its manifest are read. */
export function versionOfFile(name: ByteName, path: string | Buffer): Promise<string | undefined> {
  return ifWellFormed(async () => {
    if (binary.test(name)) {
      return statSync(path).size > largestBinary ? undefined : await binaryVersion(readFileSync(path));
    }
    const { fromFdPromise } = await import('yauzl');
    const descriptor = openSync(path, 'r');
    // The archive closes what it was given; what is no archive does not.
    const zip = await fromFdPromise(descriptor).catch((error) => {
      closeSync(descriptor);
      throw error;
    });
    return await archiveVersion(zip);
  });
}
