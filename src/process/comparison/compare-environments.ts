import type { Client } from '../../people/people.js';
import type { Background } from '../../platform/jobs/background.js';
import type { Slots } from '../../platform/slack/slots.js';
import { changeBySlipway, type ReleaseNeeds } from '../release/index.js';
import type { Comparer, LookConditions } from './comparer.js';
import { failComparison, production, recordComparison, type SnapshotRef } from './comparison.js';
import type { Archive } from './comparison.store.js';
import { comparisonProgress } from './comparison.views.js';
import type { Snapshot } from './snapshot.js';

export interface ComparisonNeeds extends ReleaseNeeds {
  readonly comparer: Comparer;
  readonly archive: Archive;
  readonly background: Background;
  readonly slots: Slots;
}

const editEvery = 2_000;

/** How long a look at one environment may take. */
export const timeLimit = (): AbortSignal => AbortSignal.timeout(20 * 60_000);

/** What went wrong, in the words of whoever was asked. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The name under which the report of a run is kept. */
export function reportName(release: string, run: number, kind: 'html' | 'json'): string {
  return `${release}-comparison-${run}.${kind}`;
}

/** Compares both environments of a client for a release, and records what was found or why it could not be. */
export const compareEnvironments = (needs: ComparisonNeeds) => {
  const { comparer, background, archive } = needs;
  const change = changeBySlipway(needs);
  return async (id: string, number: number, client: Client): Promise<void> => {
    try {
      const shown = progressShower(needs, id, client);
      const run = {};
      const look = (environment: string): Promise<Looked> =>
        lookAndKeep(needs, client, environment, snapshotName(id, number, environment), {
          progress: (words) => shown(environment, words),
          run,
        });
      const [here, there] = await Promise.all([look(client.staging), look(production)]);
      const { listed, expected, html, json } = comparer.compare(client, there.snapshot, here.snapshot);
      await archive.keep(reportName(id, number, 'html'), html());
      await archive.keep(reportName(id, number, 'json'), json());
      const found = { staging: here.ref, production: there.ref, differences: listed, expected };
      await change(id, `compared staging with production: ${listed.length} differences`, (release) =>
        recordComparison(release, number, found),
      );
      await forgetEarlier(archive, id, number, [client.staging, production]);
    } catch (error) {
      if (background.stopping()) return;
      const why = wordsOf(error);
      await change(id, `could not compare: ${why}`, (release) => failComparison(release, number, why));
    }
  };
};

const snapshotName = (release: string, run: number, environment: string): string =>
  `${release}-${run}-${environment}`;

/** Nothing is held against the snapshots of earlier runs any more; their reports stay, for whoever reads them in Slack. */
async function forgetEarlier(
  archive: Archive,
  id: string,
  number: number,
  environments: readonly string[],
): Promise<void> {
  for (let earlier = 1; earlier < number; earlier += 1) {
    for (const environment of environments) await archive.forget(snapshotName(id, earlier, environment));
  }
}

interface Looked {
  readonly snapshot: Snapshot;
  readonly ref: SnapshotRef;
}

/** Looks at an environment and keeps the snapshot under a name. */
export async function lookAndKeep(
  { comparer, archive }: Pick<ComparisonNeeds, 'comparer' | 'archive'>,
  client: Client,
  environment: string,
  name: string,
  conditions: Omit<LookConditions, 'signal'> = {},
): Promise<Looked> {
  const snapshot = await comparer.collect(client, environment, { ...conditions, signal: timeLimit() });
  await archive.keep(name, comparer.write(snapshot));
  return { snapshot, ref: { id: name, fingerprint: snapshot.fingerprint, takenAt: snapshot.takenAt } };
}

/** Shows in the comparison's own message how far both sides are, no more often than Slack likes. */
function progressShower(
  { slots, releases }: ComparisonNeeds,
  id: string,
  client: Client,
): (environment: string, words: string) => void {
  const latest = new Map<string, string>();
  let shownAt = 0;
  let busy = false;
  return (environment, words) => {
    latest.set(environment, words);
    if (busy || Date.now() - shownAt < editEvery) return;
    [shownAt, busy] = [Date.now(), true];
    const said = [...latest].map(([name, what]) => `${name}: ${what}`).join(' · ');
    const show = async (): Promise<void> => {
      const found = await releases.find(id);
      if (found === undefined) return;
      const content = comparisonProgress(found.state, said);
      await slots.show({
        key: `release/${id}/comparison`,
        place: { channel: client.channels.team },
        thread: `release/${id}/board`,
        content,
      });
    };
    // A picture only; the result is shown by whoever follows the release.
    void show()
      .catch(() => undefined)
      .finally(() => {
        busy = false;
      });
  };
}
