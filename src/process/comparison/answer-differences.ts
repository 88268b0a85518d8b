import type { By } from '../../kernel/by.js';
import { Refusal } from '../../kernel/refusal.js';
import { counted, optionalProse } from '../../kernel/text.js';
import type { Client } from '../../people/people.js';
import type { Stored } from '../../platform/store/documents.js';
import type { Release, ReleaseNeeds } from '../release/index.js';
import {
  type AnswerWish,
  answerDifferences,
  comparisonOf,
  isComparable,
  openDifferences,
  production,
  wantComparison,
} from './comparison.js';
import { fitting } from './expected.js';

/** An answer as it was filled in. */
export interface FilledAnswer {
  /** The id of an incident, or `none`. */
  readonly incident: string;
  readonly words: string | undefined;
}

/** Which differences are answered together. */
export interface Choice {
  /** Matched against `kind path`. */
  readonly pattern: string;
  readonly among: 'open' | 'all';
}

/** Asks for a comparison, and answers what it found. */
export const answerComparison = ({ releases, people, permissions, clock }: ReleaseNeeds) => {
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
    return releases.change(id, { by: actor.by, now }, (release) => {
      const chosen = choose(release);
      if (chosen.length === 0)
        throw new Refusal('not-found', 'No difference fits that pattern.', { field: 'pattern' });
      const many = counted(chosen.length, 'difference');
      const did =
        wish.kind === 'assigned' ? `gave ${many} to ${wish.incident}` : `explained ${many}: ${wish.words}`;
      return { next: answerDifferences(release, chosen, wish, actor.by, now), did };
    });
  };

  return {
    startComparison: async (by: By, id: string): Promise<Stored<Release>> => {
      const actor = await permissions.may(by, 'answer a checklist item');
      const now = clock.now();
      return releases.change(id, { by: actor.by, now }, (release) => {
        const client = people.client(release.client);
        if (!isComparable(client)) throw nothingToCompare(client);
        return { next: wantComparison(release, actor.by, now), did: 'started the comparison' };
      });
    },
    answerDifference: (by: By, id: string, difference: string, filled: FilledAnswer) =>
      answer(by, id, () => [difference], filled),
    /** Answers whatever fits a pattern: of those without an answer, or of all. */
    answerMany: (by: By, id: string, { pattern, among }: Choice, filled: FilledAnswer) => {
      const fits = fitting(pattern);
      return answer(
        by,
        id,
        (release) =>
          (among === 'all' ? comparisonOf(release).differences : openDifferences(release))
            .filter(
              ({ kind, path, rights }) => fits(`${kind} ${path}`) || (rights && fits(`permission ${path}`)),
            )
            .map((one) => one.id),
        filled,
      );
    },
  };
};

function nothingToCompare({ name, key, staging }: Client): Refusal {
  const place = (environment: string): string => `clients.${key}.environments.${environment}.compare`;
  const sentence = `slipway.yaml does not say what to compare of ${name}. List it under ${place(staging)} and ${place(production)}; README shows how.`;
  return new Refusal('not-configured', sentence);
}
