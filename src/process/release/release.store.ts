import type { Connection } from 'mongoose';
import { type Documents, documents, type Stored } from '../../platform/store/documents.js';
import type { Release } from './release.js';

/** All releases, one document each; every step's part of it included. */
export interface Releases extends Documents<Release> {
  ofClient(client: string): Promise<Stored<Release>[]>;
  /** The newest of all clients, ended ones too. */
  recent(): Promise<Stored<Release>[]>;
  /** Releases to which something can still happen. */
  open(client?: string): Promise<Stored<Release>[]>;
  /** The release that holds this environment still. */
  holding(environment: string): Promise<Stored<Release> | undefined>;
  /** The open release that has this incident. */
  claiming(incident: string): Promise<Stored<Release> | undefined>;
}

export function releaseStore(connection: Connection): Releases {
  const releases = documents<Release>(connection, 'releases', [
    { name: 'by-age', keys: { 'state.createdAt': -1 } },
    { name: 'by-client', keys: { 'state.client': 1, 'state.createdAt': -1 } },
    {
      name: 'one-open-release-an-incident',
      keys: { 'state.claims': 1 },
      unique: true,
      where: { 'state.claims': { $exists: true } },
    },
    {
      name: 'one-release-holds-an-environment',
      keys: { 'state.frozen.environment': 1 },
      unique: true,
      where: { 'state.frozen.environment': { $exists: true } },
    },
  ]);
  return {
    ...releases,
    ofClient: (client) => releases.where({ 'state.client': client }, { 'state.createdAt': -1 }, 30),
    recent: () => releases.where({}, { 'state.createdAt': -1 }, 10),
    open: (client) =>
      releases.where({
        'state.claims': { $exists: true },
        ...(client === undefined ? {} : { 'state.client': client }),
      }),
    holding: async (environment) =>
      (await releases.where({ 'state.frozen.environment': environment }, { _id: 1 }, 1))[0],
    claiming: async (incident) => (await releases.where({ 'state.claims': incident }, { _id: 1 }, 1))[0],
  };
}
