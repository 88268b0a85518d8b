import type { Records } from '../records.js';

/** Where the words go: a command shows names beside ids, and has ids only where the app asked for it (`should_escape`). */
export type Destination = 'message' | 'command' | 'escaped command';

interface Named {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** Typed words as Slack sends them: &, < and > escaped, @people and #channels as ids. */
export function asSent(records: Records, text: string, destination: Destination): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (destination === 'command') return escaped;
  const channels = records.channels.filter(({ kind }) => kind === 'channel');
  const people = withIds(escaped, '@', records.people, (person) =>
    destination === 'message' ? '' : `|${person.key}`,
  );
  return withIds(people, '#', channels, (channel) => `|${channel.name}`);
}

function withIds(
  text: string,
  sign: '@' | '#',
  items: readonly Named[],
  label: (item: Named) => string,
): string {
  const words = items
    .flatMap((item) => [item.name, item.key].map((word) => ({ item, word })))
    .filter(({ word }) => word !== '');
  // The longest first, so that "@Ana Lee" is not taken for "@Ana".
  words.sort((one, other) => other.word.length - one.word.length);
  return words.reduce((sent, { item, word }) => {
    const quoted = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const mention = new RegExp(`(?<=^|[\\s(,])${sign}${quoted}(?![\\w-])`, 'gi');
    return sent.replace(mention, () => `<${sign}${item.id}${label(item)}>`);
  }, text);
}
