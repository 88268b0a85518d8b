import { inOrder } from '../canonical.js';
import type { Section } from '../snapshot.js';
import type { Collector, CollectorTools } from './collector.js';
import { reachedBy } from './databases/connection.js';
import { couldNotLook, secretsOf } from './databases/credentials.js';
import { hideSecrets, type Notes } from './databases/notes.js';
import { type Catalogue, catalogueOf } from './postgresql/catalogue.js';
import * as cluster from './postgresql/cluster.js';
import { columns } from './postgresql/columns.js';
import { constraints, indexes, unenforcedKeys } from './postgresql/constraints.js';
import { foreign, publications, subscriptions } from './postgresql/foreign.js';
import { operatorClasses, operators } from './postgresql/operators.js';
import { others, textSearch, widerGrants } from './postgresql/others.js';
import * as programs from './postgresql/programs.js';
import { relations } from './postgresql/relations.js';
import { askRows } from './postgresql/rows.js';
import { sequences } from './postgresql/sequences.js';
import { question, type Session, within } from './postgresql/session.js';
import type { PostgresqlSource } from './postgresql/source.js';
import { types } from './postgresql/types.js';

const oldest = 13;
const version = 2;

/** Looks at the structure of a PostgreSQL database by a fixed number of catalogue queries, and at its reference data. */
export const postgresqlCollector: Collector<PostgresqlSource> = {
  name: 'postgresql',
  version,
  collect: async (name, source, tools): Promise<Section> => {
    const secrets = secretsOf(name);
    const notes: Notes = { things: [], blind: [] };
    const { signal } = tools;
    const circumstances = { source: name, timeLimit: source.timeLimit, signal, secrets, blind: notes.blind };
    const reached = reachedBy(name, source, 5432, secrets);
    const subject = await within(reached, circumstances, async (session) => {
      const { text, number } = await versionOf(session);
      if (number < oldest)
        throw couldNotLook(
          name,
          `PostgreSQL ${text} is too old to be looked at; ${oldest} or newer is needed.`,
        );
      const catalogue = catalogueOf(session, notes, number, tools);
      await askStructure(catalogue, source, tools);
      for (const reference of source.reference) {
        tools.progress(`rows of ${reference.table.join('.')}`);
        await askRows(catalogue, reference, tools);
      }
      return `PostgreSQL ${text}`;
    });
    return {
      source: name,
      collector: 'postgresql',
      collectorVersion: version,
      subject,
      things: hideSecrets(notes.things.sort(inOrder), secrets.held(), tools.secretKey),
      blind: notes.blind,
    };
  },
};

async function versionOf(session: Session): Promise<{ text: string; number: number }> {
  let version = { text: '', number: 0 };
  await session.ask(
    question<[text: string, number: string]>({
      kinds: [],
      sql: `select current_setting('server_version'), current_setting('server_version_num')`,
      row: ([text, number]) => {
        version = { text: text.replace(/ .*/u, ''), number: Math.floor(Number(number) / 10_000) };
      },
    }),
  );
  return version;
}

async function askStructure(
  catalogue: Catalogue,
  source: PostgresqlSource,
  tools: CollectorTools,
): Promise<void> {
  tools.progress('looks at the structure');
  const { session } = catalogue;
  await session.ask(
    cluster.database(catalogue),
    cluster.schemas(catalogue, source.schemas),
    cluster.extensions(catalogue),
    cluster.roles(catalogue),
    cluster.settings(catalogue, tools),
    cluster.defaultPrivileges(catalogue),
  );
  // The order matters: what belongs to something comes after it.
  await session.ask(
    relations(catalogue),
    types(catalogue),
    sequences(catalogue),
    columns(catalogue),
    unenforcedKeys(catalogue),
    constraints(catalogue),
    indexes(catalogue),
    programs.routines(catalogue),
    programs.triggers(catalogue),
    programs.rules(catalogue),
    programs.policies(catalogue),
    others(catalogue),
    textSearch(catalogue),
    operators(catalogue),
    operatorClasses(catalogue),
    foreign(catalogue),
    publications(catalogue),
    subscriptions(catalogue),
    widerGrants(catalogue),
  );
}
