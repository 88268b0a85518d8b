import type { By } from '../../kernel/by.js';
import type { Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Evidence } from './checklist.js';

interface Core {
  readonly id: string;
  readonly client: string;
  /** The release that taught it. */
  readonly release: string;
  readonly happened: string;
  /** The question that the checklist will ask. */
  readonly ask: string;
  readonly evidence: Evidence;
  readonly by: By;
  readonly at: Instant;
  /** Releases in which this item was answered no: what it has caught. */
  readonly caught: readonly string[];
}

/** What a release taught, on its way into the checklist. */
export type Lesson = Core &
  (
    | { readonly status: 'proposed' }
    | { readonly status: 'accepted' | 'dismissed'; readonly decidedBy: By; readonly decidedAt: Instant }
  );

export type LessonRequest = Pick<Core, 'happened' | 'ask' | 'evidence'>;

export function proposeLesson(
  id: string,
  client: string,
  release: string,
  request: LessonRequest,
  by: By,
  now: Instant,
): Lesson {
  return { ...request, id, client, release, by, at: now, caught: [], status: 'proposed' };
}

/** Accepts it into the client's checklist, or dismisses it; once. */
export function decideLesson(lesson: Lesson, to: 'accepted' | 'dismissed', by: By, now: Instant): Lesson {
  if (lesson.status !== 'proposed') {
    throw new Refusal(
      'already-decided',
      `${lesson.id} was ${lesson.status} by ${lesson.decidedBy.name} already.`,
    );
  }
  return { ...lesson, status: to, decidedBy: by, decidedAt: now };
}

/** Notes that the item caught something in a release; undefined when that is noted already. */
export function caughtIn(lesson: Lesson, release: string): Lesson | undefined {
  return lesson.caught.includes(release) ? undefined : { ...lesson, caught: [...lesson.caught, release] };
}
