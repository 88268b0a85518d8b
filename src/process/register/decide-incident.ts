import type { By } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import { prose } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import { authorise, comment, type Incident, sendBack } from './incident.js';
import type { RegisterNeeds } from './needs.js';

/** What the client does with an incident: gives the go-ahead, sends it back, comments. `shown` is the fingerprint of what they were shown. */
export const decideIncident = ({ incidents, permissions, people, clock }: RegisterNeeds) => ({
  authoriseIncident: async (by: By, id: string, shown: string): Promise<Stored<Incident>> => {
    const actor = await permissions.mayDecideFor(by, people.client(clientOf(id)));
    const now = clock.now();
    return incidents.change(id, { by: actor.by, now }, (incident) => ({
      next: authorise(incident, shown, actor.by, now),
      did: 'authorised it for production',
    }));
  },

  sendIncidentBack: async (by: By, id: string, shown: string, why: string): Promise<Stored<Incident>> => {
    const actor = await permissions.mayDecideFor(by, people.client(clientOf(id)));
    const reason = prose(why, 'The reason', 1_000, 'reason');
    const now = clock.now();
    return incidents.change(id, { by: actor.by, now }, (incident) => ({
      next: sendBack(incident, shown, reason),
      did: `sent it back: ${reason}`,
    }));
  },

  commentOnIncident: async (by: By, id: string, words: string): Promise<Stored<Incident>> => {
    const actor = await permissions.mayOrClient(by, 'register an incident', people.client(clientOf(id)));
    const text = prose(words, 'The comment', 2_000, 'comment');
    const now = clock.now();
    return incidents.change(id, { by: actor.by, now }, (incident) => ({
      next: comment(incident, text, actor.by, now),
      did: `commented: ${text}`,
    }));
  },
});
