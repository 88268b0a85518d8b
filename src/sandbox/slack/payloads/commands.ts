import type { Json } from '../json.js';
import type { ChannelRecord, PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { channelPart } from './parts.js';

/** The fields of a slash command. https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandFields(
  slack: Slack,
  person: PersonRecord,
  channel: ChannelRecord,
  command: string,
  text: string,
): Json {
  const { records } = slack;
  return {
    token: records.secrets.verification,
    team_id: records.team.id,
    team_domain: records.team.domain,
    channel_id: channel.id,
    channel_name: channelPart(channel).name,
    user_id: person.id,
    user_name: person.key,
    command,
    text,
    api_app_id: records.bot.appId,
    is_enterprise_install: 'false',
    response_url:
      slack.url() + slack.responseUrls.issue({ user: person.id, channel: channel.id }, 'commands'),
    trigger_id: slack.triggers.issue({ user: person.id }),
  };
}
