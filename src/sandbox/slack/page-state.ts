import { channelCard, homeCard, messageCard, modalCard, personCard } from './cards.js';
import type { ChannelCard, Happening, MessageCard, State } from './contract.js';
import type { News } from './happenings.js';
import { channelNamed, type MessageRecord, messageAt, type PersonRecord, visibleTo } from './records.js';
import type { Slack } from './slack.js';

function channelsOf({ records }: Slack, person: PersonRecord): readonly ChannelCard[] {
  return records.channels
    .filter(({ members }) => members.includes(person.id))
    .map((one) => channelCard(records, one, person.id));
}

/** Everything that the page shows to a person, but the messages. */
export function stateFor(slack: Slack, person: PersonRecord): State {
  const { records, manifest } = slack;
  const home = records.homes[person.id];
  return {
    workspace: { name: records.team.name, teamId: records.team.id },
    me: personCard(records, person),
    people: records.people.map((one) => personCard(records, one)),
    channels: channelsOf(slack, person),
    commands: manifest.commands.map(({ command, description, usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: manifest.shortcuts.map(({ name, callbackId }) => ({ name, callbackId })),
    modals: slack.modals.of(person.id).map(modalCard),
    ...(home === undefined ? {} : { home: homeCard(home) }),
    ...(slack.engine === undefined ? {} : { engine: slack.engine }),
    bot: records.bot.userId,
    ...(slack.clock === undefined ? {} : { clockAhead: slack.clock.ahead() }),
  };
}

export function messagesFor(slack: Slack, person: PersonRecord, channel: string): readonly MessageCard[] {
  const known = channelNamed(slack.records, channel);
  return known === undefined
    ? []
    : visibleTo(slack.records, person.id, known).map((message) => messageCard(slack, message));
}

function seenBy(slack: Slack, person: PersonRecord, message: MessageRecord): boolean {
  const channel = slack.records.channels.find(({ id }) => id === message.channel);
  return channel?.members.includes(person.id) === true && (message.onlyFor ?? person.id) === person.id;
}

/** What a piece of news means to this person: nothing, one happening or several. */
export function happeningFor(slack: Slack, person: PersonRecord, news: News): readonly Happening[] {
  switch (news.type) {
    case 'message':
      if (!seenBy(slack, person, news.message)) return [];
      return [
        { type: 'message', message: messageCard(slack, news.message) },
        ...thread(slack, news.message),
        { type: 'channels', channels: channelsOf(slack, person) },
      ];
    case 'message-changed':
      return seenBy(slack, person, news.message)
        ? [{ type: 'message-changed', message: messageCard(slack, news.message) }]
        : [];
    case 'message-deleted':
      if (!seenBy(slack, person, news.message)) return [];
      return [
        { type: 'message-deleted', channel: news.message.channel, ts: news.message.ts },
        ...thread(slack, news.message),
      ];
    case 'modals':
      return news.user === person.id
        ? [{ type: 'modals', modals: slack.modals.of(person.id).map(modalCard) }]
        : [];
    case 'home': {
      const home = slack.records.homes[person.id];
      return news.user === person.id && home !== undefined ? [{ type: 'home', home: homeCard(home) }] : [];
    }
    case 'channels':
      return [{ type: 'channels', channels: channelsOf(slack, person) }];
    case 'clock':
      return [{ type: 'clock', clockAhead: news.clockAhead }];
    case 'notice': {
      const place = news.channel === undefined ? {} : { channel: news.channel };
      return news.user === person.id ? [{ type: 'notice', text: news.text, ...place }] : [];
    }
    case 'call':
    case 'sockets':
      return [];
  }
}

/** A reply changes its parent's reply count. */
function thread(slack: Slack, reply: MessageRecord): readonly Happening[] {
  if (reply.threadTs === undefined || reply.threadTs === reply.ts) return [];
  const parent = messageAt(slack.records, reply.channel, reply.threadTs);
  return parent === undefined ? [] : [{ type: 'message-changed', message: messageCard(slack, parent) }];
}
