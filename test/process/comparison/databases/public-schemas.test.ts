import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MariadbServer } from '../../../support/database-servers.mjs';
import {
  mariadbIsInstalled,
  mariadbPassword,
  startMariadb,
  withoutMariadb,
} from '../../../support/mariadb.js';
import { type Postgres, runs, startPostgres } from '../../../support/postgres.js';
import { found, lacking, type PublicSchema, textOf, wanted } from './public-schemas.js';
import * as onMariadb from './public-schemas.mariadb.js';
import * as onPostgresql from './public-schemas.postgresql.js';
import { differencesOf, ofMariadb, ofPostgresql } from './tools.js';

// Schemas that other people wrote, changed in every way that a release changes one.
const tested = ({ name, ways }: PublicSchema): string =>
  `the ${ways.length} changes of the schema of ${name} are found, and nothing else`;

/** A test that is skipped, with the reason, where the schema is not there. */
function proves(schema: PublicSchema, act: () => Promise<void>): void {
  const why = lacking(schema);
  if (why === undefined) test(tested(schema), act, 180_000);
  else test.skip(`${tested(schema)}: ${why}`, act);
}

describe('PostgreSQL', () => {
  let server: Postgres | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server?.stop(), 60_000);

  /** A database with the schema in it, and what is done to it. */
  const aDatabase = async (
    schema: PublicSchema,
    side: string,
    statements: readonly string[],
  ): Promise<string> => {
    if (server === undefined) throw new Error('the server was not started');
    const url = await server.database(`${schema.name} ${side}`);
    const role = `DO $$ BEGIN CREATE ROLE schema_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$`;
    for (const statement of [role, textOf(schema), schema.both, ...statements]) await runs(url, statement);
    return url;
  };

  for (const schema of [onPostgresql.icingadb, onPostgresql.keaAdmin])
    proves(schema, async () => {
      const production = await aDatabase(schema, 'production', []);
      const staging = await aDatabase(
        schema,
        'staging',
        schema.ways.map(([statement]) => statement),
      );

      const [before, after] = [await ofPostgresql(production), await ofPostgresql(staging)];

      expect(found(differencesOf(before, after))).toEqual(wanted(schema.ways));
      expect(after.blind).toEqual([]);
    });
});

const withMariadb = mariadbIsInstalled ? describe : describe.skip;

withMariadb(mariadbIsInstalled ? 'MariaDB' : `MariaDB: ${withoutMariadb}`, () => {
  let server: MariadbServer | undefined;
  beforeAll(async () => {
    process.env['TEST_DB_PASSWORD'] = mariadbPassword;
    server = await startMariadb();
  }, 120_000);
  afterAll(() => server?.stop(), 60_000);

  for (const schema of [onMariadb.icingadb, onMariadb.keaAdmin])
    proves(schema, async () => {
      if (server === undefined) throw new Error('the server was not started');
      const [production, staging] = [`${schema.name}_production`, `${schema.name}_staging`];
      server.run('CREATE USER IF NOT EXISTS schema_reader@localhost');
      for (const side of [production, staging]) {
        server.run(`CREATE DATABASE \`${side}\``);
        for (const statements of [textOf(schema), schema.both]) server.run(statements, side);
      }
      server.run(schema.ways.map(([statement]) => `${statement};`).join('\n'), staging);

      const [before, after] = [
        await ofMariadb(server.port, production),
        await ofMariadb(server.port, staging),
      ];

      expect(found(differencesOf(before, after))).toEqual(wanted(schema.ways));
      expect(after.blind).toEqual([]);
    });
});
