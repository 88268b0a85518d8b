import { hash } from 'node:crypto';
import { countOf } from './at-once.js';
import { inOrder, propsText } from './canonical.js';
import { refuseIncomparable, sources } from './comparable.js';
import type {
  Comparison,
  Difference,
  Expectation,
  Props,
  Side,
  StatementFor,
  Weight,
} from './differences.js';
import { setExpectedAside } from './expected.js';
import { type Finding, findings } from './findings.js';
import { pathOf } from './paths.js';
import { isAboutRights } from './permissions.js';
import type { Snapshot } from './snapshot.js';
import { statementOf } from './statements.js';
import { judge } from './weights.js';

/** Functions that suggest statements, by the name of the collector. */
export type Statements = Readonly<Record<string, StatementFor>>;

/**
 * Everything that differs from production to staging. Pure, and linear in the number of things. Refuses snapshots of two
 * clients, and two without any source in common; a source that only one has, or that two versions of a collector looked at,
 * is told as blind.
 */
export function compare(
  production: Snapshot,
  staging: Snapshot,
  expectations: readonly Expectation[] = [],
  statements: Statements = {},
): Comparison {
  refuseIncomparable(production, staging);
  const differences = sources(production, staging).flatMap(({ source, here, there }) => {
    const collector = here?.collector ?? there?.collector ?? '';
    const found = [...findings(source, here, there)];
    return found.map((finding) => told(finding, source, collector, statements[collector]));
  });
  const { open, expected } = setExpectedAside(differences, expectations);
  const { client } = production;
  const [before, after] = [sideOf(production), sideOf(staging)];
  return { client, production: before, staging: after, differences: open.sort(byWeight), expected };
}

function told(
  finding: Finding,
  source: string,
  collector: string,
  statementFor: StatementFor | undefined,
): Difference {
  const { what, kind, name, formerly } = finding;
  const statement = statementFor === undefined ? undefined : statementOf(finding, statementFor);
  return {
    id: idOf([what === 'blind' ? 'blind' : 'thing', source, kind, ...(formerly ?? name)]),
    digest: digestOf(finding),
    source,
    collector,
    ...finding,
    path: pathOf(source, finding),
    ...judge(finding),
    rights: isAboutRights(finding),
    ...(statement === undefined ? {} : { statement }),
  };
}

const idOf = (parts: readonly string[]): string => hash('sha256', JSON.stringify(parts)).slice(0, 20);

function digestOf({ what, name, production, staging, along, blind }: Finding): string {
  const parts = [what, JSON.stringify(name), sidesText(production, staging)];
  for (const one of along) {
    parts.push(one.kind, JSON.stringify(one.name), sidesText(one.production, one.staging));
  }
  if (blind !== undefined) parts.push(blind.production ?? '', blind.staging ?? '');
  return hash('sha256', parts.join('\n')).slice(0, 20);
}

const sidesText = (from: Props | undefined, to: Props | undefined): string =>
  `${from === undefined ? '' : propsText(from)}>${to === undefined ? '' : propsText(to)}`;

function sideOf({ environment, takenAt, fingerprint, sections }: Snapshot): Side {
  const seen = sections.map((section) => {
    const { source, subject } = section;
    return { source, subject, things: countOf(section) };
  });
  return { environment, takenAt, fingerprint, sources: seen };
}

const heaviness: Readonly<Record<Weight, number>> = { breaking: 0, notable: 1, cosmetic: 2 };

function byWeight(one: Difference, other: Difference): number {
  if (one.weight !== other.weight) return heaviness[one.weight] - heaviness[other.weight];
  if (one.source !== other.source) return one.source < other.source ? -1 : 1;
  return inOrder(one, other);
}
