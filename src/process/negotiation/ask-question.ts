import type { By } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import { prose } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import { type Part, partOf, type Release, type ReleaseNeeds, withPart } from '../release/index.js';

/** What a client asked about a release. */
export interface Question {
  readonly by: By;
  readonly at: string;
  readonly text: string;
}

export const questionsPart: Part<readonly Question[]> = { name: 'questions', empty: [] };

/** Records a question of the client's; it stands in the board's thread, where the team reads it. */
export const askQuestion =
  ({ releases, people, permissions, clock }: ReleaseNeeds) =>
  async (by: By, id: string, words: string): Promise<Stored<Release>> => {
    const actor = await permissions.mayDecideFor(by, people.client(clientOf(id)));
    const text = prose(words, 'The question', 2_000, 'question');
    const now = clock.now();
    return releases.change(id, { by: actor.by, now }, (release) => ({
      next: withPart(release, questionsPart, [
        ...partOf(release, questionsPart),
        { by: actor.by, at: now, text },
      ]),
      did: `asks: ${text}`,
    }));
  };
