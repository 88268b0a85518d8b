/** What is to be run for an attempt. */
export interface Job {
  /** Names the attempt for ever: `ACME-R7-1`. */
  readonly key: string;
  /** Program and arguments; no shell reads them. */
  readonly command: readonly string[];
  readonly folder: string;
  /** All that the program sees of the environment. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What can be proven about an attempt by its key alone. */
export type Evidence =
  | { readonly is: 'never started' }
  | { readonly is: 'running' }
  | { readonly is: 'ended'; readonly code: number }
  /** It was started, and nothing tells how it ended. */
  | { readonly is: 'unknown'; readonly why: string };

/**
 * Runs a deployment somewhere. Whatever dies, a key is started at most once; and what was started can be looked up by
 * its key afterwards, by another process too.
 */
export interface Runner {
  /** Starts the job, or resolves to false because this key was started before. */
  start(job: Job): Promise<boolean>;
  lookUp(key: string): Promise<Evidence>;
  /** What it has written so far, from a position in bytes; and the position after it. */
  output(key: string, from: number): Promise<{ readonly text: string; readonly next: number }>;
  /** Asks it to end, and ends it after a while when it does not. */
  stop(key: string): Promise<void>;
  /** Names what this runner can look into: attempts of another host are not to be judged here. */
  readonly host: string;
}
