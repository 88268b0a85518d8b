import type { ClientSettings } from '../../config/house.js';
import type { Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { listed } from '../../kernel/text.js';
import type { CollectorTools } from './collectors/collector.js';
import type { Snapshot } from './snapshot.js';
import { readSecrets, readSources } from './sources.js';
import { takeSnapshot } from './take-snapshot.js';

/** Which environment of which client is looked at, and when. */
export interface Sight {
  /** The client as slipway.yaml calls it. */
  readonly client: string;
  readonly settings: Pick<ClientSettings, 'environments' | 'secrets'>;
  readonly environment: string;
  /** Where relative folders of its sources start: the folder of slipway.yaml. */
  readonly folder: string;
  readonly takenAt: Instant;
}

/**
 * Takes the snapshot of an environment as slipway.yaml declares it. Refuses what is not declared; throws ConfigurationFaults for
 * what is declared wrongly, and a collector's own error, free of secrets, for what cannot be looked at.
 */
export async function lookAtEnvironment(
  { client, settings, environment, folder, takenAt }: Sight,
  tools: Omit<CollectorTools, 'isSecret'>,
): Promise<Snapshot> {
  const { environments, secrets } = settings;
  if (!Object.hasOwn(environments, environment)) {
    const sentence = `${client} has no environment ${environment}; it has ${listed(Object.keys(environments))}.`;
    throw new Refusal('not-found', sentence);
  }
  const compare = environments[environment]?.compare ?? [];
  const place = `clients.${client}.environments.${environment}.compare`;
  if (compare.length === 0) {
    const sentence = `slipway.yaml does not say what to look at in ${client} ${environment}. List it under ${place}, for example [{ name: site, files: { folder: /srv/${client} } }].`;
    throw new Refusal('not-configured', sentence);
  }
  const looks = readSources(compare, { setting: place, folder });
  const isSecret = readSecrets(secrets, `clients.${client}.secrets`);
  return takeSnapshot({ client, environment, takenAt }, looks, { ...tools, isSecret });
}
