import { awaited } from '../happenings.js';
import {
  type ChannelRecord,
  channelNamed,
  type MessageRecord,
  type PersonRecord,
  visibleTo,
} from '../records.js';
import type { Slack } from '../slack.js';
import { flatText } from './find.js';

/** Narrows down where a person acts. */
export interface Where {
  /** A channel by key, name or id; "dm" for the direct messages with the bot; "home" for the App Home. */
  readonly in?: string;
  /** A message by its ts, or by what it says. */
  readonly message?: RegExp | string;
  /** Where a label stands several times: what is written in or above its block. */
  readonly item?: string;
}

export interface Place {
  readonly channel: ChannelRecord;
  readonly message: MessageRecord;
}

export interface Places {
  /** The channel of that name; without one the first that the person is in. Throws where there is none. */
  channel(word?: string): ChannelRecord;
  /** Messages that the person sees and that fit, newest first. */
  messages(where: Where): readonly Place[];
  /** The newest fitting message; waits for it. */
  message(where: Where, within: number): Promise<Place>;
}

export function placesOf(slack: Slack, person: PersonRecord): Places {
  const { records } = slack;
  const mine = () => records.channels.filter(({ members }) => members.includes(person.id));
  const channel = (word?: string): ChannelRecord => {
    const found =
      word === undefined
        ? (mine().find(({ kind }) => kind === 'channel') ?? mine()[0])
        : word === 'dm'
          ? mine().find((one) => one.with === person.id)
          : channelNamed(records, word);
    if (found === undefined) throw new Error(`There is no channel "${word ?? ''}" for ${person.name}.`);
    return found;
  };
  const messages = (where: Where): readonly Place[] => {
    const channels = where.in === undefined ? mine() : [channel(where.in)];
    return channels
      .flatMap((one) => visibleTo(records, person.id, one).map((message) => ({ channel: one, message })))
      .filter(({ message }) => fits(message, where.message))
      .toSorted((one, other) => other.message.ts.localeCompare(one.message.ts));
  };
  return {
    channel,
    messages,
    message: async (where, within) => {
      const found = await awaited(slack.desk, () => messages(where)[0], within);
      if (found === undefined)
        throw new Error(`${person.name} sees no message ${String(where.message ?? '')}.`);
      return found;
    },
  };
}

function fits(message: MessageRecord, wanted: RegExp | string | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === 'string') return message.ts === wanted;
  return wanted.test(`${message.text} ${flatText(message.blocks)}`);
}
