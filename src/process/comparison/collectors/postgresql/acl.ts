import type { Props } from '../databases/notes.js';

const letters: Readonly<Record<string, string>> = {
  r: 'SELECT',
  a: 'INSERT',
  w: 'UPDATE',
  d: 'DELETE',
  D: 'TRUNCATE',
  x: 'REFERENCES',
  t: 'TRIGGER',
  m: 'MAINTAIN',
  X: 'EXECUTE',
  U: 'USAGE',
  C: 'CREATE',
  c: 'CONNECT',
  T: 'TEMPORARY',
  s: 'SET',
  A: 'ALTER SYSTEM',
};

/** What an owner can do with each kind of object unless somebody took it away. */
const ofOwner: Readonly<Record<string, string>> = {
  table: 'DELETE, INSERT, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE',
  sequence: 'SELECT, UPDATE, USAGE',
  routine: 'EXECUTE',
  type: 'USAGE',
  schema: 'CREATE, USAGE',
  database: 'CONNECT, CREATE, TEMPORARY',
  server: 'USAGE',
  wrapper: 'USAGE',
  language: 'USAGE',
  parameter: 'ALTER SYSTEM, SET',
};

/** What everybody can do with an object that was never granted to anybody. */
const ofEverybody: Readonly<Record<string, string>> = {
  routine: 'EXECUTE',
  type: 'USAGE',
  language: 'USAGE',
  database: 'CONNECT, TEMPORARY',
};

export type AclClass =
  | 'table'
  | 'column'
  | 'sequence'
  | 'routine'
  | 'type'
  | 'schema'
  | 'database'
  | 'server'
  | 'wrapper'
  | 'language'
  | 'parameter';

/** Who may do what, as one property each. */
export type Granted = readonly (readonly [grantee: string, props: Props])[];

// One item as the server writes it, items separated by line ends: grantee=privileges/grantor, names quoted where odd.
const item = /(?:"((?:[^"]|"")*)"|([^"=\n]*))=([A-Za-z*]*)\/(?:"(?:[^"]|"")*"|[^"\n]*)(?:\n|$)/gy;

/** Reads access control lists; the same list, which most tables share, is read once. */
export function aclReader(): (acl: string | null, as: AclClass, owner: string) => Granted {
  const read = new Map<string, Granted>();
  return (acl, as, owner) => {
    const key = `${as} ${acl === null ? 'untouched' : `${owner}\n${acl}`}`;
    const before = read.get(key);
    if (before !== undefined) return before;
    const granted = acl === null ? untouched(as) : expanded(acl, as, owner);
    read.set(key, granted);
    return granted;
  };
}

function untouched(as: AclClass): Granted {
  const privileges = ofEverybody[as];
  return privileges === undefined ? [] : [['PUBLIC', { privileges }]];
}

function expanded(acl: string, as: AclClass, owner: string): Granted {
  const granted = new Map<string, Set<string>>(as === 'column' ? [] : [[owner, new Set()]]);
  for (const [, quoted, bare = '', marks = ''] of acl.matchAll(item)) {
    const grantee = quoted?.replaceAll('""', '"') ?? bare;
    const name = quoted === undefined && grantee === '' ? 'PUBLIC' : grantee;
    const privileges = granted.get(name) ?? new Set();
    for (const [, letter = '', option] of marks.matchAll(/([A-Za-z])(\*?)/gu)) {
      privileges.add(`${letters[letter] ?? letter}${option === '*' ? ' with grant option' : ''}`);
    }
    granted.set(name, privileges);
  }
  return [...granted]
    .map(([name, privileges]) => [name, { privileges: [...privileges].sort().join(', ') }] as const)
    .filter(([name, { privileges }]) => !(name === owner && isComplete(privileges, as)));
}

/** What a role's default privileges say beyond what a new object brings anyway; what they take away is an empty list. */
export function defaultsOf(acl: string, as: AclClass, owner: string, isEverywhere: boolean): Granted {
  const granted = expanded(acl, as, owner);
  // In a schema the list holds what comes on top, so that the owner's absence means nothing.
  if (!isEverywhere)
    return granted.filter(([grantee, { privileges }]) => !(grantee === owner && privileges === ''));
  const usual = ofEverybody[as];
  const told = granted.filter(([grantee, { privileges }]) => grantee !== 'PUBLIC' || privileges !== usual);
  const isTaken = usual !== undefined && granted.every(([grantee]) => grantee !== 'PUBLIC');
  return isTaken ? [...told, ['PUBLIC', { privileges: '' }]] : told;
}

/** MAINTAIN came with PostgreSQL 17 and belongs to the owner as well. */
function isComplete(privileges: string, as: AclClass): boolean {
  return privileges.replace('MAINTAIN, ', '') === ofOwner[as];
}
