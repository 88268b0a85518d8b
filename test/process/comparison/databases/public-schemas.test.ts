import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Section } from '../../../../src/process/comparison/snapshot.js';
import type { MariadbServer } from '../../../support/database-servers.mjs';
import {
  mariadbIsInstalled,
  mariadbPassword,
  startMariadb,
  withoutMariadb,
} from '../../../support/mariadb.js';
import { type Postgres, runs, startPostgres } from '../../../support/postgres.js';
import {
  icingaMariadb,
  icingaPostgresql,
  keaMariadb,
  keaPostgresql,
  lacking,
  type PublicSchema,
} from './public-schemas.js';
import { differencesOf, ofMariadb, ofPostgresql, told } from './tools.js';

// Schemas that other people wrote, changed in every way that a release changes one.
const wanted = ({ ways }: PublicSchema): string[] =>
  ways.flatMap(([, difference]) => difference.split('; ')).sort();
const sql = ({ file }: PublicSchema): string => readFileSync(file, 'utf8');

describe('PostgreSQL', () => {
  let server: Postgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  for (const schema of [icingaPostgresql, keaPostgresql]) {
    const why = lacking(schema);
    const name = `the ${schema.ways.length} changes of the schema of ${schema.name} are found, and nothing else`;
    (why === undefined ? test : test.skip)(
      why === undefined ? name : `${name}: ${why}`,
      async () => {
        const sides: Section[] = [];
        for (const side of ['production', 'staging']) {
          const url = await server.database(`${schema.name} ${side}`);
          await runs(
            url,
            `DO $$ BEGIN CREATE ROLE schema_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
          );
          await runs(url, sql(schema));
          if (side === 'staging') for (const [statement] of schema.ways) await runs(url, statement);
          sides.push(await ofPostgresql(url));
        }
        const [production, staging] = sides;
        if (production === undefined || staging === undefined) throw new Error('a side is missing');

        expect(told(differencesOf(production, staging))).toEqual(wanted(schema));
        expect(staging.blind).toEqual([]);
      },
      120_000,
    );
  }
});

(mariadbIsInstalled ? describe : describe.skip)(
  mariadbIsInstalled ? 'MariaDB' : `MariaDB: ${withoutMariadb}`,
  () => {
    let server: MariadbServer;
    beforeAll(async () => {
      process.env['TEST_DB_PASSWORD'] = mariadbPassword;
      server = await startMariadb();
    });
    afterAll(() => server.stop());

    for (const schema of [icingaMariadb, keaMariadb]) {
      const why = lacking(schema);
      const name = `the ${schema.ways.length} changes of the schema of ${schema.name} are found, and nothing else`;
      (why === undefined ? test : test.skip)(
        why === undefined ? name : `${name}: ${why}`,
        async () => {
          const [production, staging] = [`${schema.file.length}_production`, `${schema.file.length}_staging`];
          server.run(
            `CREATE DATABASE \`${production}\`; CREATE DATABASE \`${staging}\`; CREATE USER IF NOT EXISTS schema_reader@localhost`,
          );
          for (const side of [production, staging]) server.run(sql(schema), side);
          server.run(schema.ways.map(([statement]) => `${statement};`).join('\n'), staging);
          const [before, after] = [
            await ofMariadb(server.port, production),
            await ofMariadb(server.port, staging),
          ];

          expect(told(differencesOf(before, after))).toEqual(wanted(schema));
          expect(after.blind).toEqual([]);
        },
        120_000,
      );
    }
  },
);
