import type { Stated, StatementFor } from '../../differences.js';
import { grantStatement } from './statements.grants.js';
import { otherStatement } from './statements.others.js';
import {
  columnStatement,
  constraintStatement,
  indexStatement,
  sequenceStatement,
  tableStatement,
  viewStatement,
} from './statements.tables.js';

const byKind: Readonly<Record<string, (difference: Stated) => string | undefined>> = {
  table: tableStatement,
  column: columnStatement,
  'primary key': constraintStatement,
  unique: constraintStatement,
  check: constraintStatement,
  exclusion: constraintStatement,
  'foreign key': constraintStatement,
  index: indexStatement,
  sequence: sequenceStatement,
  view: viewStatement,
  'materialised view': viewStatement,
  grant: grantStatement,
};

/**
 * Suggests the PostgreSQL statements that bring production to staging's form, for a person to read and run. Undefined where no
 * statement can: rows, roles, and what only a person can decide.
 */
export const statementFor: StatementFor = (difference) =>
  (byKind[difference.kind] ?? otherStatement)(difference);
