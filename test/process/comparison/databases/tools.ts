import type { CollectorTools } from '../../../../src/process/comparison/collectors/collector.js';
import { mariadbSource } from '../../../../src/process/comparison/collectors/mariadb/source.js';
import { mariadbCollector } from '../../../../src/process/comparison/collectors/mariadb.js';
import { postgresqlSource } from '../../../../src/process/comparison/collectors/postgresql/source.js';
import { postgresqlCollector } from '../../../../src/process/comparison/collectors/postgresql.js';
import { compare, type Statements } from '../../../../src/process/comparison/compare.js';
import type { Difference } from '../../../../src/process/comparison/differences.js';
import type { Section, Snapshot } from '../../../../src/process/comparison/snapshot.js';

/** What a collector is given in tests. Whatever is called a password or token is a secret. */
export function someTools(more: Partial<CollectorTools> = {}): CollectorTools {
  return {
    signal: new AbortController().signal,
    progress: () => undefined,
    secretKey: 'key of the tests',
    isSecret: (name) => /password|token/iu.test(name),
    ...more,
  };
}

/** What PostgreSQL at this address looks like. */
export const ofPostgresql = (url: string, more: object = {}): Promise<Section> =>
  postgresqlCollector.collect('shop', postgresqlSource.parse({ url, ...more }), someTools());

/** What a database of a MariaDB server looks like, as root or as whom `more` names. */
export const ofMariadb = (port: number, database: string, more: object = {}): Promise<Section> =>
  mariadbCollector.collect(
    'shop',
    mariadbSource.parse({
      host: '127.0.0.1',
      port,
      database,
      user: 'root',
      password: { env: 'TEST_DB_PASSWORD' },
      ...more,
    }),
    someTools(),
  );

const snapshotOf = (environment: string, section: Section): Snapshot => ({
  format: 1,
  client: 'acme',
  environment,
  takenAt: '2026-03-02T14:02:00.000Z',
  sections: [section],
  fingerprint: '',
});

/** What differs from production to staging. */
export function differencesOf(
  production: Section,
  staging: Section,
  statements: Statements = {},
): readonly Difference[] {
  return compare(snapshotOf('production', production), snapshotOf('staging', staging), [], statements)
    .differences;
}

/** `added column public.invoice.total`, sorted. */
export const told = (differences: readonly Difference[]): string[] =>
  differences.map(({ what, kind, name }) => `${what} ${kind} ${name.join('.')}`).sort();

/** The things of a kind, their names joined by dots. */
export const namesOf = ({ things }: Section, kind: string): string[] =>
  things.filter((thing) => thing.kind === kind).map(({ name }) => name.join('.'));
