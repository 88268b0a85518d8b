import type { Clock } from '../../kernel/clock.js';
import type { People } from '../../people/people.js';
import type { Permissions } from '../../people/permissions.js';
import type { Counters } from '../../platform/store/counters.js';
import type { Incidents } from '../register/index.js';
import type { Releases } from './release.store.js';

/** What the use cases of a release stand on; later steps stand on the same. */
export interface ReleaseNeeds {
  readonly releases: Releases;
  readonly incidents: Incidents;
  readonly people: People;
  readonly permissions: Permissions;
  readonly counters: Counters;
  readonly clock: Clock;
}
