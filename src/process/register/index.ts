import { decideIncident } from './decide-incident.js';
import type { RegisterNeeds } from './needs.js';
import { registerIncident } from './register-incident.js';
import { setIncidentAside } from './set-incident-aside.js';
import { settleIncident } from './settle-incident.js';
import { workOnIncident } from './work-on-incident.js';

export {
  authorisedContent,
  type Component,
  type Fate,
  type Incident,
  type IncidentStatus,
} from './incident.js';
export { type Incidents, incidentStore } from './incident.store.js';
export { registerCommands } from './register.commands.js';
export { incidentSlots, welcomeSlot } from './register.slots.js';
export { incidentLine } from './register.views.js';

/** Everything that people and later steps do with the work register. */
export const registerUseCases = (needs: RegisterNeeds) => ({
  registerIncident: registerIncident(needs),
  ...workOnIncident(needs),
  ...decideIncident(needs),
  ...setIncidentAside(needs),
  settleIncident: settleIncident(needs),
});

export type RegisterUseCases = ReturnType<typeof registerUseCases>;
