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

/** One PGlite a database, each behind a socket of its own. */
function pglite(): Postgres {
  const open: (() => Promise<void>)[] = [];
  return {
    engine: 'PGlite',
    database: async () => {
      const db = await PGlite.create({
        extensions: { btree_gist: gistOfScalars, citext, hstore, pg_trgm: trigrams },
      });
      const port = await freePort();
      const server = new PGLiteSocketServer({ db, port, host: '127.0.0.1', maxConnections: 4 });
      await server.start();
      open.push(async () => {
        await server.stop();
        await db.close();
      });
      return `postgresql://postgres@127.0.0.1:${port}/postgres`;
    },
    stop: async () => {
      for (const close of open.splice(0)) await close();
    },
  };
}
