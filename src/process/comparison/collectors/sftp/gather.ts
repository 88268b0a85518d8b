import { noCache, remembering } from '../files/cache.js';
import { ignoring } from '../files/ignored.js';
import type { Request } from '../files/request.js';
import { connect } from './connection.js';
import { farSideOf } from './far-side.js';
import { gatherFetched, gatherThere } from './files.js';
import type { SftpServer } from './server.js';

/** Gathers a folder of a server: by what the server can do itself where it allows that, else by fetching every file. */
export async function gatherOver(request: Request, server: SftpServer): Promise<void> {
  const { name, source, tools, found, tally } = request;
  const { folder, ignore, versions } = source;
  const connection = await connect(name, server, tools.signal);
  const walk = { connection, folder, isIgnored: await ignoring(ignore), versions, found, tally };
  try {
    const far = await farSideOf(name, connection, folder);
    // SFTP tells a file's time to the second, and it can be set by hand: too little to know a file again by.
    if (far === undefined) return await gatherFetched({ ...walk, cache: noCache }, name);
    const place = `sftp ${server.user}@${server.host}:${server.port} ${folder}${versions ? '' : ' without versions'}`;
    await remembering(place, tools, (cache) => gatherThere({ ...walk, cache }, far));
  } finally {
    connection.end();
  }
}
