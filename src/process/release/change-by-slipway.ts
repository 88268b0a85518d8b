import { slipway } from '../../kernel/by.js';
import type { Instant } from '../../kernel/instants.js';
import type { Stored } from '../../platform/store/documents.js';
import type { ReleaseNeeds } from './needs.js';
import type { Release } from './release.js';

/**
 * Changes a release where time or another step moved it, and no person did. `decide` gives undefined where nothing is due,
 * so it is safe to repeat. What is done shows in a message of its own, and needs no line in the thread.
 */
export const changeBySlipway =
  ({ releases, clock }: Pick<ReleaseNeeds, 'releases' | 'clock'>) =>
  (
    id: string,
    did: string,
    decide: (release: Release, now: Instant) => Release | undefined,
  ): Promise<Stored<Release>> => {
    const now = clock.now();
    return releases.change(id, { by: slipway, now }, (release) => {
      const next = decide(release, now);
      return next === undefined ? undefined : { next, did, quiet: true };
    });
  };
