import type { ReleaseNeeds } from '../release/index.js';
import { askQuestion } from './ask-question.js';
import { negotiateDate } from './negotiate-date.js';

/** Everything that both sides do to come to a date. */
export const negotiationUseCases = (needs: ReleaseNeeds) => ({
  ...negotiateDate(needs),
  askQuestion: askQuestion(needs),
});
export type NegotiationUseCases = ReturnType<typeof negotiationUseCases>;
