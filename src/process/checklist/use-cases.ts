import { learnLesson } from './learn-lesson.js';
import type { ChecklistNeeds } from './needs.js';
import { walkChecklist } from './walk-checklist.js';

/** Everything that people do with checklists and lessons. */
export const checklistUseCases = (needs: ChecklistNeeds) => ({
  ...walkChecklist(needs),
  ...learnLesson(needs),
});
export type ChecklistUseCases = ReturnType<typeof checklistUseCases>;
