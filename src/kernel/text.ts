import leven from 'leven';
import { Refusal } from './refusal.js';

// Control characters, and the ones that turn or hide text (Unicode TR 36), never belong in a title.
const unseen =
  /(?![\n\r\t])[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;

/** One line of a person's words: unseen characters gone, white space folded. Refuses what is empty or over `most` characters. */
export function line(text: string, what: string, most: number, field?: string): string {
  return within(text.replace(unseen, '').replace(/\s+/gu, ' ').trim(), what, most, field);
}

/** Several lines of a person's words, kept as lines. Refuses what is empty or over `most` characters. */
export function prose(text: string, what: string, most: number, field?: string): string {
  return within(seen(text), what, most, field);
}

/** Like prose, but nothing said is an answer too. */
export function optionalProse(text: string | undefined, what: string, most: number, field?: string): string {
  return seen(text ?? '') === '' ? '' : prose(text ?? '', what, most, field);
}

function seen(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(unseen, '').trim();
}

function within(text: string, what: string, most: number, field?: string): string {
  const more = field === undefined ? {} : { field };
  if (text === '') throw new Refusal('unreadable', `${what} is missing: please write it.`, more);
  const length = [...text].length;
  if (length > most) {
    throw new Refusal(
      'too-long',
      `${what} has ${length} characters; at most ${most} fit. Please shorten it.`,
      more,
    );
  }
  return text;
}

/** `a, b and c`. */
export function listed(words: readonly string[], and = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`;
}

/** `a; b; and 3 more`: at most so many of some words; `many` says how many there are where only the first are given. */
export function few(words: readonly string[], most: number, many = words.length): string {
  const told = words.slice(0, most).join('; ');
  return many > most ? `${told}; and ${many - most} more` : told;
}

/** `1 task`, `3 tasks`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * The text cut to at most `most` characters, with an ellipsis where something was cut. They are counted as Slack's forms
 * count them, in UTF-16 units; no character is torn apart.
 */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > most - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Of some words the one nearest to what was typed, when it is near enough to be meant. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const ranked = words.map((word) => ({ word, far: leven(typed.toLowerCase(), word) }));
  ranked.sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best !== undefined && best.far <= Math.max(1, Math.floor(best.word.length / 3))
    ? best.word
    : undefined;
}
