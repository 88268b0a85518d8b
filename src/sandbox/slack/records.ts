import type { KnownBlock, View } from '@slack/types';
import type { Json } from './json.js';

export interface PersonRecord {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly title: string;
  readonly zone: string;
  readonly teamId: string;
  readonly teamName: string;
  readonly restricted: boolean;
  readonly bot: boolean;
}

export interface ChannelRecord {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  topic: string;
  readonly kind: 'channel' | 'im';
  readonly shared: boolean;
  readonly members: string[];
  /** For direct messages: who talks with the bot there. */
  readonly with?: string;
}

export interface MessageRecord {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly user: string;
  text: string;
  blocks: readonly KnownBlock[];
  metadata?: Json;
  edited?: { readonly user: string; readonly ts: string };
  /** Set on an ephemeral message: the one who sees it. */
  readonly onlyFor?: string;
  pinned: boolean;
  readonly files: readonly string[];
}

export interface FileRecord {
  readonly id: string;
  readonly name: string;
  title: string;
  readonly mimetype: string;
  size: number;
  readonly user: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly channels: string[];
  /** False between files.getUploadURLExternal and files.completeUploadExternal. */
  complete: boolean;
  /** The name of the upload address until it was used. */
  upload?: string;
}

export interface GroupRecord {
  readonly id: string;
  name: string;
  handle: string;
  description: string;
  users: readonly string[];
  disabled: boolean;
}

export interface HomeRecord {
  readonly id: string;
  readonly hash: string;
  readonly view: View;
}

/** Everything that outlives a restart, as plain values. */
export interface Records {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly bot: { readonly userId: string; readonly botId: string; readonly appId: string };
  readonly secrets: {
    readonly botToken: string;
    readonly appToken: string;
    readonly signingSecret: string;
    /** Slack's old verification token, still in every payload. */
    readonly verification: string;
  };
  readonly people: PersonRecord[];
  readonly channels: ChannelRecord[];
  /** By channel id, oldest first, ephemeral ones included. */
  readonly messages: Record<string, MessageRecord[]>;
  readonly files: FileRecord[];
  readonly groups: GroupRecord[];
  /** "user:channel" to the ts up to which the person has read. */
  readonly read: Record<string, string>;
  /** Published App Homes by user id. */
  readonly homes: Record<string, HomeRecord>;
  /** The newest ts given out, in microseconds: a ts is an id and never repeats. */
  lastMicros: number;
}

export const personById = (records: Records, id: string): PersonRecord | undefined =>
  records.people.find((person) => person.id === id);

export const isExternal = (records: Records, person: PersonRecord): boolean =>
  person.teamId !== records.team.id;

/** A channel by its id, key, name or #name. */
export function channelNamed(records: Records, word: string): ChannelRecord | undefined {
  const name = word.replace(/^#/, '');
  return records.channels.find(
    ({ id, key, name: known }) =>
      id === word || key === word || key === name || (known !== '' && known === name),
  );
}

export const messagesIn = (records: Records, channel: string): MessageRecord[] => {
  const known = records.messages[channel];
  if (known !== undefined) return known;
  const fresh: MessageRecord[] = [];
  records.messages[channel] = fresh;
  return fresh;
};

export const messageAt = (records: Records, channel: string, ts: string): MessageRecord | undefined =>
  messagesIn(records, channel).find((message) => message.ts === ts);

export const repliesTo = (records: Records, message: MessageRecord): readonly MessageRecord[] =>
  messagesIn(records, message.channel).filter(
    ({ threadTs, ts, onlyFor }) => threadTs === message.ts && ts !== message.ts && onlyFor === undefined,
  );

/** What a person sees in a channel: nothing where they are not a member, no ephemeral message of another. */
export function visibleTo(records: Records, user: string, channel: ChannelRecord): readonly MessageRecord[] {
  if (!channel.members.includes(user)) return [];
  return messagesIn(records, channel.id).filter(({ onlyFor }) => onlyFor === undefined || onlyFor === user);
}

/** The next message id for this instant (milliseconds since 1970), as Slack writes it. */
export function nextTs(records: Records, now: number): string {
  records.lastMicros = Math.max(records.lastMicros + 1, Math.floor(now) * 1000);
  const micros = String(records.lastMicros).padStart(16, '0');
  return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
}
