export { type VerificationUseCases, verificationUseCases } from './use-cases.js';
export { verificationCommands } from './verification.commands.js';
export { openAlert, verificationAppointments, verificationOf } from './verification.js';
export { verificationSlots } from './verification.slots.js';
