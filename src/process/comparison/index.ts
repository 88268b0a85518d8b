export { comparisonCommands } from './comparison.commands.js';
export {
  comparisonOf,
  isComparable,
  openDifferences,
  whatComparisonMisses,
} from './comparison.js';
export { comparisonFiles, comparisonSlots } from './comparison.slots.js';
export { type Archive, archive } from './comparison.store.js';
export { checkSources, environmentComparer } from './environment-comparer.js';
export { type ComparisonUseCases, comparisonUseCases } from './use-cases.js';
export { heldBack } from './watch.js';
