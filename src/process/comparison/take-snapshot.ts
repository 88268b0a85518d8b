import { createHmac } from 'node:crypto';
import type { Instant } from '../../kernel/instants.js';
import { canonical, fingerprintOf } from './canonical.js';
import type { CollectorTools } from './collectors/collector.js';
import type { Section, Snapshot } from './snapshot.js';

/** Makes the snapshot of an environment: sections in their order, with the fingerprint over them. */
export function snapshotOf(
  client: string,
  environment: string,
  sections: readonly Section[],
  takenAt: Instant,
): Snapshot {
  const ordered = canonical(sections);
  return { format: 1, client, environment, takenAt, sections: ordered, fingerprint: fingerprintOf(ordered) };
}

/** A source of an environment, ready to be looked at. */
export interface Look {
  readonly source: string;
  collect(tools: CollectorTools): Promise<Section>;
}

/**
 * Looks at all sources of an environment at the same time. When one cannot be looked at, the others are ended and its error is
 * thrown: there is no partial snapshot.
 */
export async function takeSnapshot(
  { client, environment, takenAt }: Pick<Snapshot, 'client' | 'environment' | 'takenAt'>,
  looks: readonly Look[],
  tools: CollectorTools,
): Promise<Snapshot> {
  const failed = new AbortController();
  const signal = AbortSignal.any([tools.signal, failed.signal]);
  const run = tools.run ?? {};
  const look = async ({ source, collect }: Look): Promise<Section> => {
    try {
      const progress = (words: string): void => tools.progress(`${source}: ${words}`);
      return await collect({ ...tools, run, signal, progress });
    } catch (error) {
      failed.abort(error);
      throw error;
    }
  };
  const settled = await Promise.allSettled(looks.map(look));
  tools.signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  const sections = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return { ...snapshotOf(client, environment, sections, takenAt), keyMark: markOf(tools.secretKey) };
}

/** The same for the same key, and of no use to whoever looks for it. */
const markOf = (secretKey: string): string =>
  createHmac('sha256', secretKey).update('which key is this').digest('hex').slice(0, 16);
