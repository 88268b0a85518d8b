#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { startServer } from './server.js';
import { engineVersion } from './version.js';

/**
 * The in-process engine as a program that takes mongod's arguments, so that mongodb-memory-server can start it unchanged.
 * Data is kept only with `--storageEngine wiredTiger`; any other engine is memory.
 */
const { values } = parseArgs({
  strict: false,
  options: {
    version: { type: 'boolean' },
    port: { type: 'string' },
    dbpath: { type: 'string' },
    bind_ip: { type: 'string' },
    noauth: { type: 'boolean' },
    storageEngine: { type: 'string' },
    setParameter: { type: 'string', multiple: true },
  },
});

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function parameter(name: string): number | undefined {
  const given = Array.isArray(values.setParameter) ? values.setParameter : [];
  const found = given.map(String).find((item) => item.startsWith(`${name}=`));
  return found === undefined ? undefined : Number(found.slice(name.length + 1));
}

async function main(): Promise<void> {
  const log = (line: string): void => console.log(line);
  const server = await startServer({
    host: text(values.bind_ip)?.split(',')[0] ?? '127.0.0.1',
    port: Number(text(values.port) ?? 27017),
    directory: text(values.storageEngine) === 'wiredTiger' ? text(values.dbpath) : undefined,
    version: engineVersion,
    ttlSeconds: parameter('ttlMonitorSleepSecs') ?? 60,
    log,
  });
  log(`in-process engine, waiting for connections on port ${server.port}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop().then(() => process.exit(0)));
  }
}

if (values.version === true) console.log(`db version v${engineVersion}`);
else {
  main().catch((error: unknown) => {
    console.error(`exception in initAndListen: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}
