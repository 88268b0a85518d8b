import type { Connection } from 'mongoose';
import { type Documents, documents, type Stored } from '../../platform/store/documents.js';
import type { Lesson } from './lesson.js';

/** What releases have taught. */
export interface Lessons extends Documents<Lesson> {
  /** The lessons that ask in a client's checklist, oldest first. */
  accepted(client: string): Promise<Stored<Lesson>[]>;
  ofRelease(release: string): Promise<Stored<Lesson>[]>;
  proposed(): Promise<Stored<Lesson>[]>;
}

export function lessonStore(connection: Connection): Lessons {
  const lessons = documents<Lesson>(connection, 'lessons', [
    { name: 'by-client', keys: { 'state.client': 1, 'state.status': 1, 'state.at': 1 } },
    { name: 'by-release', keys: { 'state.release': 1 } },
  ]);
  return {
    ...lessons,
    accepted: (client) =>
      lessons.where({ 'state.client': client, 'state.status': 'accepted' }, { 'state.at': 1 }),
    ofRelease: (release) => lessons.where({ 'state.release': release }, { 'state.at': 1 }),
    proposed: () => lessons.where({ 'state.status': 'proposed' }),
  };
}
