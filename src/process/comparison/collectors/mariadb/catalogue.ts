import { interner, type Notes, type Parent, type Props } from '../databases/notes.js';
import type { Server, Session } from './session.js';
import type { Sight } from './sight.js';

/** What the questions share. Names start within the database: its own name is another one in staging. */
export interface Catalogue extends Session {
  readonly notes: Notes;
  readonly sight: Sight;
  /** Tables by their name; views are not among them. */
  readonly tables: Map<string, Parent>;
  readonly views: string[];
  readonly sequences: Map<string, Parent>;
  /** What must hold for a single column, by table and column. */
  readonly columnChecks: Map<string, string>;
  /** Roles by their quoted name. */
  readonly roles: Set<string>;
  readonly intern: <T extends string | null>(text: T) => T;
  note(kind: string, name: readonly string[], props: Props, parent?: Parent): Parent;
  /** The text without the name of this database before the names in it. */
  withoutDatabase(text: string): string;
}

export function catalogueOf(session: Session, notes: Notes, sight: Sight): Catalogue {
  const ownName = `${quoted(session.database)}.`;
  // What stands in a string stays as it is.
  const stringOrName = new RegExp(
    `'(?:[^'\\\\]|\\\\.|'')*'|"(?:[^"\\\\]|\\\\.|"")*"|${ownName.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}`,
    'gsu',
  );
  return {
    ...session,
    notes,
    sight,
    tables: new Map(),
    views: [],
    sequences: new Map(),
    columnChecks: new Map(),
    roles: new Set(),
    intern: interner(),
    note: (kind, name, props, parent) => {
      notes.things.push(parent === undefined ? { kind, name, props } : { kind, name, parent, props });
      return { kind, name };
    },
    withoutDatabase: (text) => text.replace(stringOrName, (found) => (found === ownName ? '' : found)),
  };
}

/** A text that the server leaves empty rather than absent. */
export const filled = (text: string | null): string | undefined =>
  text === null || text === '' ? undefined : text;

/** An identifier as statements write it. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** A text as statements write it. */
export const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Whether it is MariaDB of this version or a newer one. */
export function isSince({ isMariadb, version }: Server, major: number, minor: number): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return isMariadb && (first > major || (first === major && second >= minor));
}

// Errors of the server that only mean that this user may not read the table.
const notPermitted = new Set([
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
]);

/** Whether the server refused only because of the user's rights. */
export const isNotPermitted = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && notPermitted.has(String(error.code));
