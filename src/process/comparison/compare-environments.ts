import { clientOf } from '../../kernel/references.js';
import type { Client } from '../../people/people.js';
import type { Background } from '../../platform/jobs/background.js';
import type { Slots } from '../../platform/slack/slots.js';
import { changeBySlipway, type Release, type ReleaseNeeds } from '../release/index.js';
import type { Comparer } from './comparer.js';
import {
  comparisonOf,
  failComparison,
  forgetFrozen,
  keepFrozen,
  production,
  recordAfter,
  recordBefore,
  recordComparison,
  type SnapshotRef,
  whatMoved,
} from './comparison.js';
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

/** The name under which the report of a run is kept. */
export function reportName(release: string, run: number, kind: 'html' | 'json'): string {
  return `${release}-comparison-${run}.${kind}`;
}

/** Looks at environments when a release wants it: for a comparison, at the freeze, before the deployment, after verification. */
export const compareEnvironments = (needs: ComparisonNeeds) => {
  const { releases, people, clock, comparer, background } = needs;

  const change = changeBySlipway({ releases, clock });

  const runComparison = async (id: string, number: number, client: Client): Promise<void> => {
    try {
      const shown = progressShower(needs, id, client);
      const [here, there] = await lookAtBoth(needs, client, id, number, shown);
      const { listed, expected, html, json } = comparer.compare(client, there.snapshot, here.snapshot);
      await needs.archive.keep(reportName(id, number, 'html'), html());
      await needs.archive.keep(reportName(id, number, 'json'), json());
      const found = { staging: here.ref, production: there.ref, differences: listed, expected };
      await change(id, `compared staging with production: ${listed.length} differences`, (release) =>
        recordComparison(release, number, found),
      );
    } catch (error) {
      if (background.stopping()) return;
      const why = error instanceof Error ? error.message : String(error);
      await change(id, `could not compare: ${why}`, (release) => failComparison(release, number, why));
    }
  };

  /** Staging as it is when frozen. */
  const watchFreeze = async (id: string, since: string, client: Client): Promise<void> => {
    try {
      const { ref } = await lookAndKeep(
        needs,
        client,
        client.staging,
        `${id}-frozen-${since}`,
        () => undefined,
      );
      await change(id, 'keeps what staging is', (release) => keepFrozen(release, ref));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await change(id, `could not look at the frozen staging: ${why}`, (release, at) =>
        comparisonOf(release).watch.before?.blind === why ? undefined : recordBefore(release, [], at, why),
      );
    }
  };

  /** Staging once more, just before the deployment. */
  const lookAgain = async (id: string, client: Client, atFreeze: SnapshotRef): Promise<void> => {
    const kept = await needs.archive.read(atFreeze.id);
    if (kept === undefined) return;
    try {
      const now = await comparer.collect(client, client.staging, timeLimit(), () => undefined);
      const moved =
        now.fingerprint === atFreeze.fingerprint
          ? []
          : comparer
              .compare(client, comparer.read(kept), now)
              .listed.map(({ kind, path, what }) => `${kind} ${path} ${what}`);
      await change(
        id,
        moved.length === 0
          ? 'looked at staging again: nothing moved'
          : `staging moved since the freeze: ${moved.slice(0, 5).join('; ')}`,
        (release, at) => recordBefore(release, moved, at),
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await change(id, `could not look at staging before the deployment: ${why}`, (release, at) =>
        recordBefore(release, [], at, why),
      );
    }
  };

  /** Production after verification, against what was meant to arrive. */
  const lookAfter = async (id: string, client: Client, atFreeze: SnapshotRef): Promise<void> => {
    const kept = await needs.archive.read(atFreeze.id);
    if (kept === undefined) return;
    const now = await comparer.collect(client, production, timeLimit(), () => undefined);
    const left = comparer
      .compare(client, now, comparer.read(kept))
      .listed.map(({ kind, path, what }) => `${kind} ${path} ${what}`);
    await change(
      id,
      `compared production with what was frozen: ${left.length} differences left`,
      (release, at) => recordAfter(release, left, at),
    );
  };

  return {
    /** Looks at a release, and starts in the background what it wants. Safe to repeat. */
    attendComparison: async (id: string): Promise<void> => {
      const client = people.client(clientOf(id));
      const found = await releases.find(id);
      if (found === undefined || !comparer.isConfigured(client)) return;
      await change(id, 'forgot what staging was, because it was thawed', forgetFrozen);
      const { run, watch } = comparisonOf(found.state);
      if (run?.status === 'under way')
        background.run(`comparison/${id}`, () => runComparison(id, run.number, client));
      if (found.state.status === 'frozen' && watch.atFreeze === undefined) {
        const { since } = found.state.frozen;
        background.run(`comparison/${id}`, () => watchFreeze(id, since, client));
      }
      const { atFreeze } = watch;
      if (found.state.status === 'live' && atFreeze !== undefined && watch.after === undefined) {
        background.run(`comparison/${id}`, () => lookAfter(id, client, atFreeze));
      }
    },

    /** Whether staging is still what it was when it was frozen; looks again when that is not known, and says no until it is. */
    isStagingStill: async (release: Release): Promise<boolean> => {
      const client = people.client(release.client);
      if (!comparer.isConfigured(client)) return true;
      const moved = whatMoved(release, clock.now());
      const { atFreeze } = comparisonOf(release).watch;
      if (moved !== 'look first') return moved.length === 0;
      if (atFreeze !== undefined)
        background.run(`comparison/${release.id}`, () => lookAgain(release.id, client, atFreeze));
      return false;
    },
  };
};

const timeLimit = (): AbortSignal => AbortSignal.timeout(20 * 60_000);

interface Looked {
  readonly snapshot: Snapshot;
  readonly ref: SnapshotRef;
}

async function lookAndKeep(
  { comparer, archive }: ComparisonNeeds,
  client: Client,
  environment: string,
  name: string,
  progress: (words: string) => void,
): Promise<Looked> {
  const snapshot = await comparer.collect(client, environment, timeLimit(), progress);
  await archive.keep(name, comparer.write(snapshot));
  return { snapshot, ref: { id: name, fingerprint: snapshot.fingerprint, takenAt: snapshot.takenAt } };
}

async function lookAtBoth(
  needs: ComparisonNeeds,
  client: Client,
  id: string,
  number: number,
  shown: (environment: string, words: string) => void,
): Promise<[Looked, Looked]> {
  const look = (environment: string): Promise<Looked> =>
    lookAndKeep(needs, client, environment, `${id}-${number}-${environment}`, (words) =>
      shown(environment, words),
    );
  return Promise.all([look(client.staging), look(production)]);
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
