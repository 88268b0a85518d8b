export { changeBySlipway } from './change-by-slipway.js';
export type { ReleaseNeeds } from './needs.js';
export { releaseCommands } from './release.commands.js';
export {
  type AgreedDate,
  agreedDate,
  agreementContent,
  core,
  type Hold,
  isOver,
  type Missing,
  mayMove,
  type Part,
  partOf,
  type Release,
  type ReleaseStatus,
  withPart,
} from './release.js';
export { type Releases, releaseStore } from './release.store.js';
export { mark, releaseHappening, when } from './release.views.js';
export { releaseUseCases } from './use-cases.js';
