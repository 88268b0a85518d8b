import { PGlite } from '@electric-sql/pglite';
import { btree_gist as gistOfScalars } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { hstore } from '@electric-sql/pglite/contrib/hstore';
import { pg_trgm as trigrams } from '@electric-sql/pglite/contrib/pg_trgm';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import pg from 'pg';
import { freePort, programOf, startPostgresServer } from './database-servers.mjs';

/** A PostgreSQL that a test may do anything to. */
export interface Postgres {
  readonly engine: 'server' | 'PGlite';
  /** Makes an empty database and gives the address of its owner, `postgres`. */
  database(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** PGlite stands in where no server is installed, or where it is asked for by SLIPWAY_TEST_PGLITE. */
export const postgresIsInstalled =
  programOf('initdb') !== undefined && process.env['SLIPWAY_TEST_PGLITE'] === undefined;
export const withoutPostgres = 'needs a PostgreSQL server (apt-get install postgresql)';

/** Runs statements in a database, as its owner or as whom the address names. */
export async function runs(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Starts a server of its own on loopback, or PGlite behind real connections where none is installed. */
export async function startPostgres(): Promise<Postgres> {
  const server = postgresIsInstalled ? await startPostgresServer() : undefined;
  if (server === undefined) return pglite();
  return {
    engine: 'server',
    database: async (name) => {
      await runs(server.url('postgres'), `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      return server.url(name);
    },
    stop: server.stop,
  };
}

// Each holds some hundred megabytes; no test looks at more at once.
const mostOpen = 4;

/** One PGlite a database, each behind a socket of its own. The oldest are closed: they are what earlier tests left. */
function pglite(): Postgres {
  const open: (() => Promise<void>)[] = [];
  const extensions = { btree_gist: gistOfScalars, citext, hstore, pg_trgm: trigrams };
  // To copy an empty one takes half the time of making it.
  let empty: Awaited<ReturnType<PGlite['dumpDataDir']>> | undefined;
  const made = async (): Promise<PGlite> => {
    if (empty !== undefined) return PGlite.create({ extensions, loadDataDir: empty });
    const first = await PGlite.create({ extensions });
    empty = await first.dumpDataDir('none');
    return first;
  };
  return {
    engine: 'PGlite',
    database: async () => {
      while (open.length >= mostOpen) await open.shift()?.();
      const db = await made();
      const port = await freePort();
      const server = new PGLiteSocketServer({ db, port, host: '127.0.0.1', maxConnections: 4 });
      open.push(async () => {
        await server.stop();
        await db.close();
      });
      await server.start();
      return `postgresql://postgres@127.0.0.1:${port}/postgres`;
    },
    stop: async () => {
      for (const close of open.splice(0)) await close();
    },
  };
}
