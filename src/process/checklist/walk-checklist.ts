import type { By } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import { counted, optionalProse } from '../../kernel/text.js';
import type { Actor, Client } from '../../people/people.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Release } from '../release/index.js';
import { type AnswerRequest, answer, begin, type Item, type ItemTemplate, itemsOf } from './checklist.js';
import { caughtIn, type Lesson } from './lesson.js';
import type { ChecklistNeeds } from './needs.js';

const slipway: By = { team: '', user: '', name: 'Slipway' };

/** Begins checklists and takes the answers to them. */
export const walkChecklist = ({ releases, lessons, people, permissions, clock }: ChecklistNeeds) => {
  const templates = async (client: Client): Promise<ItemTemplate[]> => [
    ...client.checklist.map(
      ({ ask, why, evidence, answeredBy }): ItemTemplate => ({
        ask,
        why: why ?? '',
        evidence,
        ...(answeredBy === undefined ? {} : { answeredBy }),
      }),
    ),
    ...(await lessons.accepted(client.key)).map(({ state }) => fromLesson(state)),
  ];

  return {
    beginChecklist: async (by: By, id: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'answer a checklist item');
      const items = await templates(people.client(clientOf(id)));
      return releases.change(id, { by: actor.by, now: clock.now() }, (release) => {
        const next = begin(release, items);
        return next === undefined
          ? undefined
          : { next, did: `started the checklist: ${counted(itemsOf(next).length, 'item')}` };
      });
    },

    answerItem: async (
      by: By,
      id: string,
      item: string,
      request: AnswerRequest,
    ): Promise<Stored<Release>> => {
      const client = people.client(clientOf(id));
      const actor = await permissions.mayOrClient(by, 'answer a checklist item', client);
      const given = {
        kind: request.kind,
        reason: optionalProse(request.reason, 'The reason', 1_000, 'reason'),
        evidence: optionalProse(request.evidence, 'The evidence', 1_000, 'evidence'),
      };
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => {
        const asked = itemsOf(release).find((one) => one.id === item);
        if (asked !== undefined) mayAnswer(actor, asked, client);
        const next = answer(release, item, given, actor.by, now);
        const why = given.reason === '' ? '' : `: ${given.reason}`;
        return { next, did: `answered "${asked?.ask}" with ${given.kind}${why}`, quiet: true };
      });
    },

    /** Counts in the lessons what their items have caught. Safe to repeat. */
    countCatches: async (release: Release): Promise<void> => {
      const now = clock.now();
      for (const { lesson, answers } of itemsOf(release)) {
        if (lesson === undefined || !answers.some(({ kind }) => kind === 'no')) continue;
        await lessons.change(lesson, { by: slipway, now }, (state) => {
          const next = caughtIn(state, release.id);
          return next === undefined ? undefined : { next, did: `caught something in ${release.id}` };
        });
      }
    },
  };
};

function fromLesson({ id, release, ask, happened, evidence, caught }: Lesson): ItemTemplate {
  const since = caught.length === 0 ? '' : ` Caught ${caught.length} since.`;
  return { ask, why: `From ${release}: ${happened}.${since}`.replace('..', '.'), evidence, lesson: id };
}

/** An item addressed to somebody is theirs to answer; admins and release managers can step in for their own side. */
function mayAnswer({ roles, approves }: Actor, { answeredBy }: Item, client: Client): void {
  const theirs = approves.includes(client.key);
  if (answeredBy === 'client') {
    if (theirs) return;
    throw new Refusal(
      'not-permitted',
      `This item is for ${client.name} to answer: ${client.approvers.map(({ name }) => name).join(' or ')}.`,
    );
  }
  if (theirs && roles.length === 0)
    throw new Refusal('not-permitted', 'This item is for the team to answer.');
  const leads = roles.includes('admin') || roles.includes('release manager');
  if (answeredBy === undefined || leads || roles.includes(answeredBy)) return;
  throw new Refusal(
    'not-permitted',
    `This item is for ${answeredBy === 'on-call' ? 'people on call' : `a ${answeredBy}`} to answer.`,
  );
}
