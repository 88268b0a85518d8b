import type { PersonCard } from '../contract.js';
import { classes, html } from './html.js';
import { Mark } from './icons.js';

const HUES = 8;

/** A colour that a person keeps: the same id gives the same one of eight. */
const hueOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 997, 7) % HUES;

const initialsOf = (name: string): string => {
  const words = name.split(/\s+/).filter(Boolean);
  return `${words[0]?.[0] ?? '?'}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
};

export const firstNameOf = (name: string): string => name.split(/\s+/)[0] ?? name;

/** A person's title, with the organisation of somebody from outside where the title does not name it. */
export function titleOf({ title, teamName, external }: PersonCard): string {
  const [short = teamName] = teamName.split(' ');
  return external && !title.includes(short) ? `${title}, ${teamName}` : title;
}

interface AvatarProps {
  readonly person: PersonCard | undefined;
  readonly size?: 'small' | 'large';
}

/** A person's sign: initials in their colour, ringed for somebody of another organisation; the bot has its mark. */
export function Avatar({ person, size }: AvatarProps) {
  const look = classes(
    'avatar',
    size,
    person?.bot ? 'bot' : `hue-${hueOf(person?.id ?? '')}`,
    person?.external && 'external',
  );
  return html`<span class=${look} aria-hidden="true">${person?.bot ? html`<${Mark} />` : initialsOf(person?.name ?? '?')}</span>`;
}

/** Beside a name: the organisation of somebody from outside, or that this is an app. */
export function Badge({ person }: { readonly person: PersonCard | undefined }) {
  if (person?.bot) return html`<span class="badge">App</span>`;
  if (person?.external)
    return html`<span class="badge external" title="From another organisation">${person.teamName}</span>`;
  return null;
}
