import { type MariadbServer, programOf, startMariadbServer } from './database-servers.mjs';

export const mariadbIsInstalled = programOf('mariadbd') !== undefined;
export const withoutMariadb = 'needs a MariaDB server (apt-get install mariadb-server)';

/** The password of `root` on the servers that tests start. */
export const mariadbPassword = 'correct horse battery';

/** Starts a server of its own on loopback. */
export async function startMariadb(): Promise<MariadbServer> {
  const server = await startMariadbServer(mariadbPassword);
  if (server === undefined) throw new Error(withoutMariadb);
  return server;
}
