import { statementFor as forMariadb } from './collectors/mariadb/statements.js';
import { statementFor as forPostgresql } from './collectors/postgresql/statements.js';
import type { Statements } from './compare.js';
import type { Along, Stated } from './differences.js';
import { mariadbRenaming, postgresqlRenaming } from './renaming.statements.js';

/** What MariaDB's own statement for a new table says already. */
const inItsTable = new Set(['column', 'primary key', 'unique', 'index', 'check', 'foreign key', 'partition']);

const mariadb = (difference: Stated, along: readonly Along[]): string | undefined =>
  difference.isAlong && inItsTable.has(difference.kind) && difference.parent?.kind === 'table'
    ? undefined
    : forMariadb(difference, along);

/** Who suggests statements for the differences that a collector finds. */
export const statements: Statements = {
  mariadb: Object.assign(mariadb, { renaming: mariadbRenaming }),
  postgresql: Object.assign((difference: Stated) => forPostgresql(difference, []), {
    renaming: postgresqlRenaming,
  }),
};
