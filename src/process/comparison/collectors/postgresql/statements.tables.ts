import type { Stated } from '../../differences.js';
import { forEach, lines, literal, named, wanted } from './written.js';

/** Everything but columns and constraints, which have statements of their own. */
export function tableStatement(difference: Stated): string | undefined {
  const { what, name } = difference;
  const table = named(...name);
  if (what === 'removed') return lines(`DROP TABLE ${table}`);
  if (what === 'changed') return lines(...forEach(difference, (prop, to) => tableChange(table, prop, to)));
  const further = ['comment', 'owner', 'rowSecurity', 'rowSecurityForced', 'replicaIdentity', 'options']
    .filter((prop) => wanted(difference, prop) !== '' && prop !== 'owner')
    .map((prop) => tableChange(table, prop, wanted(difference, prop)));
  return lines(creation(difference, table), ...further);
}

function creation(difference: Stated, table: string): string {
  const unlogged = wanted(difference, 'persistence') === 'unlogged' ? 'UNLOGGED ' : '';
  const [parents, bound, key] = ['inherits', 'partition', 'partitionBy'].map((prop) =>
    wanted(difference, prop),
  );
  const split = key === '' ? '' : ` PARTITION BY ${key}`;
  if (bound !== '') return `CREATE ${unlogged}TABLE ${table} PARTITION OF ${parents} ${bound}${split}`;
  const heir = parents === '' ? '' : ` INHERITS (${parents})`;
  if (split !== '')
    return `-- The columns below belong between the parentheses\nCREATE TABLE ${table} ()${split}`;
  return `CREATE ${unlogged}TABLE ${table} ()${heir}`;
}

const replicaIdentities: Readonly<Record<string, string>> = {
  full: 'FULL',
  nothing: 'NOTHING',
  '': 'DEFAULT',
};

function tableChange(table: string, prop: string, to: string): string | undefined {
  const alter = `ALTER TABLE ${table}`;
  switch (prop) {
    case 'owner':
      return `${alter} OWNER TO ${named(to)}`;
    case 'comment':
      return `COMMENT ON TABLE ${table} IS ${to === '' ? 'NULL' : literal(to)}`;
    case 'rowSecurity':
      return `${alter} ${to === 'true' ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`;
    case 'rowSecurityForced':
      return `${alter} ${to === 'true' ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`;
    case 'persistence':
      return `${alter} SET ${to === 'unlogged' ? 'UNLOGGED' : 'LOGGED'}`;
    case 'replicaIdentity':
      return replicaIdentities[to] === undefined
        ? undefined
        : `${alter} REPLICA IDENTITY ${replicaIdentities[to]}`;
    case 'options':
      return to === '' ? undefined : `${alter} SET (${to})`;
    case 'tablespace':
      return `${alter} SET TABLESPACE ${to === '' ? 'pg_default' : named(to)}`;
    default:
      return undefined;
  }
}

export function columnStatement(difference: Stated): string | undefined {
  const { what, name, parent } = difference;
  const [holder, column] = [named(...name.slice(0, -1)), named(name.at(-1) ?? '')];
  const isType = parent?.kind === 'composite type';
  const alter = isType ? `ALTER TYPE ${holder}` : `ALTER TABLE ${holder}`;
  const part = isType ? 'ATTRIBUTE' : 'COLUMN';
  if (what === 'removed') return lines(`${alter} DROP ${part} ${column}`);
  if (what === 'changed')
    return lines(
      ...forEach(difference, (prop, to) =>
        columnChange(difference, `${alter} ALTER ${part} ${column}`, prop, to),
      ),
    );
  const comment = wanted(difference, 'comment');
  return lines(
    sequenceOf(wanted(difference, 'default')),
    `${alter} ADD ${part} ${column} ${definition(difference)}`,
    comment === '' ? undefined : `COMMENT ON COLUMN ${holder}.${column} IS ${literal(comment)}`,
  );
}

/** A default that counts needs its sequence before. */
function sequenceOf(value: string): string | undefined {
  const sequence = /^nextval\('((?:[^']|'')+)'::regclass\)$/u.exec(value)?.[1]?.replaceAll("''", "'");
  return sequence === undefined ? undefined : `CREATE SEQUENCE IF NOT EXISTS ${sequence}`;
}

function definition(difference: Stated): string {
  const [type, collation, identity, options, value] = [
    'type',
    'collation',
    'identity',
    'identityOptions',
    'default',
  ].map((prop) => wanted(difference, prop));
  const generated = generation(difference);
  return [
    type,
    collation === '' ? '' : `COLLATE ${collation}`,
    generated,
    identity === ''
      ? ''
      : `GENERATED ${identity?.toUpperCase()} AS IDENTITY${options === '' ? '' : ` (${options})`}`,
    value === '' ? '' : `DEFAULT ${value}`,
    wanted(difference, 'nullable') === 'false' ? 'NOT NULL' : '',
  ]
    .filter((words) => words !== '')
    .join(' ');
}

function generation(difference: Stated): string {
  const [, expression, kept] = /^([\s\S]*) (stored|virtual)$/u.exec(wanted(difference, 'generated')) ?? [];
  return expression === undefined ? '' : `GENERATED ALWAYS AS (${expression}) ${kept?.toUpperCase()}`;
}

