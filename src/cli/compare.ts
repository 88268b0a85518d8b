import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Refusal } from '../kernel/refusal.js';
import { compare } from '../process/comparison/compare.js';
import type { Comparison, Expectation } from '../process/comparison/differences.js';
import { reportHtml } from '../process/comparison/report.html.js';
import { reportJson } from '../process/comparison/report.js';
import { reportText } from '../process/comparison/report.text.js';
import { readSnapshot } from '../process/comparison/snapshot.file.js';
import { statements } from '../process/comparison/suggestions.js';
import { configPath, type Surroundings, sentenceOf } from './surroundings.js';

export interface CompareWish {
  /** The snapshot files. */
  readonly production: string;
  readonly staging: string;
  readonly json?: boolean | undefined;
  readonly html?: boolean | undefined;
  /** The file to write the report to; standard output when absent. */
  readonly out?: string | undefined;
  /** Where expected differences are declared; the one in this folder, if there is one, when absent. */
  readonly config?: string | undefined;
  readonly colours: boolean;
}

/** 0 equal, 1 different, 2 could not compare. */
export interface Verdict {
  readonly code: 0 | 1 | 2;
  /** For standard error; nothing to say when empty. */
  readonly sentence: string;
}

/** Compares two snapshot files and gives the report. Never throws. */
export async function compareFiles(
  wish: CompareWish,
  { variables, print }: Pick<Surroundings, 'variables' | 'print'>,
): Promise<Verdict> {
  try {
    if (wish.json && wish.html)
      throw new Refusal('unreadable', 'Ask for --json or for --html, not for both.');
    const [production, staging] = [await readSnapshot(wish.production), await readSnapshot(wish.staging)];
    const expected = await expectations(production.client, wish.config, variables);
    const comparison = compare(production, staging, expected, statements);
    const report = reportOf(comparison, wish);
    if (wish.out === undefined) print(report);
    else await writeFile(wish.out, report, { mode: 0o600 });
    const sentence = wish.out === undefined ? '' : `The report stands in ${wish.out}.`;
    return { code: comparison.differences.length === 0 ? 0 : 1, sentence };
  } catch (error) {
    return { code: 2, sentence: `The snapshots could not be compared. ${sentenceOf(error)}` };
  }
}

async function expectations(
  client: string,
  given: string | undefined,
  variables: Surroundings['variables'],
): Promise<readonly Expectation[]> {
  const path = configPath(given, variables);
  // Where snapshots are only compared, nobody needs a slipway.yaml; one that is named must be there.
  if (given === undefined && !variables['SLIPWAY_CONFIG'] && !existsSync(path)) return [];
  const { readHouse } = await import('../config/read-house.js');
  const { clients } = await readHouse(path);
  return Object.hasOwn(clients, client) ? (clients[client]?.expected ?? []) : [];
}

function reportOf(comparison: Comparison, { json, html, out, colours }: CompareWish): string {
  if (json) return `${reportJson(comparison)}\n`;
  if (html) return reportHtml(comparison);
  return reportText(comparison, { colours: colours && out === undefined });
}
