import type { By } from '../../kernel/by.js';
import { prose } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import { hold, type Incident, reject, reopen, resume } from './incident.js';
import type { RegisterNeeds } from './needs.js';

/** Holds, resumes, reopens and rejects incidents; each but resuming wants a reason. */
export const setIncidentAside = ({ incidents, permissions, clock }: RegisterNeeds) => {
  const move =
    (verb: string, change: (incident: Incident, reason: string) => Incident) =>
    async (by: By, id: string, why: string): Promise<Stored<Incident>> => {
      const actor = await permissions.may(by, 'work on an incident');
      const reason = prose(why, 'The reason', 1_000, 'reason');
      return incidents.change(id, { by: actor.by, now: clock.now() }, (incident) => ({
        next: change(incident, reason),
        did: `${verb}: ${reason}`,
      }));
    };
  return {
    holdIncident: move('put it on hold', hold),
    rejectIncident: move('rejected it', reject),
    reopenIncident: move('reopened it', reopen),
    resumeIncident: async (by: By, id: string): Promise<Stored<Incident>> => {
      const actor = await permissions.may(by, 'work on an incident');
      return incidents.change(id, { by: actor.by, now: clock.now() }, (incident) => ({
        next: resume(incident),
        did: 'took it up again',
      }));
    },
  };
};
