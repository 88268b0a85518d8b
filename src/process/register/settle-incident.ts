import type { By } from '../../kernel/by.js';
import { counted } from '../../kernel/text.js';
import { type Component, type Fate, settle, settleComponents } from './incident.js';
import type { RegisterNeeds } from './needs.js';

const words: Readonly<Record<Fate['status'], string>> = {
  scheduled: 'went into',
  authorised: 'came out of',
  live: 'went live with',
  closed: 'was closed with',
};

/** Gives an incident the status that its release gives it. Safe to repeat; leaves alone what has gone its own way. */
export const settleIncident =
  ({ incidents, clock }: Pick<RegisterNeeds, 'incidents' | 'clock'>) =>
  async (by: By, id: string, fate: Fate): Promise<void> => {
    await incidents.change(id, { by, now: clock.now() }, (incident) => {
      const next = settle(incident, fate);
      if (next === undefined) return undefined;
      return { next, did: `${words[fate.status]} ${'release' in fate ? fate.release : fate.from}` };
    });
  };

/** Gives an incident the components that the comparison for a release found and people assigned to it. Safe to repeat. */
export const settleFoundComponents =
  ({ incidents, clock }: Pick<RegisterNeeds, 'incidents' | 'clock'>) =>
  async (by: By, id: string, release: string, found: readonly Component[]): Promise<void> => {
    await incidents.change(id, { by, now: clock.now() }, (incident) => {
      const next = settleComponents(incident, release, found);
      if (next === undefined) return undefined;
      return { next, did: `has ${counted(found.length, 'component')} from the comparison for ${release}` };
    });
  };
