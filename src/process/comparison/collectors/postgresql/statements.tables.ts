import type { Stated } from '../../differences.js';
import { changedOptions, commentOn, forEach, lines, named, wanted } from './written.js';

/** Everything but columns and constraints, which have statements of their own. */
export function tableStatement(difference: Stated): string | undefined {
  const { what, name } = difference;
  const table = named(...name);
  if (what === 'removed') return lines(`DROP TABLE ${table}`);
  if (what === 'changed')
    return lines(...forEach(difference, (prop, to, from) => tableChange(table, prop, from, to)));
  const further = ['comment', 'owner', 'rowSecurity', 'rowSecurityForced', 'replicaIdentity', 'options']
    .filter((prop) => wanted(difference, prop) !== '' && prop !== 'owner')
    .map((prop) => tableChange(table, prop, '', wanted(difference, prop)));
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

function tableChange(table: string, prop: string, from: string, to: string): string | undefined {
  const alter = `ALTER TABLE ${table}`;
  switch (prop) {
    case 'owner':
      return `${alter} OWNER TO ${named(to)}`;
    case 'comment':
      return commentOn(`TABLE ${table}`, to);
    case 'rowSecurity':
      return `${alter} ${to === 'true' ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`;
    case 'rowSecurityForced':
      return `${alter} ${to === 'true' ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`;
    case 'persistence':
      return `${alter} SET ${to === 'unlogged' ? 'UNLOGGED' : 'LOGGED'}`;
    case 'replicaIdentity':
      return `${alter} REPLICA IDENTITY ${to === '' ? 'DEFAULT' : to.replace(/^(?:full|nothing|using index)/u, (words) => words.toUpperCase())}`;
    case 'options':
      return changedOptions(alter, from, to);
    case 'method':
      return `${alter} SET ACCESS METHOD ${to === '' ? 'heap' : named(to)}`;
    case 'tablespace':
      return `${alter} SET TABLESPACE ${to === '' ? 'pg_default' : named(to)}`;
    default:
      return undefined;
  }
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
      ? commentOn(`${words} ${view}`, comment ?? '')
      : undefined,
    changed.some(([prop]) => prop === 'populated')
      ? `REFRESH ${words} ${view}${wanted(difference, 'populated') === 'false' ? ' WITH NO DATA' : ''}`
      : undefined,
    changed.some(([prop]) => prop === 'owner')
      ? `ALTER ${words} ${view} OWNER TO ${named(wanted(difference, 'owner'))}`
      : undefined,
  );
}
