import { execFile } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoMemoryServer } from 'mongodb-memory-server';
import { findDownload } from './download.js';
import { engineVersion } from './version.js';

const run = promisify(execFile);

export interface MongoOptions {
  /** Keeps the data here between runs; without it the data is gone at `stop`. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly log?: (line: string) => void;
}

export interface Mongo {
  readonly uri: string;
  /** Which engine serves, in words for a banner: "mongod 8.0.4 on the PATH". */
  readonly engine: string;
  stop(): Promise<void>;
}

interface Binary {
  readonly path: string;
  readonly version: string;
  readonly engine: string;
}

/**
 * Starts MongoDB for the sandbox and tests. In order: the server of MONGODB_URI; a mongod named by MONGOMS_SYSTEM_BINARY or on the
 * PATH; one that mongodb-memory-server has cached or can download; the in-process engine. SLIPWAY_MONGO=mongod or =in-process
 * forces a choice. Throws with a sentence when the forced or last choice is not there.
 */
export async function startMongo(options: MongoOptions = {}): Promise<Mongo> {
  const forced = process.env.SLIPWAY_MONGO || undefined;
  if (forced !== undefined && forced !== 'mongod' && forced !== 'in-process') {
    throw new Error(`SLIPWAY_MONGO is "${forced}"; it can be mongod or in-process, or be left out.`);
  }
  const uri = process.env.MONGODB_URI;
  if (forced === undefined && uri)
    return { uri, engine: 'the server of MONGODB_URI', stop: async () => undefined };
  const binary = forced === 'in-process' ? undefined : await findMongod(options.log ?? (() => undefined));
  if (binary === undefined && forced === 'mongod') {
    throw new Error(
      'SLIPWAY_MONGO=mongod, but there is no mongod: put one on the PATH or name it in MONGOMS_SYSTEM_BINARY.',
    );
  }
  return launch(binary ?? inProcess(), options);
}

async function launch({ path, version, engine }: Binary, { dataDir, port }: MongoOptions): Promise<Mongo> {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  const server = await startWith(path, {
    binary: { systemBinary: path, version },
    instance: {
      ip: '127.0.0.1',
      launchTimeout: 60_000, // on a machine that is busy with other things, the usual ten seconds are too few
      storageEngine: 'wiredTiger',
      args: ['--setParameter', 'ttlMonitorSleepSecs=1'],
      ...(dataDir === undefined ? {} : { dbPath: dataDir }),
      ...(port === undefined ? {} : { port }),
    },
  });
  return {
    uri: server.getUri('slipway'),
    engine,
    stop: async () => {
      await server.stop({ doCleanup: dataDir === undefined, force: false });
    },
  };
}

/** mongodb-memory-server lets MONGOMS_SYSTEM_BINARY win over its options, so for the start it names the choice made here. */
async function startWith(
  path: string,
  options: Parameters<typeof MongoMemoryServer.create>[0],
): Promise<MongoMemoryServer> {
  const { MONGOMS_SYSTEM_BINARY: before } = process.env;
  process.env.MONGOMS_SYSTEM_BINARY = path;
  try {
    return await MongoMemoryServer.create(options);
  } finally {
    if (before === undefined) delete process.env.MONGOMS_SYSTEM_BINARY;
    else process.env.MONGOMS_SYSTEM_BINARY = before;
  }
}

/** The program that `npm run build` makes of `mongod.ts`, beside this file or, from the sources, in `dist`. */
function inProcess(): Binary {
  const places = ['./mongod.js', '../../../dist/sandbox/mongo/mongod.js'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const path = places.find((place) => existsSync(place));
  if (path === undefined) {
    throw new Error(
      'The in-process MongoDB is not built: run `npm run build` first (`npm test` and `npm run sandbox` do it themselves).',
    );
  }
  if (!isExecutable(path)) chmodSync(path, 0o755);
  return {
    path,
    version: engineVersion,
    engine: `in-process engine (speaks MongoDB ${engineVersion.split('.', 2).join('.')})`,
  };
}

let search: Promise<Binary | undefined> | undefined;

/** Looks for a real mongod once; what was found, or that there is none, is remembered for the process. */
function findMongod(log: (line: string) => void): Promise<Binary | undefined> {
  search ??= lookForMongod(log);
  return search;
}

async function lookForMongod(log: (line: string) => void): Promise<Binary | undefined> {
  const named = process.env.MONGOMS_SYSTEM_BINARY;
  if (named) return describe(named, 'named by MONGOMS_SYSTEM_BINARY');
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'mongod'))
    .find(isExecutable);
  if (onPath !== undefined) return describe(onPath, 'on the PATH');
  const fetched = await findDownload(log);
  return fetched === undefined ? undefined : describe(fetched, 'from mongodb-memory-server');
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

async function describe(path: string, where: string): Promise<Binary> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
    const version = /version v(\S+)/.exec(stdout)?.[1] ?? 'of unknown version';
    return { path, version, engine: `mongod ${version} ${where}` };
  } catch (error) {
    throw new Error(
      `The mongod ${where}, ${path}, does not run: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
