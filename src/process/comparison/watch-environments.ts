import type { Client } from '../../people/people.js';
import { changeBySlipway } from '../release/index.js';
import { type ComparisonNeeds, lookAndKeep, timeLimit, wordsOf } from './compare-environments.js';
import { comparisonOf, production, type SnapshotRef } from './comparison.js';
import type { Snapshot } from './snapshot.js';
import { differenceWords, keepFrozen, recordArrival, recordBefore, recordNoArrival } from './watch.js';

/** Looks at staging when it is frozen and again before the deployment, and at production after verification. */
export const watchEnvironments = (needs: ComparisonNeeds) => {
  const { releases, comparer, archive } = needs;
  const change = changeBySlipway(needs);

  const kept = async ({ id }: SnapshotRef): Promise<Snapshot> => {
    const text = await archive.read(id);
    if (text === undefined) throw new Error(`the snapshot ${id} is not kept any more`);
    return comparer.read(text);
  };

  const movedSince = async (client: Client, then: SnapshotRef, now: Snapshot): Promise<string[]> =>
    then.fingerprint === now.fingerprint
      ? []
      : comparer.moved(client, await kept(then), now).map(differenceWords);

  const blind = async (id: string, error: unknown): Promise<void> => {
    const why = wordsOf(error);
    await change(id, `could not look at staging: ${why}`, (release, now) =>
      recordBefore(release, [], now, why),
    );
  };

  return {
    /** Staging as it is when frozen, and what had moved since it was compared. */
    lookAtFreeze: async (id: string, since: string, client: Client): Promise<void> => {
      try {
        const { snapshot, ref } = await lookAndKeep(needs, client, client.staging, `${id}-frozen-${since}`);
        const run = await releases.find(id).then((found) => found && comparisonOf(found.state).run);
        const unanswered = run?.status === 'done' ? await movedSince(client, run.staging, snapshot) : [];
        await change(id, 'keeps what staging is', (release) => keepFrozen(release, ref, unanswered));
      } catch (error) {
        await blind(id, error);
      }
    },

    /** Staging once more, just before the deployment. */
    lookAgain: async (id: string, client: Client, atFreeze: SnapshotRef): Promise<void> => {
      try {
        const now = await comparer.collect(client, client.staging, { signal: timeLimit() });
        const moved = await movedSince(client, atFreeze, now);
        const did = moved.length === 0 ? 'nothing moved' : moved.slice(0, 5).join('; ');
        await change(id, `looked at staging again: ${did}`, (release, at) =>
          recordBefore(release, moved, at),
        );
      } catch (error) {
        await blind(id, error);
      }
    },

    /** Production after verification, against what was meant to arrive. */
    lookAfter: async (id: string, client: Client, atFreeze: SnapshotRef): Promise<void> => {
      try {
        const now = await comparer.collect(client, production, { signal: timeLimit() });
        const { listed } = comparer.compare(client, now, await kept(atFreeze));
        await change(id, 'compared production with what was frozen', (release, at) =>
          recordArrival(release, listed, at),
        );
      } catch (error) {
        const why = wordsOf(error);
        await change(id, `could not look at production: ${why}`, (release, at) =>
          recordNoArrival(release, why, at),
        );
      }
    },
  };
};
