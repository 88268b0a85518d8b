export { negotiationCommands } from './negotiation.commands.js';
export {
  latest,
  negotiationAppointments,
  negotiationOf,
  type Proposal,
  scopeChanges,
} from './negotiation.js';
export { counterMessage, dateMessage, type Scene } from './negotiation.views.js';
export { type NegotiationUseCases, negotiationUseCases } from './use-cases.js';
