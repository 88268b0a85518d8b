import type { Props, Stated } from '../../differences.js';
import { quoted } from './catalogue.js';

const withOption = ' with grant option';
const listed = (props: Props | undefined): string[] =>
  String(props?.['privileges'] ?? '')
    .split(', ')
    .filter(Boolean);
const plain = (privileges: readonly string[]): string[] =>
  privileges.map((one) => one.replace(withOption, ''));

/** Grants what staging has and production lacks, and takes back the rest. */
export function grantStatement({
  name: [kind = '', ...rest],
  production,
  staging,
}: Stated): string | undefined {
  const grantee = rest.at(-1) ?? '';
  const [table = '', column] = rest.slice(0, -1);
  const [before, after] = [listed(production), listed(staging)];
  const on = targetOf(kind, table);
  const say = (privileges: readonly string[]): string =>
    privileges.map((one) => (column === undefined ? one : `${one} (${quoted(column)})`)).join(', ');
  const [given, taken] = [
    plain(after).filter((one) => !plain(before).includes(one)),
    plain(before).filter((one) => !plain(after).includes(one)),
  ];
  // The option is one for all that somebody may do with a thing.
  const [hadOption, hasOption] = [before, after].map((list) => list.some((one) => one.endsWith(withOption)));
  const option = hasOption ? ' WITH GRANT OPTION' : '';
  const granted = given.length === 0 && hasOption && !hadOption ? plain(after) : given;
  const statements = [
    hadOption && !hasOption ? `REVOKE GRANT OPTION ON ${on} FROM ${grantee};` : '',
    taken.length === 0 ? '' : `REVOKE ${say(taken)} ON ${on} FROM ${grantee};`,
    granted.length === 0 ? '' : `GRANT ${say(granted)} ON ${on} TO ${grantee}${option};`,
  ];
  const told = statements.filter(Boolean).join('\n');
  return told === '' ? undefined : told;
}

function targetOf(kind: string, name: string): string {
  switch (kind) {
    case 'server':
      return '*.*';
    case 'database':
      // Its name is production's own: whoever runs this writes it in its place.
      return '<database>.*';
    case 'function':
    case 'procedure':
    case 'package':
    case 'package body':
      return `${kind.toUpperCase()} ${quoted(name)}`;
    default:
      return quoted(name);
  }
}

/** Who has a role. */
export function membershipStatement({ what, name: [role = '', member = ''], staging }: Stated): string {
  if (what === 'removed') return `REVOKE ${role} FROM ${member};`;
  const admin = staging?.['admin'] === true;
  if (what === 'changed' && !admin) return `REVOKE ADMIN OPTION FOR ${role} FROM ${member};`;
  return `GRANT ${role} TO ${member}${admin ? ' WITH ADMIN OPTION' : ''};`;
}
