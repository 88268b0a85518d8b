import { ConfigurationFaults } from '../config/environment.js';
import type { Clock } from '../kernel/clock.js';

/** What a command needs of the world around it. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: (words: string) => void;
  readonly print: (text: string) => void;
}

/** What went wrong, for a terminal. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ConfigurationFaults) return `The configuration is not right:\n${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** The path of slipway.yaml: as given, or as SLIPWAY_CONFIG says, or the one in this folder. */
export function configPath(given: string | undefined, variables: Surroundings['variables']): string {
  return given ?? (variables['SLIPWAY_CONFIG'] || 'slipway.yaml');
}
