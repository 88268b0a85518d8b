import { type VerificationNeeds, verifyProduction } from './verify-production.js';

/** Everything that time and people do to verify a release. */
export const verificationUseCases = (needs: VerificationNeeds) => verifyProduction(needs);
export type VerificationUseCases = ReturnType<typeof verificationUseCases>;
