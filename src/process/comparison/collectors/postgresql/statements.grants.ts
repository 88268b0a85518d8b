import type { Stated } from '../../differences.js';
import { lines, named, roleNamed, signature, textOf } from './written.js';

const withOption = ' with grant option';

/** Grants what staging has and production lacks, and takes back the rest. */
export function grantStatement(difference: Stated): string | undefined {
  const [kind = '', ...rest] = difference.name;
  const target = targetOf(kind, rest.slice(0, -1));
  if (target === undefined) return undefined;
  return lines(...acts(difference, rest.at(-1) ?? '', ` ON ${target.on}`, target.columns));
}

/** The same of what is still to be made. An empty list takes away what everybody has of new things by themselves. */
export function defaultPrivilegesStatement(difference: Stated): string | undefined {
  const [role = '', place = '', kind = '', grantee = ''] = difference.name;
  const schema = place.startsWith('schema ') ? ` IN SCHEMA ${named(place.slice('schema '.length))}` : '';
  const alter = `ALTER DEFAULT PRIVILEGES FOR ROLE ${named(role)}${schema}`;
  const things = `${kind.toUpperCase()}S`;
  const isEverybody = (props: Stated['staging']): boolean =>
    textOf(props?.['privileges']) === '' && props !== undefined;
  if (isEverybody(difference.staging))
    return lines(`${alter} REVOKE ALL ON ${things} FROM ${roleNamed(grantee)}`);
  if (isEverybody(difference.production))
    return lines(`${alter} GRANT ALL ON ${things} TO ${roleNamed(grantee)}`);
  return lines(...acts(difference, grantee, ` ON ${things}`, '').map((act) => act && `${alter} ${act}`));
}

function acts(
  { production, staging }: Stated,
  to: string,
  on: string,
  columns: string,
): (string | undefined)[] {
  const grantee = roleNamed(to);
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
    privileges.map((privilege) => `${privilege}${columns}`).join(', ');
  const [options, others] = [
    given.filter((one) => one.endsWith(withOption)),
    given.filter((one) => !one.endsWith(withOption) && !plain(before).includes(one)),
  ];
  return [
    taken.length === 0 ? undefined : `REVOKE ${say(taken)}${on} FROM ${grantee}`,
    optionTaken.length === 0 ? undefined : `REVOKE GRANT OPTION FOR ${say(optionTaken)}${on} FROM ${grantee}`,
    others.length === 0 ? undefined : `GRANT ${say(others)}${on} TO ${grantee}`,
    options.length === 0 ? undefined : `GRANT ${say(plain(options))}${on} TO ${grantee} WITH GRANT OPTION`,
  ];
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
    case 'foreign server':
      return whole(`FOREIGN SERVER ${named(...name)}`);
    case 'foreign data wrapper':
      return whole(`FOREIGN DATA WRAPPER ${named(...name)}`);
    case 'language':
      return whole(`LANGUAGE ${named(...name)}`);
    case 'setting':
      return whole(`PARAMETER ${named(...name)}`);
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
