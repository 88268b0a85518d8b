import type { Clock } from '../../kernel/clock.js';
import type { People } from '../../people/people.js';
import type { Permissions } from '../../people/permissions.js';
import type { Counters } from '../../platform/store/counters.js';
import type { Incidents } from './incident.store.js';

/** What the register's use cases stand on. */
export interface RegisterNeeds {
  readonly incidents: Incidents;
  readonly people: People;
  readonly permissions: Permissions;
  readonly counters: Counters;
  readonly clock: Clock;
}
