import type { ReleaseNeeds } from './needs.js';
import { shapeRelease } from './shape-release.js';

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
  releaseMoves,
  withPart,
} from './release.js';
export { type Releases, releaseStore } from './release.store.js';
export { mark, releaseHappening, releaseLine, when } from './release.views.js';

/** Everything that people and later steps do to the release itself. */
export const releaseUseCases = (needs: ReleaseNeeds) => shapeRelease(needs);
export type ReleaseUseCases = ReturnType<typeof releaseUseCases>;
