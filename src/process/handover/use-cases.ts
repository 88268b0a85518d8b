import type { ReleaseNeeds } from '../release/index.js';
import { handOver } from './hand-over.js';

/** Everything that people do to hand a release over. */
export const handoverUseCases = (needs: ReleaseNeeds) => handOver(needs);
export type HandoverUseCases = ReturnType<typeof handoverUseCases>;
