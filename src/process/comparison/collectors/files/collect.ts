import { tellAtOnce } from '../../at-once.js';
import { inOrder } from '../../canonical.js';
import type { Section, Thing } from '../../snapshot.js';
import type { Collector } from '../collector.js';
import { remembering } from './cache.js';
import { type Crew, crewOf } from './crew.js';
import { type Gathering, gathering } from './gathering.js';
import { gatherHere, rootOf } from './here.js';
import { ownersHere, ownersThere } from './owners.js';
import type { Request } from './request.js';
import type { FilesSource } from './source.js';

/** Raised when files are told of differently. */
const version = 2;

async function gather(request: Request): Promise<void> {
  const { name, source, tools } = request;
  const { folder, sftp, ignore, versions } = source;
  if (sftp !== undefined) {
    // What speaks SSH is large, and most folders are here.
    const { gatherOver } = await import('../sftp/gather.js');
    return gatherOver(request, sftp);
  }
  const { signal } = tools;
  // Files are remembered with or without their versions.
  const place = `folder ${rootOf(name, folder).path}${versions ? '' : ' without versions'}`;
  await remembering(place, tools, (cache) =>
    gatherHere(name, folder, { ...request, ignore, versions, cache, signal }),
  );
}

async function collect(request: Request): Promise<Section> {
  const { name, source, tools, found, tally } = request;
  const report = (): void =>
    tools.progress(`${tally.files} files, ${Math.round(tally.read / 2 ** 20)} MB read`);
  const reports = setInterval(report, 500);
  try {
    await gather(request);
  } finally {
    clearInterval(reports);
    tools.signal.throwIfAborted();
  }
  const where = source.sftp === undefined ? '' : ` on ${source.sftp.host}`;
  let things: readonly Thing[] | undefined;
  const section: Section = {
    ...{ source: name, collector: 'files', collectorVersion: version },
    subject: `folder ${source.folder}${where}`,
    /** Made when somebody asks for them. */
    get things() {
      things ??= found.things();
      return things;
    },
    blind: found.blind.sort(inOrder),
  };
  gatherings.set(section, found);
  return tellAtOnce(section, {
    count: found.count(),
    unlike: (other) => {
      const there = gatherings.get(other);
      return there && found.unlike(there);
    },
  });
}

const gatherings = new WeakMap<Section, Gathering>();

/**
 * Looks at a folder's files: `file`, `folder`, `symlink`, `fifo`, `socket` and `device`, by path. On this machine by up to so many
 * threads, which all looks of one run share. What is mounted below it belongs to it. Access control lists and other
 * extended attributes are not looked at.
 */
export function filesCollector(threads = 2): Collector<FilesSource> {
  const crews = new WeakMap<object, Crew>();
  const crewFor = (run: object): Crew => {
    const crew = crews.get(run) ?? crewOf(threads);
    crews.set(run, crew);
    return crew;
  };
  return {
    name: 'files',
    version,
    collect: (name, source, tools) =>
      collect({
        ...{ name, source, tools, crew: crewFor(tools.run ?? tools) },
        found: gathering(source.sftp === undefined ? ownersHere() : ownersThere),
        tally: { files: 0, read: 0 },
      }),
  };
}
