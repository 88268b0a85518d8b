export { handoverCommands } from './handover.commands.js';
export { handoverOf, whatHandoverMisses } from './handover.js';
export { handoverSlots } from './handover.slots.js';
export { type HandoverUseCases, handoverUseCases } from './use-cases.js';
