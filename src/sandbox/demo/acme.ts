import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Databases, startDatabases } from './databases.js';
import { writeScripts } from './scripts.js';
import { makeSites } from './sites.js';

/** Acme's two environments: folders with a small web site each, served on loopback. */
export interface Acme {
  readonly folder: string;
  readonly stagingUrl: string;
  readonly productionUrl: string;
  /** A database each, where that was asked for. */
  readonly databases?: Databases;
  stop(): Promise<void>;
}

export interface AcmeOptions {
  readonly folder: string;
  /** Production answers 500 once the new version is in place, until it is rolled back. */
  readonly failVerification?: boolean;
  /** How long each step of the deployment script takes, in seconds. */
  readonly stepSeconds?: number;
  /** Each environment has a database and parameters as well: something to compare. */
  readonly withDatabases?: boolean;
}

/** Makes Acme's folders where they are missing, starts its databases, and serves both sites. */
export async function startAcme({
  folder,
  failVerification = false,
  stepSeconds = 1,
  withDatabases = false,
}: AcmeOptions): Promise<Acme> {
  if ((await stat(join(folder, 'staging')).catch(() => undefined)) === undefined)
    await makeSites(folder, withDatabases);
  const databases = withDatabases ? await startDatabases(join(folder, 'databases')) : undefined;
  await writeScripts(folder, { stepSeconds, database: databases?.production });
  const broken = async (): Promise<boolean> =>
    failVerification && (await read(folder, 'production', 'version.txt')).trim() === '4.2';
  const staging = await serve(folder, 'staging', async () => false);
  const production = await serve(folder, 'production', broken);
  return {
    folder,
    stagingUrl: addressOf(staging),
    productionUrl: addressOf(production),
    ...(databases && { databases }),
    stop: async () => {
      for (const server of [staging, production]) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
      await databases?.stop();
    },
  };
}

const read = (folder: string, site: string, file: string): Promise<string> =>
  readFile(join(folder, site, file), 'utf8').catch(() => '');

async function serve(folder: string, site: string, broken: () => Promise<boolean>): Promise<Server> {
  const server = createServer(async (_request, response) => {
    const failing = await broken();
    response.writeHead(failing ? 500 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(failing ? 'The invoices cannot be shown.' : await read(folder, site, 'index.html'));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
