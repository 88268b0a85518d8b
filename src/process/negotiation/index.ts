export { negotiationCommands } from './negotiation.commands.js';
export {
  latest,
  negotiationAppointments,
} from './negotiation.js';
export { counterMessage, dateMessage } from './negotiation.views.js';
export { type NegotiationUseCases, negotiationUseCases } from './use-cases.js';
