import { z } from 'zod';
import { inOrder } from '../canonical.js';
import type { Section } from '../snapshot.js';
import type { Collector, CollectorTools } from './collector.js';
import { type Cache, noCache, openCache } from './files/cache.js';
import { gatherHere, rootOf } from './files/here.js';
import { ignoring } from './files/ignored.js';
import { ownersHere } from './files/owners.js';
import { type Gathering, gathering } from './files/things.js';
import type { Tally } from './files/walk.js';
import { connect } from './sftp/connection.js';
import { farSideOf } from './sftp/far-side.js';
import { gatherFetched, gatherThere } from './sftp/files.js';
import { sftpServer } from './sftp.js';

/** A folder whose files are compared, in slipway.yaml. */
export const filesSource = z.strictObject({
  folder: z.string().min(1),
  /** Where the folder is; this machine when absent. */
  sftp: sftpServer.optional(),
  /** Left out: `*.log` and `node_modules` at any depth; with a slash, such as `cache/*`, from the folder. */
  ignore: z.array(z.string().min(1)).default([]),
  /** Whether libraries (dll, exe, jar) are asked which version they are. */
  versions: z.boolean().default(true),
});
export type FilesSource = z.output<typeof filesSource>;

/** Raised when files are told of differently. */
const version = 1;

interface Request {
  readonly name: string;
  readonly source: FilesSource;
  readonly tools: CollectorTools;
  readonly threads: number;
}

/** What is remembered of a place; forgotten again when the work fails. */
async function remembering(place: string, tools: CollectorTools, work: (cache: Cache) => Promise<void>) {
  const { cacheFolder, rehash = false } = tools;
  const cache = cacheFolder === undefined ? noCache : openCache(cacheFolder, place, rehash);
  try {
    await work(cache);
    cache.keep();
  } catch (error) {
    cache.drop();
    throw error;
  }
}

async function gatherOver({ name, source, tools }: Request, found: Gathering, tally: Tally): Promise<void> {
  const { sftp: server, folder, ignore, versions } = source;
  if (server === undefined) return;
  const connection = await connect(name, server, tools.signal);
  const walk = { connection, folder, isIgnored: ignoring(ignore), versions, found, tally };
  try {
    const far = await farSideOf(name, connection, folder);
    // SFTP tells a file's time to the second, and it can be set by hand: too little to know a file again by.
    if (far === undefined) return await gatherFetched({ ...walk, cache: noCache }, name);
    const place = `sftp ${server.user}@${server.host}:${server.port} ${folder}`;
    await remembering(place, tools, (cache) => gatherThere({ ...walk, cache }, far));
  } finally {
    connection.end();
  }
}

async function gather(request: Request, found: Gathering, tally: Tally): Promise<void> {
  const { name, source, tools, threads } = request;
  const { folder, sftp, ignore, versions } = source;
  if (sftp !== undefined) return gatherOver(request, found, tally);
  const { signal } = tools;
  await remembering(`folder ${rootOf(name, folder).path}`, tools, (cache) =>
    gatherHere(name, folder, { ignore, versions, threads, cache, found, tally, signal }),
  );
}

async function collect(request: Request): Promise<Section> {
  const { name, source, tools } = request;
  const found = gathering(ownersHere());
  const tally: Tally = { files: 0, read: 0 };
  const report = (): void =>
    tools.progress(`${tally.files} files, ${Math.round(tally.read / 2 ** 20)} MB read`);
  const reports = setInterval(report, 500);
  try {
    await gather(request, found, tally);
  } finally {
    clearInterval(reports);
    tools.signal.throwIfAborted();
  }
  return {
    ...{ source: name, collector: 'files', collectorVersion: version },
    subject:
      source.sftp === undefined
        ? `folder ${source.folder}`
        : `folder ${source.folder} on ${source.sftp.host}`,
    things: found.things.sort(inOrder),
    blind: found.blind.sort(inOrder),
  };
}

/**
 * Looks at a folder's files: `file`, `folder`, `symlink`, `fifo`, `socket` and `device`, by path. On this machine by so many
 * threads.
 */
export function filesCollector(threads = 2): Collector<FilesSource> {
  return {
    name: 'files',
    version,
    collect: (name, source, tools) => collect({ name, source, tools, threads }),
  };
}
