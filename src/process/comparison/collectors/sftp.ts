import type { Place } from './files/place.js';
import { connect } from './sftp/connection.js';
import { findOver } from './sftp/find.js';
import type { SftpServer } from './sftp/server.js';

/** A folder of a server. It is left open until it is closed. */
export async function sftpPlace(
  source: string,
  server: SftpServer,
  folder: string,
  signal: AbortSignal,
): Promise<Place> {
  const connection = await connect(source, server, signal);
  return {
    subject: `folder ${folder} on ${server.host}`,
    find: (matches, mayHold) => findOver(connection, folder, matches, mayHold),
    close: async () => connection.end(),
  };
}
