import type { Calls } from './calls.js';
import type { Delivery } from './delivery/delivery.js';
import type { Sockets } from './delivery/sockets.js';
import type { NewsDesk } from './happenings.js';
import type { Journal } from './journal.js';
import type { Manifest } from './manifest.js';
import type { Modals } from './modals.js';
import type { Records } from './records.js';
import type { ResponseUrls } from './response-urls.js';
import type { Triggers } from './triggers.js';

/** A clock that the sandbox can move for the bot. */
export interface StoryClock {
  /** How far it runs ahead of the real one, in milliseconds. */
  ahead(): number;
  advance(milliseconds: number): Promise<void>;
}

/** The workspace from within: what its methods, its people and its page share. */
export interface Slack {
  readonly records: Records;
  readonly desk: NewsDesk;
  readonly manifest: Manifest;
  readonly modals: Modals;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly journal: Journal;
  readonly calls: Calls;
  readonly sockets: Sockets;
  readonly delivery: Delivery;
  /** Named to the page when given. */
  readonly engine?: string;
  readonly clock?: StoryClock;
  /** The workspace's address without a slash at its end. */
  readonly url: () => string;
  /** Milliseconds since 1970 by the story's clock: what messages are dated by. */
  readonly now: () => number;
  /** Does something after so many milliseconds, unless the workspace has stopped by then. */
  readonly later: (milliseconds: number, what: () => void) => void;
}
