import { decideIncident } from './decide-incident.js';
import type { RegisterNeeds } from './needs.js';
import { registerIncident } from './register-incident.js';
import { setIncidentAside } from './set-incident-aside.js';
import { settleFoundComponents, settleIncident } from './settle-incident.js';
import { workOnIncident } from './work-on-incident.js';

/** Everything that people and later steps do with the work register. */
export const registerUseCases = (needs: RegisterNeeds) => ({
  registerIncident: registerIncident(needs),
  ...workOnIncident(needs),
  ...decideIncident(needs),
  ...setIncidentAside(needs),
  settleIncident: settleIncident(needs),
  settleComponents: settleFoundComponents(needs),
});

export type RegisterUseCases = ReturnType<typeof registerUseCases>;
