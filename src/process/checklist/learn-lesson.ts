import type { By } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import { line, prose } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import { decideLesson, type Lesson, type LessonRequest, proposeLesson } from './lesson.js';
import type { ChecklistNeeds } from './needs.js';

/** Records what a release taught, and lets a release manager take it into the client's checklist. */
export const learnLesson = ({ lessons, permissions, counters, clock }: ChecklistNeeds) => {
  const decide =
    (to: 'accepted' | 'dismissed') =>
    async (by: By, id: string): Promise<Stored<Lesson>> => {
      const actor = await permissions.may(by, 'accept a lesson');
      const now = clock.now();
      const did = to === 'accepted' ? 'accepted it into the checklist' : 'dismissed it';
      return lessons.change(id, { by: actor.by, now }, (lesson) => ({
        next: decideLesson(lesson, to, actor.by, now),
        did,
      }));
    };
  return {
    recordLesson: async (by: By, release: string, request: LessonRequest): Promise<Stored<Lesson>> => {
      const actor = await permissions.may(by, 'answer a checklist item');
      const words = {
        happened: prose(request.happened, 'What happened', 200, 'happened'),
        ask: line(request.ask, 'The question', 300, 'ask'),
        evidence: request.evidence,
      };
      const client = clientOf(release);
      const now = clock.now();
      const id = `${client.toUpperCase()}-L${await counters.next(`lessons/${client}`)}`;
      const lesson = proposeLesson(id, client, release, words, actor.by, now);
      const stored = await lessons.insert(id, lesson, 'wrote it down', { by: actor.by, now });
      if (stored === undefined) throw new Error(`${id} was given out twice`);
      return stored;
    },
    acceptLesson: decide('accepted'),
    dismissLesson: decide('dismissed'),
  };
};
