import type { Stated } from '../../differences.js';
import { changedOptions, commentOn, lines, named, textOf, wanted } from './written.js';

export function constraintStatement(difference: Stated): string | undefined {
  const { what, name, parent, changed } = difference;
  const [holder, constraint] = [named(...name.slice(0, -1)), named(name.at(-1) ?? '')];
  const isDomain = parent?.kind === 'domain';
  const alter = `ALTER ${isDomain ? 'DOMAIN' : 'TABLE'} ${holder}`;
  const comment = wanted(difference, 'comment');
  const told = commentOn(`CONSTRAINT ${constraint} ON ${isDomain ? 'DOMAIN ' : ''}${holder}`, comment);
  const isOther = changed.some(([prop]) => prop === 'definition');
  const isMade = what === 'added' || isOther;
  return lines(
    what === 'removed' || isOther ? `${alter} DROP CONSTRAINT ${constraint}` : undefined,
    what === 'added' || isOther
      ? `${alter} ADD CONSTRAINT ${constraint} ${wanted(difference, 'definition')}`
      : undefined,
    (what === 'added' || isOther ? comment !== '' : changed.some(([prop]) => prop === 'comment'))
      ? told
      : undefined,
    ...['options', 'clustered', 'indexComment', 'tablespace']
      .filter((prop) => (isMade ? wanted(difference, prop) !== '' : changed.some(([one]) => one === prop)))
      .map((prop) => indexChange(difference, prop)),
  );
}

/** What an index has that is no part of its definition, or that a constraint's definition does not tell. */
function indexChange(difference: Stated, prop: string): string | undefined {
  const { name, production } = difference;
  const [holder, own] = [named(...name.slice(0, -1)), named(name.at(-1) ?? '')];
  const index = named(...name.slice(0, 1), ...name.slice(-1));
  const to = wanted(difference, prop);
  switch (prop) {
    case 'options':
      return changedOptions(`ALTER INDEX ${index}`, textOf(production?.['options']), to);
    case 'clustered':
      return to === ''
        ? `ALTER TABLE ${holder} SET WITHOUT CLUSTER`
        : `ALTER TABLE ${holder} CLUSTER ON ${own}`;
    case 'tablespace':
      return `ALTER INDEX ${index} SET TABLESPACE ${to === '' ? 'pg_default' : named(to)}`;
    default:
      return commentOn(`INDEX ${index}`, to);
  }
}

export function indexStatement(difference: Stated): string | undefined {
  const { what, name, changed } = difference;
  const index = named(...name.slice(0, 1), ...name.slice(-1));
  const comment = wanted(difference, 'comment');
  const isOther = changed.some(([prop]) => prop === 'definition' || prop === 'valid');
  const isMade = what === 'added' || isOther;
  return lines(
    what === 'removed' || isOther ? `DROP INDEX ${index}` : undefined,
    isMade ? whole(wanted(difference, 'definition')) : undefined,
    ...['clustered', 'tablespace']
      .filter((prop) => (isMade ? wanted(difference, prop) !== '' : changed.some(([one]) => one === prop)))
      .map((prop) => indexChange(difference, prop)),
    comment !== '' || changed.some(([prop]) => prop === 'comment')
      ? commentOn(`INDEX ${index}`, comment)
      : undefined,
  );
}

/** The server tells of a partitioned table's index as of that table's alone; made like that, it would hold nothing. */
const whole = (definition: string): string =>
  definition.replace(/^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")*"|[^ "]+) ON) ONLY /u, '$1 ');
