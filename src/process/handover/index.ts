import type { ReleaseNeeds } from '../release/index.js';
import { handOver } from './hand-over.js';

export { handoverCommands } from './handover.commands.js';
export { handoverOf, whatHandoverMisses } from './handover.js';
export { handoverSlots } from './handover.slots.js';

/** Everything that people do to hand a release over. */
export const handoverUseCases = (needs: ReleaseNeeds) => handOver(needs);
export type HandoverUseCases = ReturnType<typeof handoverUseCases>;
