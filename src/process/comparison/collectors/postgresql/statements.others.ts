import type { Stated } from '../../differences.js';
import {
  commentOn,
  firingState,
  forEach,
  lines,
  literal,
  named,
  signature,
  textOf,
  wanted,
} from './written.js';

/** The words by which statements call a kind, and how its name is written. */
const kinds: Readonly<Record<string, readonly [words: string, write: (name: readonly string[]) => string]>> =
  {
    schema: ['SCHEMA', (name) => named(...name)],
    extension: ['EXTENSION', (name) => named(...name)],
    enum: ['TYPE', (name) => named(...name)],
    'range type': ['TYPE', (name) => named(...name)],
    'composite type': ['TYPE', (name) => named(...name)],
    domain: ['DOMAIN', (name) => named(...name)],
    function: ['FUNCTION', signature],
    procedure: ['PROCEDURE', signature],
    aggregate: ['AGGREGATE', signature],
    trigger: ['TRIGGER', onTable],
    rule: ['RULE', onTable],
    policy: ['POLICY', onTable],
    statistics: ['STATISTICS', (name) => named(...name)],
    collation: ['COLLATION', (name) => named(...name)],
    conversion: ['CONVERSION', (name) => named(...name)],
    language: ['LANGUAGE', (name) => named(...name)],
    cast: ['CAST', written],
    transform: ['TRANSFORM', written],
    operator: ['OPERATOR', written],
    'access method': ['ACCESS METHOD', (name) => named(...name)],
    'event trigger': ['EVENT TRIGGER', (name) => named(...name)],
    'text search dictionary': ['TEXT SEARCH DICTIONARY', (name) => named(...name)],
    'text search configuration': ['TEXT SEARCH CONFIGURATION', (name) => named(...name)],
  };

const ofEverybody = new Set(['function', 'procedure', 'enum', 'domain', 'range type', 'composite type']);

/** A name that is written in the server's own words already, but for its schema. */
function written(name: readonly string[]): string {
  const schema = name.slice(0, -1);
  return [...(schema.length === 0 ? [] : [named(...schema)]), name.at(-1)].join('.');
}

function onTable(name: readonly string[]): string {
  return `${named(name.at(-1) ?? '')} ON ${named(...name.slice(0, -1))}`;
}

/** What is not a table or on one: created by its definition, dropped by its name. */
export function otherStatement(difference: Stated): string | undefined {
  const { what, kind, name } = difference;
  const [words, write] = kinds[kind] ?? [];
  if (words === undefined || write === undefined) return undefined;
  const object = write(name);
  const comment = wanted(difference, 'comment');
  const told = commentOn(`${words} ${object}`, comment);
  if (what === 'removed') return lines(`DROP ${words} ${object}`);
  if (what === 'added') {
    // Everybody may use it as soon as it is there; whether they may in staging is told by a grant of its own.
    const closed = ofEverybody.has(kind)
      ? `REVOKE ALL ON ${words === 'DOMAIN' ? 'TYPE' : words} ${object} FROM PUBLIC`
      : undefined;
    return lines(
      ...creation(difference, object),
      closed,
      firing(difference),
      comment === '' ? undefined : told,
    );
  }
  const changes = forEach(difference, (prop, to) => {
    if (prop === 'comment') return told;
    if (prop === 'owner') return `ALTER ${words} ${object} OWNER TO ${named(to)}`;
    if (prop === 'fires') return firing(difference);
    if (kind === 'domain') return domainChange(object, prop, to);
    if (kind === 'statistics' && prop === 'statistics')
      return `ALTER STATISTICS ${object} SET STATISTICS ${to === '' ? '-1' : to}`;
    if (kind === 'enum' && prop === 'values') return newLabels(difference, object);
    if (kind === 'extension')
      return prop === 'version'
        ? `ALTER EXTENSION ${object} UPDATE TO ${literal(to)}`
        : `ALTER EXTENSION ${object} SET SCHEMA ${named(to)}`;
    return undefined;
  });
  return lines(...replacement(difference, words, object), ...changes);
}

