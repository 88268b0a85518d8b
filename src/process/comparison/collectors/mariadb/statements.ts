import type { Along, Stated } from '../../differences.js';
import type { Value } from '../../snapshot.js';
import { literal, quoted } from './catalogue.js';
import { partitioning, partitionStatement } from './statements.partitions.js';
import { programStatement } from './statements.programs.js';

type Props = Readonly<Record<string, Value>>;

const textOf = (props: Props | undefined, prop: string): string => {
  const value = props?.[prop];
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
};

/**
 * Suggests the MariaDB (or MySQL) statement that brings production to staging's form, for a person to read and run. A new table
 * is created at once with what comes along: without any column it cannot be.
 */
export function statementFor(difference: Stated, along: readonly Along[] = []): string | undefined {
  const { kind, what, name, staging } = difference;
  const [table = '', own = ''] = name;
  const alter = `ALTER TABLE ${quoted(table)}`;
  switch (kind) {
    case 'table':
      return tableStatement(difference, along);
    case 'column':
      if (what === 'removed') return `${alter} DROP COLUMN ${quoted(own)};`;
      return `${alter} ${what === 'added' ? 'ADD' : 'MODIFY'} COLUMN ${column(own, staging)};`;
    case 'partition':
      return partitionStatement(difference);
    case 'primary key':
    case 'unique':
    case 'index':
    case 'check':
    case 'foreign key': {
      const drop =
        what === 'added' ? '' : `DROP ${dropped(kind)}${kind === 'primary key' ? '' : ` ${quoted(own)}`}`;
      const add = what === 'removed' ? '' : `ADD ${part(kind, own, staging)}`;
      // A foreign key of the same name cannot be dropped and added by one statement.
      if (kind === 'foreign key' && what === 'changed') return `${alter} ${drop};\n${alter} ${add};`;
      return `${alter} ${[drop, add].filter(Boolean).join(', ')};`;
    }
    default:
      return programStatement(difference);
  }
}

function tableStatement(
  { what, name: [table = ''], staging, changed }: Stated,
  along: readonly Along[],
): string | undefined {
  if (what === 'removed') return `DROP TABLE ${quoted(table)};`;
  const wanted =
    what === 'added'
      ? ['engine', 'collation', 'comment', 'options', 'versioned']
      : changed.map(([prop]) => prop);
  const options = wanted
    .map((prop) => tableOption(prop, textOf(staging, prop), what === 'added'))
    .filter(Boolean)
    .join(what === 'added' ? ' ' : ', ');
  if (what === 'changed') return options === '' ? undefined : `ALTER TABLE ${quoted(table)} ${options};`;
  const parts = along
    .map(({ kind, name: [, own = ''], staging: props }) => part(kind, own, props))
    .filter(Boolean);
  return parts.length === 0
    ? undefined
    : `CREATE TABLE ${quoted(table)} (\n  ${parts.join(',\n  ')}\n) ${options}${partitioning(staging, along)};`;
}

function tableOption(prop: string, to: string, isNew: boolean): string {
  switch (prop) {
    case 'engine':
      return `ENGINE = ${to}`;
    case 'collation':
      return `COLLATE = ${to}`;
    case 'comment':
      return to === '' ? "COMMENT = ''" : `COMMENT = ${literal(to)}`;
    case 'options':
      return to;
    case 'versioned':
      if (isNew) return to === '' ? '' : 'WITH SYSTEM VERSIONING';
      return to === '' ? 'DROP SYSTEM VERSIONING' : 'ADD SYSTEM VERSIONING';
    default:
      return '';
  }
}

/** A line between the parentheses of a table; empty for what does not stand there. */
function part(kind: string, name: string, props: Props | undefined): string {
  const definition = textOf(props, 'definition');
  const comment = textOf(props, 'comment') === '' ? '' : ` COMMENT ${literal(textOf(props, 'comment'))}`;
  const [, type = '', columns = definition] = /^(\w+) (\([\s\S]*)$/u.exec(definition) ?? [];
  switch (kind) {
    case 'column':
      return column(name, props);
    case 'primary key':
      return `PRIMARY KEY ${definition}${comment}`;
    case 'unique':
      return `UNIQUE KEY ${quoted(name)} ${definition}${comment}`;
    case 'index':
      return `${type === 'FULLTEXT' || type === 'SPATIAL' ? `${type} ` : ''}KEY ${quoted(name)} ${columns}${type === 'HASH' ? ' USING HASH' : ''}${comment}`;
    case 'check':
      return `CONSTRAINT ${quoted(name)} CHECK (${definition})`;
    case 'foreign key':
      return `CONSTRAINT ${quoted(name)} FOREIGN KEY ${definition}`;
    default:
      return '';
  }
}

function dropped(kind: string): string {
  if (kind === 'primary key') return 'PRIMARY KEY';
  if (kind === 'foreign key') return 'FOREIGN KEY';
  return kind === 'check' ? 'CONSTRAINT' : 'INDEX';
}

function column(name: string, props: Props | undefined): string {
  const [type, collation, generated, extra, value, comment, check] = [
    'type',
    'collation',
    'generated',
    'extra',
    'default',
    'comment',
    'check',
  ].map((prop) => textOf(props, prop));
  const words = [
    quoted(name),
    type,
    collation === '' ? '' : `COLLATE ${collation}`,
    generated === ''
      ? ''
      : `GENERATED ALWAYS AS (${generated}) ${/stored/u.test(extra ?? '') ? 'STORED' : 'VIRTUAL'}`,
    props?.['nullable'] === false ? 'NOT NULL' : 'NULL',
    value === '' ? '' : `DEFAULT ${value}`,
    extra
      ?.replace(/(virtual|stored) generated/u, '')
      .toUpperCase()
      .trim(),
    comment === undefined || comment === '' ? '' : `COMMENT ${literal(comment)}`,
    check === undefined || check === '' ? '' : `CHECK (${check})`,
  ];
  return words
    .filter((word) => word !== '' && !(generated !== '' && (word === 'NULL' || word === 'NOT NULL')))
    .join(' ');
}
