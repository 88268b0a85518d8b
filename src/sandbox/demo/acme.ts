import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Acme's two environments: folders with a small web site each, served on loopback. */
export interface Acme {
  readonly folder: string;
  readonly stagingUrl: string;
  readonly productionUrl: string;
  stop(): Promise<void>;
}

export interface AcmeOptions {
  readonly folder: string;
  /** Production answers 500 once the new version is in place, until it is rolled back. */
  readonly failVerification?: boolean;
  /** How long each step of the deployment script takes, in seconds. */
  readonly stepSeconds?: number;
}

const page = (version: string, words: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Acme invoices ${version}</title>
<h1>Acme invoices</h1><p>${words}</p><footer>Version ${version}</footer></html>
`;

const deployScript = `#!/bin/sh
# Brings staging's site to production. A line [n/m] tells Slipway which step begins.
set -eu
cd "$(dirname "$0")"
echo "[1/4] check what staging holds"
test -f staging/version.txt
sleep STEP
echo "staging holds version $(cat staging/version.txt), production $(cat production/version.txt)"
echo "[2/4] keep a copy of production"
rm -rf production.before && cp -R production production.before
sleep STEP
echo "[3/4] copy the site"
cp -R staging/. production/
sleep STEP
echo "[4/4] note the release"
echo "$SLIPWAY_RELEASE attempt $SLIPWAY_ATTEMPT" >> deployments.log
echo "production holds version $(cat production/version.txt)"
`;

const rollBackScript = `#!/bin/sh
set -eu
cd "$(dirname "$0")"
echo "[1/2] look for the copy of production"
test -d production.before
echo "[2/2] put it back"
cp -R production.before/. production/
echo "rolled back $SLIPWAY_RELEASE" >> deployments.log
echo "production holds version $(cat production/version.txt)"
`;

/** Makes Acme's folders where they are missing, and serves both sites. */
export async function startAcme({
  folder,
  failVerification = false,
  stepSeconds = 1,
}: AcmeOptions): Promise<Acme> {
  if ((await stat(join(folder, 'staging')).catch(() => undefined)) === undefined)
    await makeFolders(folder, stepSeconds);
  const broken = async (): Promise<boolean> =>
    failVerification && (await read(folder, 'production', 'version.txt')).trim() === '4.2';
  const staging = await serve(folder, 'staging', async () => false);
  const production = await serve(folder, 'production', broken);
  return {
    folder,
    stagingUrl: addressOf(staging),
    productionUrl: addressOf(production),
    stop: async () => {
      for (const server of [staging, production]) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}

async function makeFolders(folder: string, stepSeconds: number): Promise<void> {
  const sites = [
    ['production', '4.1', 'Invoice totals leave discounts out.'],
    ['staging', '4.2', 'Invoice totals include discounts.'],
  ] as const;
  for (const [name, version, words] of sites) {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'index.html'), page(version, words));
    await writeFile(join(folder, name, 'version.txt'), `${version}\n`);
  }
  await writeFile(join(folder, 'deploy.sh'), deployScript.replaceAll('STEP', String(stepSeconds)), {
    mode: 0o755,
  });
  await writeFile(join(folder, 'roll-back.sh'), rollBackScript, { mode: 0o755 });
  await cp(join(folder, 'production'), join(folder, 'production.before'), { recursive: true });
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
