export { checklistCommands } from './checklist.commands.js';
export { answerOf, itemsOf, whatChecklistMisses } from './checklist.js';
export { checklistSlots } from './checklist.slots.js';
export { lessonMessage, lessonPrompt } from './checklist.views.js';
export type { Lesson } from './lesson.js';
export { type Lessons, lessonStore } from './lesson.store.js';
export { type ChecklistUseCases, checklistUseCases } from './use-cases.js';
