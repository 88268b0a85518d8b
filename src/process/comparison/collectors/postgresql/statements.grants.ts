import type { Stated } from '../../differences.js';
import { lines, named, roleNamed, signature, textOf } from './written.js';

const withOption = ' with grant option';

/** Grants what staging has and production lacks, and takes back the rest. */
export function grantStatement({
  name: [kind = '', ...rest],
  production,
  staging,
}: Stated): string | undefined {
  const grantee = roleNamed(rest.at(-1) ?? '');
  const target = targetOf(kind, rest.slice(0, -1));
  if (target === undefined) return undefined;
  const [before, after] = [production, staging].map((props) =>
    textOf(props?.['privileges']).split(', ').filter(Boolean),
  );
  const given = (after ?? []).filter((privilege) => !before?.includes(privilege));
  const plain = (privileges: readonly string[] = []): string[] =>
    privileges.map((privilege) => privilege.replace(withOption, ''));
  const taken = plain(before).filter((privilege) => !plain(after).includes(privilege));
  const optionTaken = plain(before?.filter((privilege) => privilege.endsWith(withOption))).filter(
    (privilege) => after?.includes(privilege),
  );
  const say = (privileges: readonly string[]): string =>
    privileges.map((privilege) => `${privilege}${target.columns}`).join(', ');
  const [options, others] = [
    given.filter((one) => one.endsWith(withOption)),
    given.filter((one) => !one.endsWith(withOption) && !plain(before).includes(one)),
  ];
  return lines(
    taken.length === 0 ? undefined : `REVOKE ${say(taken)} ON ${target.on} FROM ${grantee}`,
    optionTaken.length === 0
      ? undefined
      : `REVOKE GRANT OPTION FOR ${say(optionTaken)} ON ${target.on} FROM ${grantee}`,
    others.length === 0 ? undefined : `GRANT ${say(others)} ON ${target.on} TO ${grantee}`,
    options.length === 0
      ? undefined
      : `GRANT ${say(plain(options))} ON ${target.on} TO ${grantee} WITH GRANT OPTION`,
  );
}

function targetOf(kind: string, name: readonly string[]): { on: string; columns: string } | undefined {
  const whole = (on: string) => ({ on, columns: '' });
  switch (kind) {
    case 'column':
      return { on: named(...name.slice(0, -1)), columns: ` (${named(name.at(-1) ?? '')})` };
    case 'table':
    case 'view':
    case 'materialised view':
    case 'foreign table':
      return whole(named(...name));
    case 'sequence':
      return whole(`SEQUENCE ${named(...name)}`);
    case 'schema':
      return whole(`SCHEMA ${named(...name)}`);
    case 'function':
    case 'aggregate':
      return whole(`FUNCTION ${signature(name)}`);
    case 'procedure':
      return whole(`PROCEDURE ${signature(name)}`);
    case 'enum':
    case 'domain':
    case 'range type':
    case 'composite type':
      return whole(`TYPE ${named(...name)}`);
    default:
      return undefined;
  }
}
