export type {
  Component,
  Fate,
  Incident,
} from './incident.js';
export { type Incidents, incidentStore } from './incident.store.js';
export { registerCommands } from './register.commands.js';
export { incidentSlots, welcomeSlot } from './register.slots.js';
export { incidentLine } from './register.views.js';
export { type RegisterUseCases, registerUseCases } from './use-cases.js';
