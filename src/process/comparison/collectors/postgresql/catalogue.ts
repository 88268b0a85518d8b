import type { Value } from '../../snapshot.js';
import type { CollectorTools } from '../collector.js';
import { interner, known, masked, type Notes, type Parent, type Props } from '../databases/notes.js';
import { type AclClass, aclReader } from './acl.js';
import type { Session } from './session.js';

/** What the questions share: the notes, and the objects that later rows belong to by their number. */
export interface Catalogue {
  readonly session: Session;
  readonly notes: Notes;
  readonly version: number;
  /** A condition on the schemas that are looked at: `in (2200, 16384)`. */
  inSchemas: string;
  readonly objects: Map<string, Parent>;
  /** How identity columns count, by the number of their table and their name, where it is not from 1 by 1. */
  readonly identities: Map<string, string>;
  /** Foreign keys that nobody is held to, by their number. */
  readonly unenforced: Set<string>;
  readonly intern: <T extends string | null>(text: T) => T;
  note(kind: string, name: readonly string[], props: Props, parent?: Parent): Parent;
  /** Notes who may do what with an object. They stand and fall with it, or with what is named instead. */
  grants(object: Parent, acl: string | null, as: AclClass, owner: string, parent?: Parent): void;
  /** A list of options like `["host=db"]`, a property each; what looks like a secret is kept as a hash. */
  options(list: string | null): Record<string, Value>;
}

export function catalogueOf(
  session: Session,
  notes: Notes,
  version: number,
  tools: CollectorTools,
): Catalogue {
  const read = aclReader();
  const intern = interner();
  return {
    session,
    notes,
    version,
    inSchemas: 'in (0)',
    objects: new Map(),
    identities: new Map(),
    unenforced: new Set(),
    intern,
    note: (kind, name, props, parent) => {
      notes.things.push(parent === undefined ? { kind, name, props } : { kind, name, parent, props });
      return { kind, name };
    },
    grants: (object, acl, as, owner, parent = object) => {
      for (const [grantee, props] of read(acl, as, owner)) {
        const name = [object.kind].concat(object.name, grantee);
        notes.things.push({ kind: 'grant', name, parent, props });
      }
    },
    options: (list) => {
      const told: Record<string, Value> = {};
      for (const option of list === null ? [] : (JSON.parse(list) as string[])) {
        const [, name = '', value = ''] = /^([^=]*)=([\s\S]*)$/u.exec(option) ?? [];
        told[`option ${name}`] = tools.isSecret(name, value) ? masked(tools.secretKey, value) : value;
      }
      return told;
    },
  };
}

export const yes = (cell: string | null): true | undefined => (cell === 't' ? true : undefined);
export const props = known;

/** Leaves out what an extension brought: the extension itself is compared. */
export const notOfExtension = (catalogue: string, oid: string): string =>
  `${oid} not in (select ext.objid from pg_depend ext where ext.refclassid = 'pg_extension'::regclass
    and ext.classid = '${catalogue}'::regclass and ext.deptype = 'e')`;

/** Leaves out what came by itself with something else, as the constructors of a range type do. */
export const notOfItself = (catalogue: string, oid: string): string =>
  `not exists (select from pg_depend ext where ext.classid = '${catalogue}'::regclass and ext.objid = ${oid} and ext.deptype in ('e', 'i'))`;

/** Joins the comment of an object as `d.description`. */
export const withComment = (catalogue: string, oid: string): string =>
  `left join pg_description d on d.classoid = '${catalogue}'::regclass and d.objoid = ${oid} and d.objsubid = 0`;

/** An access control list as text, an item a line. */
export const aclText = (column: string): string => `array_to_string(${column}, E'\\n')`;
