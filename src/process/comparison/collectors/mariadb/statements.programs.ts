import type { Stated } from '../../differences.js';
import { literal, quoted } from './catalogue.js';
import { grantStatement, membershipStatement } from './statements.grants.js';

const text = ({ staging }: Stated, prop: string): string => {
  const value = staging?.[prop];
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
};

/** A body may hold semicolons: the client is told of another end. */
function delimited(statement: string, difference: Stated): string {
  const isOtherMode = difference.changed.some(([prop]) => prop === 'sqlMode');
  const mode = isOtherMode ? `SET SESSION sql_mode = ${literal(text(difference, 'sqlMode'))};\n` : '';
  return `${mode}DELIMITER $$\n${statement}$$\nDELIMITER ;`;
}

/** Named only where it differs: something new belongs to whoever runs the statement. */
function definerOf(difference: Stated): string {
  if (!difference.changed.some(([prop]) => prop === 'definer')) return '';
  const [, user = '', host = ''] = /^([\s\S]*)@([^@]*)$/u.exec(text(difference, 'definer')) ?? [];
  return ` DEFINER = ${quoted(user)}@${quoted(host)}`;
}

function commentOf(difference: Stated): string {
  const comment = text(difference, 'comment');
  return comment === '' ? '' : ` COMMENT ${literal(comment)}`;
}

/** Views, routines, triggers, events, sequences and grants. */
export function programStatement(difference: Stated): string | undefined {
  const { kind, what, name } = difference;
  const [first = '', second = ''] = name;
  const own = quoted(kind === 'trigger' ? second : first);
  if (kind === 'grant') return grantStatement(difference);
  if (kind === 'membership') return membershipStatement(difference);
  if (kind === 'role' && what !== 'changed') return `${what === 'added' ? 'CREATE' : 'DROP'} ROLE ${first};`;
  if (!['view', 'function', 'procedure', 'trigger', 'event', 'sequence'].includes(kind)) return undefined;
  if (what === 'removed') return `DROP ${kind.toUpperCase()} ${own};`;
  switch (kind) {
    case 'view': {
      const check = text(difference, 'check');
      const algorithm = text(difference, 'algorithm');
      const words = [
        algorithm === '' ? '' : `ALGORITHM = ${algorithm}`,
        definerOf(difference).trim(),
        `SQL SECURITY ${text(difference, 'security')}`,
      ];
      return `CREATE OR REPLACE ${words.filter(Boolean).join(' ')} VIEW ${own} AS ${text(difference, 'definition')}${check === '' ? '' : ` WITH ${check} CHECK OPTION`};`;
    }
    case 'trigger': {
      const [, when = '', body = ''] = /^(\w+ \w+) ([\s\S]*)$/u.exec(text(difference, 'definition')) ?? [];
      const follows = text(difference, 'follows');
      const order = follows === '' ? '' : `FOLLOWS ${quoted(follows)} `;
      return delimited(
        `CREATE OR REPLACE${definerOf(difference)} TRIGGER ${own} ${when} ON ${quoted(first)} FOR EACH ROW ${order}${body}`,
        difference,
      );
    }
    case 'event':
      return delimited(
        `CREATE OR REPLACE${definerOf(difference)} EVENT ${own} ${schedule(difference)}${commentOf(difference)} DO ${text(difference, 'definition')}`,
        difference,
      );
    case 'sequence':
      return `CREATE OR REPLACE SEQUENCE ${own} START WITH ${text(difference, 'start')} INCREMENT BY ${text(difference, 'increment')} MINVALUE ${text(difference, 'least')} MAXVALUE ${text(difference, 'most')} CACHE ${text(difference, 'cache')}${text(difference, 'cycle') === 'true' ? ' CYCLE' : ''};`;
    default:
      return routine(difference, own);
  }
}

function routine(difference: Stated, own: string): string {
  const returns = text(difference, 'returns');
  const words = [
    `CREATE OR REPLACE${definerOf(difference)} ${difference.kind.toUpperCase()} ${own}(${text(difference, 'parameters')})`,
    returns === '' ? '' : `RETURNS ${returns}`,
    text(difference, 'deterministic') === 'true' ? 'DETERMINISTIC' : 'NOT DETERMINISTIC',
    text(difference, 'access'),
    `SQL SECURITY ${text(difference, 'security')}`,
    commentOf(difference).trim(),
    text(difference, 'definition'),
  ];
  return delimited(words.filter(Boolean).join(' '), difference);
}

function schedule(difference: Stated): string {
  const [starts, ends] = ['starts', 'ends'].map((prop) => text(difference, prop));
  const when = text(difference, 'schedule').replace(/^AT (.*)$/u, "AT '$1'");
  const state = { ENABLED: 'ENABLE', DISABLED: 'DISABLE' }[text(difference, 'status')] ?? 'DISABLE ON SLAVE';
  return `ON SCHEDULE ${when}${starts === '' ? '' : ` STARTS '${starts}'`}${ends === '' ? '' : ` ENDS '${ends}'`} ON COMPLETION ${text(difference, 'completion')} ${state}`;
}
