import type { Logger } from 'pino';
import type { Background } from '../../platform/jobs/background.js';
import type { Slots } from '../../platform/slack/slots.js';
import type { Hosts } from '../../platform/store/hosts.js';
import type { ReleaseNeeds } from '../release/index.js';
import type { Runner } from './runners/runner.js';

export interface DeploymentNeeds extends ReleaseNeeds {
  readonly runner: Runner;
  readonly hosts: Hosts;
  readonly background: Background;
  readonly slots: Slots;
  readonly log: Logger;
  /** How often a running deployment is looked at, in milliseconds. */
  readonly watchEvery: number;
  /** After how long without a sign of its host an attempt counts as unknown, in milliseconds. */
  readonly hostPatience: number;
}
