import type { CollectorTools } from '../collector.js';
import type { Crew } from './crew.js';
import type { Gathering } from './gathering.js';
import type { FilesSource } from './source.js';
import type { Tally } from './walk.js';

/** What one collection is about, and what it fills. */
export interface Request {
  readonly name: string;
  readonly source: FilesSource;
  readonly tools: CollectorTools;
  readonly crew: Crew;
  readonly found: Gathering;
  readonly tally: Tally;
}
