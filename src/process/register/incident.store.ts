import type { Connection } from 'mongoose';
import { type Documents, documents, type Stored } from '../../platform/store/documents.js';
import type { Incident, IncidentStatus } from './incident.js';

/** The work register. */
export interface Incidents extends Documents<Incident> {
  /** A client's incidents of these statuses, or of any; newest first. */
  ofClient(client: string, statuses?: readonly IncidentStatus[]): Promise<Stored<Incident>[]>;
  /** Those named, in the order of their names; unknown ones are left out. */
  named(ids: readonly string[]): Promise<Stored<Incident>[]>;
  /** Open incidents with a task that this person has not finished. */
  withTasksOf(user: string): Promise<Stored<Incident>[]>;
  /** Incidents that wait for the client's go-ahead. */
  awaitingGoAhead(): Promise<Stored<Incident>[]>;
  /** A client's incidents whose words hold all these words. */
  holding(client: string | undefined, words: readonly string[]): Promise<Stored<Incident>[]>;
}

export function incidentStore(connection: Connection): Incidents {
  const incidents = documents<Incident>(connection, 'incidents', [
    { name: 'by-client', keys: { 'state.client': 1, 'state.status': 1, 'state.registeredAt': -1 } },
    { name: 'by-task', keys: { 'state.tasks.who': 1, 'state.status': 1 } },
    { name: 'by-status', keys: { 'state.status': 1 } },
  ]);
  const newest = { 'state.registeredAt': -1 } as const;
  return {
    ...incidents,
    ofClient: (client, statuses) =>
      incidents.where(
        { 'state.client': client, ...(statuses ? { 'state.status': { $in: [...statuses] } } : {}) },
        newest,
        200,
      ),
    named: (ids) => incidents.where({ _id: { $in: [...ids] } }),
    withTasksOf: (user) =>
      incidents.where({
        'state.tasks.who': user,
        'state.status': { $in: ['registered', 'analysed', 'in progress', 'reopened'] },
      }),
    awaitingGoAhead: () => incidents.where({ 'state.status': 'resolved' }),
    holding: (client, words) => {
      const each = words.map((word) => {
        const $regex = word.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
        const among = [
          '_id',
          'state.title',
          'state.description',
          'state.requirements.text',
          'state.components.name',
        ];
        return { $or: among.map((field) => ({ [field]: { $regex, $options: 'i' } })) };
      });
      return incidents.where(
        { ...(client === undefined ? {} : { 'state.client': client }), $and: each },
        newest,
        20,
      );
    },
  };
}
