import type { Along, Difference, Props, Stated, StatementFor } from './differences.js';

type Finding = Pick<
  Difference,
  'what' | 'kind' | 'name' | 'formerly' | 'parent' | 'production' | 'staging' | 'changed' | 'along'
>;

/** What must be there before what: columns before keys, keys of all before those that point to them. */
const building = [
  'column',
  'sequence',
  'primary key',
  'unique',
  'check',
  'exclusion',
  'index',
  'foreign key',
];
const turn = ({ kind }: Along): number => {
  const at = building.indexOf(kind);
  return at < 0 ? building.length : at;
};

/** More than this nobody reads as a suggestion. */
const most = 300;

/** Suggests what brings production to staging's form; undefined where nobody knows, or a secret would be told. */
export function statementOf(finding: Finding, statementFor: StatementFor): string | undefined {
  const { what, kind, name, formerly, parent, production, staging, changed, along } = finding;
  if (what === 'blind' || hasSecret(production) || hasSecret(staging)) return undefined;
  const place = parent === undefined ? { kind, name } : { kind, name, parent };
  const sides = { ...(production && { production }), ...(staging && { staging }) };
  if (what === 'added') return together({ what, ...place, ...sides, changed }, along, statementFor);
  if (what !== 'renamed') return statementFor({ what, ...place, ...sides, changed }, along);
  const renaming = statementFor.renaming?.({ kind, name, formerly: formerly ?? name });
  const rest =
    changed.length === 0 ? undefined : statementFor({ what: 'changed', ...place, ...sides, changed }, []);
  return joined([renaming, rest]);
}

/** Something new with all that came along, in an order in which it can be made. */
function together(own: Stated, along: readonly Along[], statementFor: StatementFor): string | undefined {
  const built = along
    .toSorted((one, other) => turn(one) - turn(other))
    .filter(({ staging }) => !hasSecret(staging));
  const further = built
    .slice(0, most)
    .map((one) => statementFor({ ...one, what: 'added', changed: [], isAlong: true }, []));
  const more = built.length > most ? `-- and ${built.length - most} more` : undefined;
  return joined([statementFor(own, built), ...further, more]);
}

function joined(statements: readonly (string | undefined)[]): string | undefined {
  const given = statements.filter((one) => one !== undefined);
  return given.length === 0 ? undefined : given.join('\n');
}

const hasSecret = (props: Props | undefined): boolean =>
  props !== undefined && Object.values(props).some((value) => typeof value === 'object' && value !== null);
