import type { RegisterUseCases } from '../register/index.js';
import { answerComparison } from './answer-differences.js';
import { type ComparisonNeeds, compareEnvironments } from './compare-environments.js';

/** Everything that people and time do to compare environments. */
export const comparisonUseCases = (
  needs: ComparisonNeeds & { readonly register: Pick<RegisterUseCases, 'recordComponent'> },
) => ({
  ...compareEnvironments(needs),
  ...answerComparison(needs),
});
export type ComparisonUseCases = ReturnType<typeof comparisonUseCases>;
