import type { ReleaseNeeds } from '../release/index.js';
import { askGate, freezeStaging } from './freeze-staging.js';

/** Everything that people, CI and later steps do with a freeze. */
export const freezeUseCases = (needs: ReleaseNeeds) => ({ ...freezeStaging(needs), askGate: askGate(needs) });
export type FreezeUseCases = ReturnType<typeof freezeUseCases>;
