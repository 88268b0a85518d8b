import type { Clock } from '../../kernel/clock.js';
import type { Client } from '../../people/people.js';
import { compare } from './compare.js';
import type { Comparer } from './comparer.js';
import { isComparable, type Listed, production } from './comparison.js';
import type { Difference } from './differences.js';
import { lookAtEnvironment } from './look-at-environment.js';
import { reportHtml } from './report.html.js';
import { expectedCount, reportJson, tellingText } from './report.js';
import { parseSnapshot, snapshotText } from './snapshot.file.js';
import { readSecrets, readSources } from './sources.js';
import { statements } from './suggestions.js';

interface Tools {
  /** Where relative folders of sources start: the folder of slipway.yaml. */
  readonly folder: string;
  /** Key of the hashes that stand for secrets. */
  readonly secretKey: string;
  readonly cacheFolder: string;
  readonly clock: Clock;
}

/** Looks at environments by their collectors, and compares what was seen. */
export function environmentComparer({ folder, secretKey, cacheFolder, clock }: Tools): Comparer {
  return {
    isConfigured: isComparable,
    collect: (client, environment, conditions) => {
      const sight = { client: client.key, settings: client, environment, folder, takenAt: clock.now() };
      return lookAtEnvironment(sight, { progress: () => undefined, ...conditions, secretKey, cacheFolder });
    },
    compare: (client, there, here) => {
      const comparison = compare(there, here, client.expected ?? [], statements);
      const { differences } = comparison;
      return {
        listed: differences.map(listed),
        expected: expectedCount(comparison),
        html: () => reportHtml(comparison),
        json: () => reportJson(comparison),
      };
    },
    moved: (client, earlier, later) => {
      const { differences } = compare(earlier, later, client.expected ?? []);
      return differences.filter((one) => !isBlindAsBefore(one)).map(listed);
    },
    write: (snapshot) => [...snapshotText(snapshot)].join(''),
    read: (text) => parseSnapshot(text, 'the archive'),
  };
}

/** Faults in what every client's environments say of their sources, all at once, at start-up rather than on the evening. */
export function checkSources(clients: readonly Client[], folder: string): void {
  for (const client of clients) {
    readSecrets(client.secrets, `clients.${client.key}.secrets`);
    for (const name of [client.staging, production]) {
      const setting = `clients.${client.key}.environments.${name}.compare`;
      readSources(client.environments[name]?.compare ?? [], { setting, folder });
    }
  }
}

function listed(difference: Difference): Listed {
  const { id, digest, what, kind, path, weight, reason, rights } = difference;
  const brief = tellingText(difference);
  return { id, digest, what, kind, path, brief, weight, reason, ...(rights ? { rights } : {}) };
}

/** Both looks were blind there for the same reason, so nothing moved as far as anybody can tell. */
const isBlindAsBefore = ({ what, blind }: Difference): boolean =>
  what === 'blind' && blind?.production === blind?.staging;
