import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

export interface DatabaseSettings {
  /** Where it is kept; made when it is missing. */
  readonly folder: string;
  /** SQL that is run before anybody can connect. */
  readonly statements: string;
}

// Opens one database, listens on loopback and says on which port, until it is told to stop.
const { folder, statements } = workerData as DatabaseSettings;
const db = await PGlite.create({ dataDir: folder });
await db.exec(statements);
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: 0, maxConnections: 8 });
await server.start();
parentPort?.once('message', async () => {
  await server.stop();
  await db.close();
  process.exit();
});
parentPort?.postMessage(Number(server.getServerConn().split(':').at(-1)));
