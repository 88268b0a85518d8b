import type { Section } from '../snapshot.js';

/** What every collector may use. */
export interface CollectorTools {
  /** Ends the collection; a collector that is ended gives no section. */
  readonly signal: AbortSignal;
  /** Says how far it has come: a few words, at most some times a second. */
  readonly progress: (words: string) => void;
  /** Key of the hashes that stand for secrets: the same for both sides of a comparison, from the environment, never stored. */
  readonly secretKey: string;
  /** Whether this name and value look like a secret. */
  readonly isSecret: (name: string, value: string) => boolean;
  /** Where a collector may remember what it read, so that the next run is cheap; nothing is remembered when absent. */
  readonly cacheFolder?: string;
  /** The same object for all looks of one run: what they have in common may then be read together. */
  readonly run?: object;
  /** Distrusts what is remembered: everything is read again. */
  readonly rehash?: boolean;
}

/**
 * Looks at one kind of technology, read-only: it changes nothing, locks nothing and gives up after its time limit. A
 * connection that breaks gives an error and no section. Errors and sections never hold credentials.
 */
export interface Collector<Source> {
  readonly name: string;
  readonly version: number;
  collect(name: string, source: Source, tools: CollectorTools): Promise<Section>;
}
