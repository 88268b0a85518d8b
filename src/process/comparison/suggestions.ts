import { statementFor as forMariadb } from './collectors/mariadb/statements.js';
import { statementFor as forPostgresql } from './collectors/postgresql/statements.js';
import type { Statements } from './compare.js';

/** Who suggests statements for the differences that a collector finds. */
export const statements: Statements = { mariadb: forMariadb, postgresql: forPostgresql };
