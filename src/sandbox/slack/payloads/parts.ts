import type { Json } from '../json.js';
import { type ChannelRecord, isExternal, type PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';

/** What every interaction carries. https://docs.slack.dev/reference/interaction-payloads */
export const common = ({ records }: Slack): Json => ({
  api_app_id: records.bot.appId,
  token: records.secrets.verification,
  enterprise: null,
  is_enterprise_install: false,
});

export const userOf = (person: PersonRecord): Json => ({
  id: person.id,
  username: person.key,
  name: person.key,
  team_id: person.teamId,
});

export const ourTeam = ({ records }: Slack): Json => ({ id: records.team.id, domain: records.team.domain });

/** In a view an external person's team is named; in a message the workspace's. */
export const theirTeam = (slack: Slack, person: PersonRecord): Json =>
  isExternal(slack.records, person)
    ? { id: person.teamId, domain: person.teamName.toLowerCase() }
    : ourTeam(slack);

export const channelPart = ({ id, kind, name }: ChannelRecord): Json => ({
  id,
  name: kind === 'im' ? 'directmessage' : name,
});

export const actionTs = (): string => {
  const now = Date.now();
  return `${Math.floor(now / 1000)}.${String((now % 1000) * 1000).padStart(6, '0')}`;
};

export const responseUrl = (
  slack: Slack,
  person: PersonRecord,
  channel: ChannelRecord,
  ts?: string,
): string => {
  const origin = { user: person.id, channel: channel.id, ...(ts === undefined ? {} : { ts }) };
  return slack.url() + slack.responseUrls.issue(origin, 'actions');
};
