import { slipway } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import { cut } from '../../kernel/text.js';
import type { Component, RegisterUseCases } from '../register/index.js';
import { changeBySlipway, type Release } from '../release/index.js';
import { type ComparisonNeeds, compareEnvironments } from './compare-environments.js';
import { type Assigned, assigned, comparisonOf, wantFirstComparison } from './comparison.js';
import { forgetFrozen, wantsArrival, wantsFreezeLook, whatHoldsBack } from './watch.js';
import { watchEnvironments } from './watch-environments.js';

export interface AttendNeeds extends ComparisonNeeds {
  readonly register: Pick<RegisterUseCases, 'settleComponents'>;
}

/** Looks at a release, and starts in the background what it wants of its environments. */
export const attendComparison = (needs: AttendNeeds) => {
  const { people, clock, comparer, background, register } = needs;
  const change = changeBySlipway(needs);
  const runComparison = compareEnvironments(needs);
  const { lookAtFreeze, lookAgain, lookAfter } = watchEnvironments(needs);

  /** Assigning a difference records it as a component of its incident; taking it away takes that back. */
  const settleComponents = async (release: Release): Promise<void> => {
    for (const [incident, given] of assigned(release))
      await register.settleComponents(slipway, incident, release.id, given.map(componentOf));
  };

  return {
    /** Safe to repeat. */
    attendComparison: async (id: string): Promise<void> => {
      const client = people.client(clientOf(id));
      if (!comparer.isConfigured(client)) return;
      await change(id, 'forgot what staging was, because it was thawed', forgetFrozen);
      const began = 'started the comparison, as the checklist began';
      const { state: release } = await change(id, began, wantFirstComparison);
      const work = (look: () => Promise<void>): void => background.run(`comparison/${id}`, look);
      const { run, watch } = comparisonOf(release);
      const { atFreeze } = watch;
      const now = clock.now();
      if (run?.status === 'under way') work(() => runComparison(id, run.number, client));
      if (release.status === 'frozen' && wantsFreezeLook(release, now))
        work(() => lookAtFreeze(id, release.frozen.since, client));
      if (atFreeze !== undefined && wantsArrival(release, now)) work(() => lookAfter(id, client, atFreeze));
      if (run !== undefined) await settleComponents(release);
    },

    /** Whether staging is still what it was when it was frozen; looks again when that is not known, and says no until it is. */
    isStagingStill: async (release: Release): Promise<boolean> => {
      const client = people.client(release.client);
      if (!comparer.isConfigured(client)) return true;
      const holds = whatHoldsBack(release, clock.now());
      const { atFreeze } = comparisonOf(release).watch;
      if (holds === 'look first' && atFreeze !== undefined)
        background.run(`comparison/${release.id}`, () => lookAgain(release.id, client, atFreeze));
      return holds === undefined;
    },
  };
};

const longestName = 200;

function componentOf({ difference, by, at }: Assigned): Component {
  const { path, kind, what, brief } = difference;
  const change = cut(`${kind} ${what}${brief === '' ? '' : `, ${brief}`}`, 300);
  return { name: path.slice(-longestName), change, by, at };
}
