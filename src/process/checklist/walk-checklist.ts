import { type By, slipway } from '../../kernel/by.js';
import { clientOf } from '../../kernel/references.js';
import { Refusal } from '../../kernel/refusal.js';
import { counted, listed, optionalProse } from '../../kernel/text.js';
import type { Actor, Client } from '../../people/people.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Release } from '../release/index.js';
import {
  type AnswerRequest,
  answer,
  answerOf,
  begin,
  type Item,
  type ItemTemplate,
  itemsOf,
} from './checklist.js';
import { caughtIn, type Lesson } from './lesson.js';
import type { ChecklistNeeds } from './needs.js';

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

  const whose = async ({ answeredBy }: Item, client: Client): Promise<string> => {
    const named = (who: readonly { name: string }[]): string =>
      listed(
        who.map(({ name }) => name),
        'or',
      );
    if (answeredBy === 'client') return `${client.name} to answer: ${named(client.approvers)}`;
    if (answeredBy === undefined) return 'the team to answer';
    const role = answeredBy === 'on-call' ? 'whoever is on call' : `a ${answeredBy}`;
    return `${role} to answer: ${named(await people.holders(answeredBy)) || 'nobody has this role yet'}`;
  };

  const askedOf = async (by: By, id: string, item: string): Promise<{ asked: Item; actor: Actor }> => {
    const client = people.client(clientOf(id));
    const actor = await permissions.mayOrClient(by, 'answer a checklist item', client);
    const stored = await releases.find(id);
    const asked = stored === undefined ? undefined : itemsOf(stored.state).find((one) => one.id === item);
    if (asked === undefined) throw new Refusal('outdated', 'This checklist item is not there any more.');
    if (isTheirs(actor, asked, client)) return { asked, actor };
    throw new Refusal('not-permitted', `This item is for ${await whose(asked, client)}.`);
  };

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

    /** The item, when this person may answer it as it stands: asked before its form opens. */
    openItem: async (by: By, id: string, item: string, intent: Intent): Promise<Item> => {
      const { asked, actor } = await askedOf(by, id, item);
      mustBeOpen(asked, intent, actor.by);
      return asked;
    },

    /** Answers an item; to change an answer is another intent, so that two clicks are not two answers. */
    answerItem: async (
      by: By,
      id: string,
      item: string,
      request: AnswerRequest,
      intent: Intent = 'answer',
    ): Promise<Stored<Release>> => {
      const { actor } = await askedOf(by, id, item);
      const given = {
        kind: request.kind,
        reason: optionalProse(request.reason, 'The reason', 1_000, 'reason'),
        evidence: optionalProse(request.evidence, 'The evidence', 1_000, 'evidence'),
      };
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => {
        const asked = itemsOf(release).find((one) => one.id === item);
        if (asked !== undefined && release.status === 'preparing') mustBeOpen(asked, intent, actor.by);
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

/** Whether a first answer is meant, or another one in place of one's own. */
export type Intent = 'answer' | 'change';

function mustBeOpen(item: Item, intent: Intent, by: By): void {
  const given = answerOf(item);
  if (given === undefined || (intent === 'change' && given.by.user === by.user)) return;
  const way = given.by.user === by.user ? 'Change in its menu' : `Ask ${given.by.name} to change it`;
  throw new Refusal('already-decided', `${given.by.name} answered this already: ${given.kind}. ${way}.`);
}

/** Whether an item is this person's to answer; admins and release managers can step in for their own side. */
function isTheirs({ roles, approves }: Actor, { answeredBy }: Item, client: Client): boolean {
  if (answeredBy === 'client') return approves.includes(client.key);
  const leads = roles.includes('admin') || roles.includes('release manager');
  return leads || (answeredBy === undefined ? roles.length > 0 : roles.includes(answeredBy));
}
