import type { Client } from '../../people/people.js';
import type { CollectorTools } from './collectors/collector.js';
import type { Listed } from './comparison.js';
import type { Snapshot } from './snapshot.js';

/** The result of comparing two snapshots, as the release and its readers need it. */
export interface Compared {
  readonly listed: readonly Listed[];
  /** How many differences were declared as expected. */
  readonly expected: number;
  /** The whole report, for people and for programs. */
  html(): string;
  json(): string;
}

/** Under which conditions an environment is looked at. */
export type LookConditions = Pick<CollectorTools, 'signal' | 'run'> &
  Partial<Pick<CollectorTools, 'progress'>>;

/** What looks at environments and compares them. */
export interface Comparer {
  /** Whether both environments of a client say what is to be compared. */
  isConfigured(client: Client): boolean;
  /** Looks at one environment; throws, with a sentence that holds no secret, when any of its sources cannot be looked at. */
  collect(client: Client, environment: string, conditions: LookConditions): Promise<Snapshot>;
  compare(client: Client, production: Snapshot, staging: Snapshot): Compared;
  /** What moved in one environment between two looks, but for what is expected to. */
  moved(client: Client, earlier: Snapshot, later: Snapshot): readonly Listed[];
  write(snapshot: Snapshot): string;
  read(text: string): Snapshot;
}
