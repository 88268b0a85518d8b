import { randomBytes } from 'node:crypto';
import type { Json } from '../json.js';
import type { Slack } from '../slack.js';

/** An Events API envelope. https://docs.slack.dev/apis/events-api */
export function eventEnvelope(slack: Slack, event: Json, shared: boolean): Json {
  const { records } = slack;
  return {
    token: records.secrets.verification,
    team_id: records.team.id,
    context_team_id: records.team.id,
    context_enterprise_id: null,
    api_app_id: records.bot.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: records.team.id,
        user_id: records.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: shared,
    event_context: randomBytes(12).toString('hex'),
  };
}
