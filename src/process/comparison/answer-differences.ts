import type { By } from '../../kernel/by.js';
import { Refusal } from '../../kernel/refusal.js';
import { counted, optionalProse } from '../../kernel/text.js';
import type { Stored } from '../../platform/store/documents.js';
import type { RegisterUseCases } from '../register/index.js';
import type { Release, ReleaseNeeds } from '../release/index.js';
import {
  type AnswerWish,
  answerDifferences,
  comparisonOf,
  openDifferences,
  wantComparison,
} from './comparison.js';

/** An answer as it was filled in. */
export interface FilledAnswer {
  /** The id of an incident, or `none`. */
  readonly incident: string;
  readonly words: string | undefined;
}

interface Needs extends ReleaseNeeds {
  readonly register: Pick<RegisterUseCases, 'recordComponent'>;
}

/** Asks for a comparison, and answers what it found. */
export const answerComparison = ({ releases, permissions, clock, register }: Needs) => {
  const wishOf = ({ incident, words }: FilledAnswer): AnswerWish => {
    if (incident !== '' && incident !== 'none') return { kind: 'assigned', incident };
    const said = optionalProse(words, 'The explanation', 500, 'words');
    if (said === '')
      throw new Refusal('incomplete', 'Choose the incident it belongs to, or say why it differs.', {
        field: 'words',
      });
    return { kind: 'explained', words: said };
  };

  const answer = async (
    by: By,
    id: string,
    choose: (release: Release) => readonly string[],
    filled: FilledAnswer,
  ): Promise<Stored<Release>> => {
    const actor = await permissions.may(by, 'work on an incident');
    const wish = wishOf(filled);
    const now = clock.now();
    let chosen: readonly string[] = [];
    const stored = await releases.change(id, { by: actor.by, now }, (release) => {
      chosen = choose(release);
      if (chosen.length === 0)
        throw new Refusal('not-found', 'No open difference fits that pattern.', { field: 'pattern' });
      const many = counted(chosen.length, 'difference');
      const did =
        wish.kind === 'assigned' ? `gave ${many} to ${wish.incident}` : `explained ${many}: ${wish.words}`;
      return { next: answerDifferences(release, chosen, wish, actor.by, now), did };
    });
    // What differs is what the incident changes: its components, up to what a person would read.
    if (wish.kind === 'assigned') {
      const told = comparisonOf(stored.state)
        .differences.filter((one) => chosen.includes(one.id))
        .slice(0, 20);
      for (const { path, kind, what } of told)
        await register.recordComponent(by, wish.incident, path.slice(-200), `${kind} ${what}`);
    }
    return stored;
  };

  return {
    startComparison: async (by: By, id: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'answer a checklist item');
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => ({
        next: wantComparison(release, actor.by, now),
        did: 'started the comparison',
      }));
    },
    answerDifference: (by: By, id: string, difference: string, filled: FilledAnswer) =>
      answer(by, id, () => [difference], filled),
    answerMany: (by: By, id: string, pattern: string, filled: FilledAnswer) => {
      const fits = matcher(pattern);
      return answer(
        by,
        id,
        (release) =>
          openDifferences(release)
            .filter(({ kind, path }) => fits(`${kind} ${path}`))
            .map((one) => one.id),
        filled,
      );
    },
  };
};

/** `*` stands for anything; without one the pattern fits what holds it. */
function matcher(pattern: string): (text: string) => boolean {
  const quoted = pattern
    .trim()
    .replace(/[.+?^${}()|[\]\\]/gu, '\\$&')
    .replaceAll('*', '[\\s\\S]*');
  if (!pattern.includes('*')) return (text) => text.toLowerCase().includes(pattern.trim().toLowerCase());
  const whole = new RegExp(`^${quoted}$`, 'iu');
  return (text) => whole.test(text);
}
