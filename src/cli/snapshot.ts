import { dirname, resolve } from 'node:path';
import { ConfigurationFaults } from '../config/environment.js';
import { readHouse } from '../config/read-house.js';
import { Refusal } from '../kernel/refusal.js';
import { counted, listed } from '../kernel/text.js';
import { lookAtEnvironment } from '../process/comparison/look-at-environment.js';
import { visible } from '../process/comparison/paths.js';
import { snapshotText, writeSnapshot } from '../process/comparison/snapshot.file.js';
import type { Snapshot } from '../process/comparison/snapshot.js';
import { configPath, type Surroundings, sentenceOf } from './surroundings.js';

export interface SnapshotWish {
  /** The client as slipway.yaml calls it. */
  readonly client: string;
  readonly environment: string;
  /** The file to write; `-` for standard output; a name made of client, environment and time when absent. */
  readonly out?: string | undefined;
  readonly config?: string | undefined;
  /** A folder that makes the next run cheap. */
  readonly cache?: string | undefined;
  readonly rehash?: boolean | undefined;
}

/** 0 taken, 2 not: there is no half snapshot. */
export interface Taken {
  readonly code: 0 | 2;
  readonly sentence: string;
}

/** Takes a snapshot as slipway.yaml declares it and writes it to a file. Needs neither MongoDB nor Slack. Never throws. */
export async function takeSnapshotFile(wish: SnapshotWish, around: Surroundings): Promise<Taken> {
  try {
    const snapshot = await take(wish, around);
    const out = wish.out ?? fileName(snapshot);
    if (out === '-') for (const piece of snapshotText(snapshot)) around.print(piece);
    else await writeSnapshot(out, snapshot);
    return { code: 0, sentence: takenSentence(snapshot, out) };
  } catch (error) {
    if (around.signal.aborted)
      return { code: 2, sentence: 'Ended before all was seen; no snapshot was written.' };
    return { code: 2, sentence: `No snapshot was taken. ${sentenceOf(error)}` };
  }
}

async function take(
  wish: SnapshotWish,
  { variables, clock, signal, progress }: Surroundings,
): Promise<Snapshot> {
  const path = configPath(wish.config, variables);
  const { clients } = await readHouse(path);
  const settings = Object.hasOwn(clients, wish.client) ? clients[wish.client] : undefined;
  if (settings === undefined)
    throw new Refusal(
      'not-found',
      `There is no client ${wish.client}; ${path} has ${listed(Object.keys(clients))}.`,
    );
  const { client, environment, cache, rehash } = wish;
  const secretKey = secretKeyIn(variables);
  const sight = { client, settings, environment, folder: dirname(resolve(path)), takenAt: clock.now() };
  const remembering = {
    ...(cache === undefined ? {} : { cacheFolder: cache }),
    ...(rehash === undefined ? {} : { rehash }),
  };
  return lookAtEnvironment(sight, { signal, progress, secretKey, ...remembering });
}

const shortestKey = 16;

/** The key of the hashes that stand for secrets. Without it they could be guessed from a snapshot. */
export function secretKeyIn(variables: Surroundings['variables']): string {
  const key = variables['SLIPWAY_SECRET_KEY'] ?? '';
  if (key.length >= shortestKey) return key;
  const sentence = `${key === '' ? 'is missing' : `needs at least ${shortestKey} characters`}: any long random text (openssl rand -hex 32), the same wherever snapshots that are compared are taken`;
  throw new ConfigurationFaults([{ setting: 'SLIPWAY_SECRET_KEY', sentence }]);
}

function fileName({ client, environment, takenAt }: Snapshot): string {
  return `${client}-${environment}-${takenAt.replace(/\.\d+|[:-]/gu, '')}.json.gz`;
}

function takenSentence({ client, environment, sections, fingerprint }: Snapshot, out: string): string {
  const things = sections.reduce((sum, section) => sum + section.things.length, 0);
  const blind = sections.flatMap(({ source, blind: spots }) =>
    spots.map(({ name, why }) => `  ${source} ${name.join('.')}: ${why}`),
  );
  const seen = `${counted(things, 'thing')} in ${counted(sections.length, 'source')}`;
  const where = out === '-' ? 'standard output' : out;
  const lines = [
    `${client} ${environment}: ${seen}, written to ${where} (fingerprint ${fingerprint.slice(0, 16)})`,
  ];
  if (blind.length > 0)
    lines.push(`Not seen in ${counted(blind.length, 'place')}:`, ...blind.slice(0, 10).map(visible));
  if (blind.length > 10) lines.push(`  and ${blind.length - 10} more`);
  return lines.join('\n');
}
