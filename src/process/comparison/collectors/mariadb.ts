import { inOrder } from '../canonical.js';
import type { Section } from '../snapshot.js';
import type { Collector, CollectorTools } from './collector.js';
import { reachedBy } from './databases/connection.js';
import { secretsOf } from './databases/credentials.js';
import { hideSecrets, type Notes } from './databases/notes.js';
import { type Catalogue, catalogueOf } from './mariadb/catalogue.js';
import { askColumns } from './mariadb/columns.js';
import { askGrants } from './mariadb/grants.js';
import { askChecks, askForeignKeys, askIndexes } from './mariadb/keys.js';
import { askPeople } from './mariadb/people.js';
import { askEvents, askRoutines, askTriggers, askViews } from './mariadb/programs.js';
import { askRows } from './mariadb/rows.js';
import { within } from './mariadb/session.js';
import { blindIn, sightOf } from './mariadb/sight.js';
import type { MariadbSource } from './mariadb/source.js';
import { askByTable, askDatabase } from './mariadb/tables.js';

const version = 2;

/**
 * Looks at the structure of a MariaDB or MySQL database by a fixed number of questions, and at its reference data. What the user
 * may not see the server leaves out in silence; it is told as blind by the user's own privileges.
 */
export const mariadbCollector: Collector<MariadbSource> = {
  name: 'mariadb',
  version,
  collect: async (name, source, tools): Promise<Section> => {
    const secrets = secretsOf(name);
    const { signal } = tools;
    const reached = reachedBy(name, source, 3306, secrets);
    const circumstances = { source: name, timeLimit: source.timeLimit, signal, secrets };
    const notes: Notes = { things: [], blind: [] };
    const subject = await within(reached, circumstances, async (session) => {
      const sight = await sightOf(session);
      notes.blind.push(...blindIn(sight));
      const catalogue = catalogueOf(session, notes, sight);
      await askStructure(catalogue, tools);
      for (const reference of source.reference) {
        tools.progress(`rows of ${reference.table}`);
        await askRows(catalogue, reference, tools);
      }
      return session.server.subject;
    });
    return {
      source: name,
      collector: 'mariadb',
      collectorVersion: version,
      subject,
      things: hideSecrets(notes.things.sort(inOrder), secrets.held(), tools.secretKey),
      blind: notes.blind,
    };
  },
};

/** The order matters: what belongs to a table is asked after it, and a column's checks before the column. */
async function askStructure(catalogue: Catalogue, { progress }: CollectorTools): Promise<void> {
  progress('looks at tables and columns');
  await askDatabase(catalogue);
  await askByTable(catalogue, [askChecks, askColumns, askIndexes, askForeignKeys]);
  progress('looks at views, routines and grants');
  await askViews(catalogue);
  await askRoutines(catalogue);
  await askTriggers(catalogue);
  await askEvents(catalogue);
  await askPeople(catalogue);
  await askGrants(catalogue);
}
