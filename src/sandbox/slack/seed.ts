import { createHash, randomBytes } from 'node:crypto';
import type { ChannelRecord, PersonRecord, Records } from './records.js';

/** Who and what a workspace starts with. Keys are the names that tests and the sandbox use. */
export interface WorkspaceSeed {
  readonly name: string;
  /** IANA zone of the workspace and its bot. */
  readonly zone: string;
  readonly people: readonly {
    readonly key: string;
    readonly name: string;
    readonly title: string;
    readonly zone: string;
    /** The organisation of an external person; absent for one of ours. */
    readonly team?: { readonly id: string; readonly name: string };
    /** A guest: has our team id all the same. */
    readonly restricted?: boolean;
  }[];
  readonly channels: readonly {
    readonly key: string;
    readonly name: string;
    readonly topic: string;
    /** Shared with another organisation. */
    readonly shared?: boolean;
    /** Keys of people; the bot is a member everywhere. */
    readonly members: readonly string[];
  }[];
}

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The same words give the same id, so that a restarted sandbox keeps its ids. */
export function idFrom(prefix: string, ...words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\n')).digest();
  return prefix + [...hash.subarray(0, 10)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

/** A fresh workspace: ids follow from the seed, tokens and the signing secret are random. */
export function recordsFrom(seed: WorkspaceSeed): Records {
  const teamId = idFrom('T', seed.name);
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  const records: Records = {
    team: { id: teamId, name: seed.name, domain: seed.name.toLowerCase().replace(/[^a-z0-9]+/g, '-') },
    bot: {
      userId: idFrom('U', seed.name, 'bot'),
      botId: idFrom('B', seed.name),
      appId: idFrom('A', seed.name),
    },
    secrets: {
      botToken: `xoxb-${secret(20)}`,
      appToken: `xapp-1-${secret(24)}`,
      signingSecret: secret(16),
      verification: secret(12),
    },
    people: [],
    channels: [],
    messages: {},
    files: [],
    groups: [],
    read: {},
    homes: {},
    lastMicros: 0,
  };
  return grow(records, seed);
}

/** Adds whoever and whatever the seed names and the records lack; changes nothing else. */
export function grow(records: Records, seed: WorkspaceSeed): Records {
  if (!records.people.some((person) => person.bot)) records.people.push(theBot(records, seed));
  for (const person of seed.people) {
    if (records.people.some((known) => known.key === person.key)) continue;
    const id = idFrom('U', person.team?.id ?? records.team.id, person.key);
    records.people.push(personFrom(records, person, id));
    records.channels.push(directMessages(records, id, person.key));
  }
  for (const channel of seed.channels) {
    if (!records.channels.some((known) => known.key === channel.key))
      records.channels.push(channelFrom(records, channel));
  }
  return records;
}

function theBot(records: Records, seed: WorkspaceSeed): PersonRecord {
  return {
    id: records.bot.userId,
    key: 'slipway',
    name: 'Slipway',
    title: 'App',
    zone: seed.zone,
    teamId: records.team.id,
    teamName: records.team.name,
    restricted: false,
    bot: true,
  };
}

function personFrom(records: Records, person: WorkspaceSeed['people'][number], id: string): PersonRecord {
  return {
    id,
    key: person.key,
    name: person.name,
    title: person.title,
    zone: person.zone,
    teamId: person.team?.id ?? records.team.id,
    teamName: person.team?.name ?? records.team.name,
    restricted: person.restricted === true,
    bot: false,
  };
}

function directMessages(records: Records, userId: string, key: string): ChannelRecord {
  const id = idFrom('D', records.team.id, userId);
  return {
    id,
    key: `@${key}`,
    name: '',
    topic: '',
    kind: 'im',
    shared: false,
    members: [userId, records.bot.userId],
    with: userId,
  };
}

function channelFrom(records: Records, channel: WorkspaceSeed['channels'][number]): ChannelRecord {
  const members = channel.members.map((key) => {
    const person = records.people.find((known) => known.key === key);
    if (person === undefined)
      throw new Error(`The seed's channel ${channel.key} names ${key}, who is not among its people.`);
    return person.id;
  });
  return {
    id: idFrom('C', records.team.id, channel.key),
    key: channel.key,
    name: channel.name,
    topic: channel.topic,
    kind: 'channel',
    shared: channel.shared === true,
    members: [...members, records.bot.userId],
  };
}
