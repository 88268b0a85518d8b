import { type VerificationNeeds, verifyProduction } from './verify-production.js';

export { verificationCommands } from './verification.commands.js';
export { type Alert, openAlert, passed, verificationAppointments, verificationOf } from './verification.js';
export { verificationSlots } from './verification.slots.js';

/** Everything that time and people do to verify a release. */
export const verificationUseCases = (needs: VerificationNeeds) => verifyProduction(needs);
export type VerificationUseCases = ReturnType<typeof verificationUseCases>;