function creation(difference: Stated, object: string): (string | undefined)[] {
  const { kind } = difference;
  const [definition, type, value] = ['definition', 'type', 'default'].map((prop) => wanted(difference, prop));
  switch (kind) {
    case 'schema':
      return [`CREATE SCHEMA ${object}`];
    case 'extension':
      return [`CREATE EXTENSION ${object} WITH SCHEMA ${named(wanted(difference, 'schema'))}`];
    case 'enum':
      return [`CREATE TYPE ${object} AS ENUM (${wanted(difference, 'values')})`];
    case 'range type':
      return [`CREATE TYPE ${object} AS RANGE (${definition})`];
    case 'composite type':
      return [`CREATE TYPE ${object} AS ()`];
    case 'domain': {
      const required = wanted(difference, 'nullable') === 'false' ? ' NOT NULL' : '';
      return [`CREATE DOMAIN ${object} AS ${type}${value === '' ? '' : ` DEFAULT ${value}`}${required}`];
    }
    case 'policy':
      return [policy(difference, object)];
    case 'aggregate':
      return [];
    default:
      return [definition];
  }
}

/** A new definition: in place where the server can, else dropped and created again. */
function replacement(difference: Stated, words: string, object: string): (string | undefined)[] {
  const { kind, changed } = difference;
  const meant = kind === 'policy' ? ['command', 'restrictive', 'roles', 'using', 'check'] : ['definition'];
  if (!changed.some(([prop]) => meant.includes(prop)) || kind === 'aggregate') return [];
  const drop = kind === 'function' || kind === 'procedure' ? undefined : `DROP ${words} ${object}`;
  return [drop, ...creation(difference, object)];
}

function policy(difference: Stated, object: string): string {
  const [command, roles, using, check] = ['command', 'roles', 'using', 'check'].map((prop) =>
    wanted(difference, prop),
  );
  const restrictive = wanted(difference, 'restrictive') === 'true' ? ' AS RESTRICTIVE' : '';
  const rows = using === '' ? '' : ` USING (${using})`;
  return `CREATE POLICY ${object}${restrictive} FOR ${command} TO ${roles}${rows}${check === '' ? '' : ` WITH CHECK (${check})`}`;
}

function firing(difference: Stated): string | undefined {
  const { what, kind, name } = difference;
  const fires = wanted(difference, 'fires');
  if (kind === 'event trigger' && !(what === 'added' && fires === ''))
    return `ALTER EVENT TRIGGER ${named(...name)} ${firingState(difference)}`;
  if ((kind !== 'trigger' && kind !== 'rule') || (what === 'added' && fires === '')) return undefined;
  return `ALTER TABLE ${named(...name.slice(0, -1))} ${firingState(difference)} ${kind.toUpperCase()} ${named(name.at(-1) ?? '')}`;
}

function domainChange(domain: string, prop: string, to: string): string | undefined {
  if (prop === 'default') return `ALTER DOMAIN ${domain} ${to === '' ? 'DROP DEFAULT' : `SET DEFAULT ${to}`}`;
  if (prop === 'nullable') return `ALTER DOMAIN ${domain} ${to === 'true' ? 'DROP' : 'SET'} NOT NULL`;
  return undefined;
}

/** Labels that staging has more; one that production has more cannot be taken away. */
function newLabels({ production, staging }: Stated, type: string): string {
  const [before, after] = [labelsOf(production), labelsOf(staging)];
  const gone = before.filter((label) => !after.includes(label));
  if (gone.length > 0)
    return `-- ${gone.join(', ').replaceAll('\n', ' ')} cannot be taken from ${type}: create another type and move its columns`;
  const added = after.flatMap((label, at) => {
    if (before.includes(label)) return [];
    const place = at > 0 ? ` AFTER ${after[at - 1]}` : before[0] === undefined ? '' : ` BEFORE ${before[0]}`;
    return [`ALTER TYPE ${type} ADD VALUE ${label}${place}`];
  });
  return added.join(';\n');
}

const labelsOf = (props: Stated['staging']): readonly string[] =>
  textOf(props?.['values']).match(/'(?:[^']|'')*'/gu) ?? [];
