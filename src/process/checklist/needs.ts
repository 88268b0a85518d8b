import type { ReleaseNeeds } from '../release/index.js';
import type { Lessons } from './lesson.store.js';

export interface ChecklistNeeds extends ReleaseNeeds {
  readonly lessons: Lessons;
}
