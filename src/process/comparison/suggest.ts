import type { Incident } from '../register/index.js';
import type { Listed } from './comparison.js';

/** Words that tell nothing about where a difference comes from. */
const idle = new Set([
  'the',
  'and',
  'for',
  'with',
  'from',
  'that',
  'this',
  'are',
  'is',
  'not',
  'wrong',
  'new',
  'add',
  'public',
  'table',
  'column',
  'file',
]);

function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/s$/u, ''))
    .filter((word) => word.length > 2 && !idle.has(word));
}

/**
 * The incident that a difference most likely belongs to: one whose recorded component is named in its path, else the one that
 * shares most words with it. Undefined when none does, or two are equally likely.
 */
export function suggestIncident({ path, kind }: Listed, incidents: readonly Incident[]): string | undefined {
  const named = incidents.filter(({ components }) =>
    components.some(({ name }) => path.toLowerCase().includes(name.toLowerCase())),
  );
  if (named.length === 1) return named[0]?.id;
  const words = new Set(wordsOf(`${kind} ${path}`));
  const scored = incidents
    .map(({ id, title, description, requirements }) => {
      const told = new Set(wordsOf([title, description, ...requirements.map(({ text }) => text)].join(' ')));
      return { id, score: [...words].filter((word) => told.has(word)).length };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  const [best, next] = scored;
  return best !== undefined && best.score > (next?.score ?? 0) ? best.id : undefined;
}
