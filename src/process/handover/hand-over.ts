import { type By, slipway } from '../../kernel/by.js';
import { optionalProse, prose } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Release, ReleaseNeeds } from '../release/index.js';
import { close, type Notes, sendNotes } from './handover.js';

/** Sends release notes, and closes what is handed over. */
export const handOver = ({ releases, incidents, permissions, clock }: ReleaseNeeds) => ({
  sendReleaseNotes: async (by: By, id: string, notes: Notes): Promise<Stored<Release>> => {
    const actor = await permissions.may(by, 'send release notes');
    const read: Notes = {
      news: prose(notes.news, 'What is new', 2_500, 'news'),
      impact: optionalProse(notes.impact, 'What users notice', 2_500, 'impact'),
      toDo: optionalProse(notes.toDo, 'What they need to do', 2_500, 'toDo'),
      knownIssues: optionalProse(notes.knownIssues, 'What does not work', 2_500, 'knownIssues'),
    };
    const now = clock.now();
    return releases.change(id, { by: actor.by, now }, (release) => ({
      next: sendNotes(release, read, actor.by, now),
      did: 'sent the release notes to the client',
    }));
  },

  /** Closes the release when everything is handed over. Safe to repeat. */
  attendHandover: async (id: string): Promise<void> => {
    const found = await releases.find(id);
    if (found?.state.status !== 'live') return;
    const inside = (await incidents.named(found.state.scope)).map(({ state }) => state);
    const now = clock.now();
    await releases.change(id, { by: slipway, now }, (release) => {
      const next = close(release, inside, now);
      return next === undefined
        ? undefined
        : { next, did: 'closed it: components are recorded, the client has the notes, staging thaws' };
    });
  },
});
