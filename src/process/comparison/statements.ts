import type { Along, Difference, Props, StatementFor } from './differences.js';

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

/** Suggests what brings production to staging's form: for something new with all that came along, for something gone alone. */
export function statementOf(finding: Finding, statementFor: StatementFor): string | undefined {
  const { what, kind, name, parent, production, staging, changed, along } = finding;
  if (what === 'blind' || what === 'renamed' || hasSecret(production) || hasSecret(staging)) return undefined;
  const sides = { ...(production && { production }), ...(staging && { staging }) };
  const own = statementFor({ what, kind, name, ...(parent && { parent }), ...sides, changed });
  if (what !== 'added') return own;
  const built = along
    .toSorted((one, other) => turn(one) - turn(other))
    .filter(({ staging: props }) => !hasSecret(props));
  const further = built.slice(0, most).map((one) => statementFor({ ...one, what, changed: [] }));
  const lines = [own, ...further].filter((line) => line !== undefined);
  if (lines.length === 0) return undefined;
  return built.length > most ? `${lines.join('\n')}\n-- and ${built.length - most} more` : lines.join('\n');
}

const hasSecret = (props: Props | undefined): boolean =>
  props !== undefined && Object.values(props).some((value) => typeof value === 'object' && value !== null);
