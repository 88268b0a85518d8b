import type { ReleaseNeeds } from './needs.js';
import { shapeRelease } from './shape-release.js';

/** Everything that people and later steps do to the release itself. */
export const releaseUseCases = (needs: ReleaseNeeds) => shapeRelease(needs);
export type ReleaseUseCases = ReturnType<typeof releaseUseCases>;