function columnChange(difference: Stated, alter: string, prop: string, to: string): string | undefined {
  const { name, production } = difference;
  switch (prop) {
    case 'type':
      return `${alter} TYPE ${to}`;
    case 'collation':
      return `${alter} TYPE ${wanted(difference, 'type')} COLLATE ${to === '' ? '"default"' : to}`;
    case 'nullable':
      return `${alter} ${to === 'true' ? 'DROP' : 'SET'} NOT NULL`;
    case 'default':
      return to === '' ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${to}`;
    case 'identity':
      if (to === '') return `${alter} DROP IDENTITY`;
      return production?.['identity'] === undefined
        ? `${alter} ADD GENERATED ${to.toUpperCase()} AS IDENTITY`
        : `${alter} SET GENERATED ${to.toUpperCase()}`;
    case 'identityOptions':
      return `${alter} ${identityOptions(to)}`;
    case 'generated':
      if (to === '') return `${alter} DROP EXPRESSION`;
      return '-- An expression cannot be changed in place: drop the column and add it again';
    case 'comment':
      return `COMMENT ON COLUMN ${named(...name)} IS ${to === '' ? 'NULL' : literal(to)}`;
    default:
      return undefined;
  }
}

const usual = 'START WITH 1 INCREMENT BY 1 MINVALUE 1 NO MAXVALUE CACHE 1 NO CYCLE';

function identityOptions(to: string): string {
  const options = to === '' ? usual : to.endsWith('CYCLE') ? to : `${to} NO CYCLE`;
  return options.replace(/START|INCREMENT|MINVALUE|NO MAXVALUE|MAXVALUE|CACHE|NO CYCLE|CYCLE/gu, 'SET $&');
}

export function constraintStatement(difference: Stated): string | undefined {
  const { what, name, parent, changed } = difference;
  const [holder, constraint] = [named(...name.slice(0, -1)), named(name.at(-1) ?? '')];
  const isDomain = parent?.kind === 'domain';
  const alter = `ALTER ${isDomain ? 'DOMAIN' : 'TABLE'} ${holder}`;
  const comment = wanted(difference, 'comment');
  const told = `COMMENT ON CONSTRAINT ${constraint} ON ${isDomain ? 'DOMAIN ' : ''}${holder} IS ${comment === '' ? 'NULL' : literal(comment)}`;
  const isOther = changed.some(([prop]) => prop === 'definition');
  return lines(
    what === 'removed' || isOther ? `${alter} DROP CONSTRAINT ${constraint}` : undefined,
    what === 'added' || isOther
      ? `${alter} ADD CONSTRAINT ${constraint} ${wanted(difference, 'definition')}`
      : undefined,
    (what === 'added' || isOther ? comment !== '' : changed.some(([prop]) => prop === 'comment'))
      ? told
      : undefined,
  );
}

export function indexStatement(difference: Stated): string | undefined {
  const { what, name, changed } = difference;
  const index = named(...name.slice(0, 1), ...name.slice(-1));
  const comment = wanted(difference, 'comment');
  const isOther = changed.some(([prop]) => prop === 'definition' || prop === 'valid');
  return lines(
    what === 'removed' || isOther ? `DROP INDEX ${index}` : undefined,
    what === 'added' || isOther ? wanted(difference, 'definition') : undefined,
    comment !== '' || changed.some(([prop]) => prop === 'comment')
      ? `COMMENT ON INDEX ${index} IS ${comment === '' ? 'NULL' : literal(comment)}`
      : undefined,
  );
}

export function sequenceStatement(difference: Stated): string | undefined {
  const { what, name } = difference;
  const sequence = named(...name);
  if (what === 'removed') return lines(`DROP SEQUENCE ${sequence}`);
  const terms = ['type', 'start', 'increment', 'least', 'most', 'cache'].map((prop) =>
    wanted(difference, prop),
  );
  const [type, start, increment, least, most, cache] = terms;
  const cycle = wanted(difference, 'cycle') === 'true' ? ' CYCLE' : ' NO CYCLE';
  const words = `AS ${type} INCREMENT ${increment} MINVALUE ${least} MAXVALUE ${most} START ${start} CACHE ${cache}${cycle}`;
  const owned = wanted(difference, 'ownedBy') === '' ? undefined : difference.parent?.name;
  return lines(
    what === 'added' ? `CREATE SEQUENCE IF NOT EXISTS ${sequence}` : undefined,
    `ALTER SEQUENCE ${sequence} ${words}`,
    owned === undefined ? undefined : `ALTER SEQUENCE ${sequence} OWNED BY ${named(...owned)}`,
  );
}

export function viewStatement(difference: Stated): string | undefined {
  const { what, kind, name, changed } = difference;
  const words = kind === 'view' ? 'VIEW' : 'MATERIALIZED VIEW';
  const view = named(...name);
  if (what === 'removed') return lines(`DROP ${words} ${view}`);
  const [options, comment] = ['options', 'comment'].map((prop) => wanted(difference, prop));
  const isOther = what === 'added' || changed.some(([prop]) => prop === 'definition' || prop === 'options');
  const create = kind === 'view' ? 'CREATE OR REPLACE VIEW' : 'CREATE MATERIALIZED VIEW';
  return lines(
    isOther && what === 'changed' && kind !== 'view' ? `DROP ${words} ${view}` : undefined,
    isOther
      ? `${create} ${view}${options === '' ? '' : ` WITH (${options})`} AS ${wanted(difference, 'definition')}`
      : undefined,
    comment !== '' || changed.some(([prop]) => prop === 'comment')
      ? `COMMENT ON ${words} ${view} IS ${comment === '' || comment === undefined ? 'NULL' : literal(comment)}`
      : undefined,
    changed.some(([prop]) => prop === 'owner')
      ? `ALTER ${words} ${view} OWNER TO ${named(wanted(difference, 'owner'))}`
      : undefined,
  );
}
