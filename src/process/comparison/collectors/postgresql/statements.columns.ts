import type { Stated } from '../../differences.js';
import { given, optionActs } from './statements.foreign.js';
import { changedOptions, commentOn, forEach, lines, named, textOf, wanted } from './written.js';

/** Columns of tables, and attributes of composite types. */
export function columnStatement(difference: Stated): string | undefined {
  const { what, name, parent } = difference;
  const [holder, column] = [named(...name.slice(0, -1)), named(name.at(-1) ?? '')];
  const isType = parent?.kind === 'composite type';
  const alter = isType ? `ALTER TYPE ${holder}` : `ALTER TABLE ${holder}`;
  const part = isType ? 'ATTRIBUTE' : 'COLUMN';
  if (what === 'removed') return lines(`${alter} DROP ${part} ${column}`);
  if (what === 'changed') {
    const one = `${alter} ALTER ${part} ${column}`;
    const options = optionActs(difference);
    return lines(
      ...forEach(difference, (prop, to) => columnChange(difference, one, prop, to)),
      options === undefined ? undefined : `ALTER FOREIGN TABLE ${holder} ALTER COLUMN ${column} ${options}`,
    );
  }
  const comment = wanted(difference, 'comment');
  return lines(
    sequenceOf(wanted(difference, 'default')),
    `${alter} ADD ${part} ${column} ${definition(difference)}`,
    ...['storage', 'compression', 'statistics', 'options']
      .filter((prop) => wanted(difference, prop) !== '')
      .map((prop) =>
        columnChange(difference, `${alter} ALTER ${part} ${column}`, prop, wanted(difference, prop)),
      ),
    comment === '' ? undefined : commentOn(`COLUMN ${holder}.${column}`, comment),
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
    `${type}${given(difference.staging)}`,
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

/** What one changed property of a column asks for. */
export function columnChange(
  difference: Stated,
  alter: string,
  prop: string,
  to: string,
): string | undefined {
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
    case 'storage':
      return `${alter} SET STORAGE ${to === '' ? 'EXTENDED' : to.toUpperCase()}`;
    case 'compression':
      return `${alter} SET COMPRESSION ${to === '' ? 'default' : to}`;
    case 'statistics':
      return `${alter} SET STATISTICS ${to === '' ? '-1' : to}`;
    case 'options':
      return changedOptions(alter, textOf(production?.['options']), to);
    case 'comment':
      return commentOn(`COLUMN ${named(...name)}`, to);
    default:
      return undefined;
  }
}

const usual = 'START WITH 1 INCREMENT BY 1 MINVALUE 1 NO MAXVALUE CACHE 1 NO CYCLE';

function identityOptions(to: string): string {
  const options = to === '' ? usual : to.endsWith('CYCLE') ? to : `${to} NO CYCLE`;
  return options.replace(/START|INCREMENT|MINVALUE|NO MAXVALUE|MAXVALUE|CACHE|NO CYCLE|CYCLE/gu, 'SET $&');
}
