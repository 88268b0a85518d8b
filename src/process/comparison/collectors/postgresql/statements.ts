import type { Stated, StatementFor } from '../../differences.js';
import { columnStatement } from './statements.columns.js';
import { constraintStatement, indexStatement } from './statements.constraints.js';
import { foreignStatement, publicationStatement } from './statements.foreign.js';
import { defaultPrivilegesStatement, grantStatement } from './statements.grants.js';
import {
  inheritedColumnStatement,
  inheritedTriggerStatement,
  viewColumnStatement,
} from './statements.inherited.js';
import { otherStatement } from './statements.others.js';
import { sequenceStatement, tableStatement, viewStatement } from './statements.tables.js';

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
  'default privileges': defaultPrivilegesStatement,
  'inherited column': inheritedColumnStatement,
  'view column': viewColumnStatement,
  'inherited trigger': inheritedTriggerStatement,
  'foreign data wrapper': foreignStatement,
  'foreign server': foreignStatement,
  'foreign table': foreignStatement,
  'user mapping': foreignStatement,
  publication: publicationStatement,
};

/**
 * Suggests the PostgreSQL statements that bring production to staging's form, for a person to read and run. Undefined where no
 * statement can: rows, roles, and what only a person can decide.
 */
export const statementFor: StatementFor = (difference) =>
  (byKind[difference.kind] ?? otherStatement)(difference);
