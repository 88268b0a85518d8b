import type { Json } from '../json.js';
import type { PersonRecord } from '../records.js';
import { messageShape } from '../shapes.js';
import type { Slack } from '../slack.js';
import type { InMessage } from './messages.js';
import { actionTs, channelPart, common, ourTeam, responseUrl, userOf } from './parts.js';

export function messageShortcut(
  slack: Slack,
  person: PersonRecord,
  callbackId: string,
  at: Omit<InMessage, 'action' | 'state'>,
): Json {
  return {
    type: 'message_action',
    callback_id: callbackId,
    action_ts: actionTs(),
    team: ourTeam(slack),
    user: userOf(person),
    ...common(slack),
    channel: channelPart(at.channel),
    trigger_id: slack.triggers.issue({ user: person.id }),
    message_ts: at.message.ts,
    message: messageShape(slack, at.message),
    response_url: responseUrl(slack, person, at.channel, at.message.ts),
  };
}

export function globalShortcut(slack: Slack, person: PersonRecord, callbackId: string): Json {
  return {
    type: 'shortcut',
    callback_id: callbackId,
    action_ts: actionTs(),
    team: ourTeam(slack),
    user: userOf(person),
    ...common(slack),
    trigger_id: slack.triggers.issue({ user: person.id }),
  };
}
