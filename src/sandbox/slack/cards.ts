import type { ChannelCard, FileCard, MessageCard, PersonCard, ViewCard } from './contract.js';
import type { OpenModal } from './modals.js';
import {
  type ChannelRecord,
  type HomeRecord,
  isExternal,
  type MessageRecord,
  type PersonRecord,
  type Records,
  repliesTo,
  visibleTo,
} from './records.js';
import type { Slack } from './slack.js';

export const personCard = (records: Records, person: PersonRecord): PersonCard => ({
  id: person.id,
  name: person.name,
  title: person.title,
  teamId: person.teamId,
  teamName: person.teamName,
  external: isExternal(records, person),
  zone: person.zone,
  bot: person.bot,
});

export function channelCard(records: Records, channel: ChannelRecord, user: string): ChannelCard {
  const read = records.read[`${user}:${channel.id}`] ?? '0';
  const unread = visibleTo(records, user, channel).filter(
    (message) => message.ts > read && message.user !== user,
  );
  return {
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    shared: channel.shared,
    topic: channel.topic,
    members: channel.members,
    unread: unread.length,
    ...(channel.with === undefined
      ? {}
      : { with: channel.with === user ? records.bot.userId : channel.with }),
  };
}

export function messageCard(slack: Slack, message: MessageRecord): MessageCard {
  const { records } = slack;
  return {
    channel: message.channel,
    ts: message.ts,
    ...(message.threadTs === undefined ? {} : { threadTs: message.threadTs }),
    user: message.user,
    text: message.text,
    blocks: message.blocks,
    edited: message.edited !== undefined,
    ephemeral: message.onlyFor !== undefined,
    pinned: message.pinned,
    replyCount: repliesTo(records, message).length,
    files: records.files.filter(({ id }) => message.files.includes(id)).map((file) => fileCard(slack, file)),
  };
}

const fileCard = (slack: Slack, file: Records['files'][number]): FileCard => ({
  id: file.id,
  name: file.name,
  title: file.title,
  mimetype: file.mimetype,
  size: file.size,
  url: `${slack.url()}/sandbox/files/${file.id}`,
});

export const modalCard = ({ id, hash, view }: OpenModal): ViewCard => ({ id, hash, view });

export const homeCard = ({ id, hash, view }: HomeRecord): ViewCard => ({ id, hash, view });
