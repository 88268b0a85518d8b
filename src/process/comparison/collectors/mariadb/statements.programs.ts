import type { Stated } from '../../differences.js';
import { quoted } from './catalogue.js';

const text = ({ staging }: Stated, prop: string): string => {
  const value = staging?.[prop];
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
};

/** A body may hold semicolons: the client is told of another end. */
const delimited = (statement: string): string => `DELIMITER $$\n${statement}$$\nDELIMITER ;`;

/** Views, routines, triggers, events, sequences and grants. */
export function programStatement(difference: Stated): string | undefined {
  const { kind, what, name } = difference;
  const [first = '', second = ''] = name;
  const own = quoted(kind === 'trigger' ? second : first);
  if (kind === 'grant') return grantStatement(difference);
  if (!['view', 'function', 'procedure', 'trigger', 'event', 'sequence'].includes(kind)) return undefined;
  if (what === 'removed') return `DROP ${kind.toUpperCase()} ${own};`;
  switch (kind) {
    case 'view': {
      const check = text(difference, 'check');
      const security = `SQL SECURITY ${text(difference, 'security')}`;
      return `CREATE OR REPLACE ${security} VIEW ${own} AS ${text(difference, 'definition')}${check === '' ? '' : ` WITH ${check} CHECK OPTION`};`;
    }
    case 'trigger': {
      const [, when = '', body = ''] = /^(\w+ \w+) ([\s\S]*)$/u.exec(text(difference, 'definition')) ?? [];
      return delimited(`CREATE OR REPLACE TRIGGER ${own} ${when} ON ${quoted(first)} FOR EACH ROW ${body}`);
    }
    case 'event':
      return delimited(
        `CREATE OR REPLACE EVENT ${own} ${schedule(difference)} DO ${text(difference, 'definition')}`,
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
    `CREATE OR REPLACE ${difference.kind.toUpperCase()} ${own}(${text(difference, 'parameters')})`,
    returns === '' ? '' : `RETURNS ${returns}`,
    text(difference, 'deterministic') === 'true' ? 'DETERMINISTIC' : 'NOT DETERMINISTIC',
    text(difference, 'access'),
    `SQL SECURITY ${text(difference, 'security')}`,
    text(difference, 'definition'),
  ];
  return delimited(words.filter(Boolean).join(' '));
}

function schedule(difference: Stated): string {
  const [starts, ends] = ['starts', 'ends'].map((prop) => text(difference, prop));
  const when = text(difference, 'schedule').replace(/^AT (.*)$/u, "AT '$1'");
  const state = { ENABLED: 'ENABLE', DISABLED: 'DISABLE' }[text(difference, 'status')] ?? 'DISABLE ON SLAVE';
  return `ON SCHEDULE ${when}${starts === '' ? '' : ` STARTS '${starts}'`}${ends === '' ? '' : ` ENDS '${ends}'`} ON COMPLETION ${text(difference, 'completion')} ${state}`;
}

const withOption = ' with grant option';

function grantStatement({ name: [kind = '', ...rest], production, staging }: Stated): string | undefined {
  const grantee = rest.at(-1) ?? '';
  const [table = '', column] = rest.slice(0, -1);
  const [before, after] = [production, staging].map((props) =>
    String(props?.['privileges'] ?? '')
      .split(', ')
      .map((one) => one.replace(withOption, ''))
      .filter(Boolean),
  );
  const target = kind === 'server' ? '*.*' : quoted(table);
  // The name of the database is production's own: whoever runs this writes it in its place.
  const on =
    kind === 'database'
      ? '<database>.*'
      : kind === 'function' || kind === 'procedure'
        ? `${kind.toUpperCase()} ${target}`
        : target;
  const say = (privileges: readonly string[]): string =>
    privileges.map((one) => (column === undefined ? one : `${one} (${quoted(column)})`)).join(', ');
  const [given, taken] = [
    (after ?? []).filter((one) => !before?.includes(one)),
    (before ?? []).filter((one) => !after?.includes(one)),
  ];
  const statements = [
    taken.length === 0 ? '' : `REVOKE ${say(taken)} ON ${on} FROM ${grantee};`,
    given.length === 0 ? '' : `GRANT ${say(given)} ON ${on} TO ${grantee};`,
  ];
  const told = statements.filter(Boolean).join('\n');
  return told === '' ? undefined : told;
}
