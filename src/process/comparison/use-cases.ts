import { answerComparison } from './answer-differences.js';
import { type AttendNeeds, attendComparison } from './attend-comparison.js';

/** Everything that people and time do to compare environments. */
export const comparisonUseCases = (needs: AttendNeeds) => ({
  ...attendComparison(needs),
  ...answerComparison(needs),
});
export type ComparisonUseCases = ReturnType<typeof comparisonUseCases>;
