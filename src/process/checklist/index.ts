import { learnLesson } from './learn-lesson.js';
import type { ChecklistNeeds } from './needs.js';
import { walkChecklist } from './walk-checklist.js';

export { checklistCommands } from './checklist.commands.js';
export { answerOf, itemsOf, waitsFor, whatChecklistMisses } from './checklist.js';
export { checklistSlots } from './checklist.slots.js';
export { lessonMessage, lessonPrompt } from './checklist.views.js';
export type { Lesson } from './lesson.js';
export { type Lessons, lessonStore } from './lesson.store.js';

/** Everything that people do with checklists and lessons. */
export const checklistUseCases = (needs: ChecklistNeeds) => ({
  ...walkChecklist(needs),
  ...learnLesson(needs),
});
export type ChecklistUseCases = ReturnType<typeof checklistUseCases>;
