import { type Json, present } from './json.js';
import {
  type ChannelRecord,
  type FileRecord,
  isExternal,
  type MessageRecord,
  type PersonRecord,
  type Records,
  repliesTo,
} from './records.js';
import type { Slack } from './slack.js';

/** A message as the Web API and interaction payloads show it. */
export function messageShape(slack: Slack, message: MessageRecord, withMetadata = true): Json {
  const { records } = slack;
  const { bot, team } = records;
  const author = records.people.find(({ id }) => id === message.user);
  const replies =
    message.threadTs === undefined || message.threadTs === message.ts ? repliesTo(records, message) : [];
  return present({
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: author?.teamId ?? team.id,
    ...(message.user === bot.userId ? { bot_id: bot.botId, app_id: bot.appId } : {}),
    blocks: message.blocks.length > 0 ? message.blocks : undefined,
    thread_ts: message.threadTs ?? (replies.length > 0 ? message.ts : undefined),
    ...(replies.length > 0 ? { reply_count: replies.length, latest_reply: replies.at(-1)?.ts } : {}),
    edited: message.edited,
    metadata: withMetadata ? message.metadata : undefined,
    files: message.files.length > 0 ? filesOf(slack, message) : undefined,
    pinned_to: message.pinned ? [message.channel] : undefined,
    is_ephemeral: message.onlyFor === undefined ? undefined : true,
  });
}

const filesOf = (slack: Slack, message: MessageRecord): readonly Json[] =>
  slack.records.files.filter(({ id }) => message.files.includes(id)).map((file) => fileShape(slack, file));

export function userShape(records: Records, person: PersonRecord): Json {
  const external = isExternal(records, person);
  return present({
    id: person.id,
    team_id: person.teamId,
    name: person.key,
    deleted: false,
    real_name: person.name,
    tz: person.zone,
    tz_label: person.zone,
    tz_offset: offsetSeconds(person.zone),
    profile: {
      title: person.title,
      real_name: person.name,
      real_name_normalized: person.name,
      display_name: person.key,
      display_name_normalized: person.key,
      email: external || person.bot ? undefined : `${person.key}@${records.team.domain}.example`,
      team: person.teamId,
    },
    is_admin: false,
    is_owner: false,
    is_restricted: person.restricted,
    is_ultra_restricted: false,
    is_bot: person.bot,
    is_app_user: false,
    is_stranger: external ? false : undefined,
    // The profile of an external person carries no locale.
    locale: external ? undefined : 'en-US',
    updated: 0,
  });
}

function offsetSeconds(zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts();
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60);
}

export function channelShape(records: Records, channel: ChannelRecord): Json {
  const common = {
    id: channel.id,
    created: 0,
    is_archived: false,
    updated: 0,
    context_team_id: records.team.id,
  };
  if (channel.kind === 'im')
    return { ...common, is_im: true, is_open: true, user: channel.with, is_org_shared: false };
  const teams = new Set(
    records.people.filter(({ id }) => channel.members.includes(id)).map(({ teamId }) => teamId),
  );
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: false,
    is_general: false,
    is_shared: channel.shared,
    is_ext_shared: channel.shared,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.members.includes(records.bot.userId),
    shared_team_ids: [...teams],
    connected_team_ids: [...teams].filter((id) => id !== records.team.id),
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}

export function fileShape(slack: Slack, file: FileRecord): Json {
  const { records } = slack;
  const address = `${slack.url()}/files-pri/${records.team.id}-${file.id}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : 'text',
    user: file.user,
    user_team: records.people.find(({ id }) => id === file.user)?.teamId ?? records.team.id,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: true,
    url_private: `${address}/${encodeURIComponent(file.name)}`,
    url_private_download: `${address}/download/${encodeURIComponent(file.name)}`,
    permalink: `${slack.url()}/sandbox/files/${file.id}`,
    channels: file.channels,
    groups: [],
    ims: [],
  };
}
