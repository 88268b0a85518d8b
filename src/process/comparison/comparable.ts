import { Refusal } from '../../kernel/refusal.js';
import type { Section, Snapshot, Value } from './snapshot.js';

/** Refuses two snapshots of which nothing can be compared, with what to do. */
export function refuseIncomparable(production: Snapshot, staging: Snapshot): void {
  if (production.client !== staging.client) {
    const sentence = `One snapshot is of ${production.client} and the other of ${staging.client}. Compare two of the same client.`;
    throw new Refusal('unreadable', sentence);
  }
  if (production.sections.length + staging.sections.length === 0) {
    const sentence = `Neither snapshot holds anything. Say in slipway.yaml, under \`compare\` of each environment, what to look at.`;
    throw new Refusal('not-configured', sentence);
  }
  for (const snapshot of [production, staging]) refuseTwice(snapshot);
  refuseTwoKeys(production, staging);
  const reasons = sources(production, staging).map(({ source, here, there }) => whyNot(source, here, there));
  if (reasons.some((reason) => reason === undefined)) return;
  throw new Refusal('unreadable', `Nothing in these snapshots can be compared: ${reasons.join('; ')}.`);
}

/** Hashes of secrets say nothing of each other when they were made with two keys. */
function refuseTwoKeys(production: Snapshot, staging: Snapshot): void {
  const [one, other] = [production.keyMark, staging.keyMark];
  if (one === undefined || other === undefined || one === other) return;
  if (!holdsSecret(production) && !holdsSecret(staging)) return;
  const sentence =
    'The snapshots were taken with two different keys, so that their secrets cannot be compared. Take both with the same SLIPWAY_SECRET_KEY.';
  throw new Refusal('unreadable', sentence);
}

function holdsSecret({ sections }: Snapshot): boolean {
  const isSecret = (value: Value): boolean => typeof value === 'object' && value !== null;
  return sections.some(({ things }) => things.some(({ props }) => Object.values(props).some(isSecret)));
}

function refuseTwice({ environment, sections }: Snapshot): void {
  const names = sections.map(({ source }) => source);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new Refusal(
    'unreadable',
    `The snapshot of ${environment} holds ${twice} twice. Give each source a name of its own.`,
  );
}

/** One source as both snapshots have it. */
export interface Source {
  readonly source: string;
  readonly here: Section | undefined;
  readonly there: Section | undefined;
}

/** The sources of two snapshots by name. */
export function sources(production: Snapshot, staging: Snapshot): Source[] {
  const here = new Map(production.sections.map((section) => [section.source, section]));
  const there = new Map(staging.sections.map((section) => [section.source, section]));
  const names = [...new Set([...here.keys(), ...there.keys()])].sort();
  return names.map((source) => ({ source, here: here.get(source), there: there.get(source) }));
}

/** Why a source cannot be compared, and what to do; undefined when it can. */
export function whyNot(
  source: string,
  here: Section | undefined,
  there: Section | undefined,
): string | undefined {
  if (here === undefined || there === undefined) {
    const side = here === undefined ? 'production' : 'staging';
    return `${source} was not looked at in ${side}: declare it in slipway.yaml for both environments, or for neither`;
  }
  if (here.collector !== there.collector)
    return `${source} is ${here.collector} in production and ${there.collector} in staging: give two different things two names`;
  if (here.collectorVersion === there.collectorVersion) return undefined;
  const [older, newer] =
    here.collectorVersion < there.collectorVersion ? ['production', 'staging'] : ['staging', 'production'];
  return `${source} was looked at by an older version of Slipway in ${older} than in ${newer}: take ${older}'s snapshot again with the newer one`;
}
