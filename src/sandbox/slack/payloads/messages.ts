import type { InputState } from '../contract.js';
import type { Json } from '../json.js';
import type { ChannelRecord, MessageRecord, PersonRecord } from '../records.js';
import { messageShape } from '../shapes.js';
import type { Slack } from '../slack.js';
import { channelPart, common, ourTeam, responseUrl, userOf } from './parts.js';

export interface InMessage {
  readonly channel: ChannelRecord;
  readonly message: MessageRecord;
  readonly action: Json;
  readonly state: InputState;
}

/** A press in a message. Of an ephemeral one Slack sends no `message`. */
export function messagePress(slack: Slack, person: PersonRecord, press: InMessage): Json {
  const { channel, message, action, state } = press;
  const ephemeral = message.onlyFor !== undefined;
  const thread = message.threadTs === undefined ? {} : { thread_ts: message.threadTs };
  return {
    type: 'block_actions',
    user: userOf(person),
    ...common(slack),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...thread,
    },
    trigger_id: slack.triggers.issue({ user: person.id }),
    team: ourTeam(slack),
    channel: channelPart(channel),
    ...(ephemeral ? {} : { message: messageShape(slack, message) }),
    state: { values: state },
    response_url: responseUrl(slack, person, channel, message.ts),
    actions: [action],
  };
}
