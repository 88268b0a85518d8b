import type { InputState } from '../contract.js';
import { elementsOf, inputState, type Placed } from '../inputs.js';
import { type Json, present } from '../json.js';
import type { OpenModal } from '../modals.js';
import { messagePress } from '../payloads/messages.js';
import { actionTs } from '../payloads/parts.js';
import { homePress, modalPress } from '../payloads/views.js';
import {
  type ChannelRecord,
  type HomeRecord,
  type MessageRecord,
  type PersonRecord,
  visibleTo,
} from '../records.js';
import type { Slack } from '../slack.js';
import { type Answer, acked, mark, noticed, unanswered } from './answer.js';

/** What was pressed: where it stands, and its value part in Slack's own shape. */
export interface Press {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
  readonly state: InputState;
}

/** The pressed element as a payload names it: its definition, and over it what the person chose. */
function actionOf(blocks: unknown, { blockId, actionId, element }: Press): Json {
  const placed = elementsOf(blocks).find((one) => one.blockId === blockId && one.actionId === actionId);
  const defined = placed === undefined ? {} : definition(placed);
  return { ...defined, ...present(element), action_id: actionId, block_id: blockId, action_ts: actionTs() };
}

/** The parts of an element's definition that Slack repeats in the payload. */
function definition({ element }: Placed): Json {
  const { type, text, value, url, style, confirm, placeholder } = element;
  const initial = Object.entries(element).filter(([name]) => name.startsWith('initial_'));
  return {
    ...present({ type, text, value, url, style, confirm, placeholder }),
    ...Object.fromEntries(initial),
  };
}

export async function pressInMessage(
  slack: Slack,
  person: PersonRecord,
  channel: ChannelRecord,
  message: MessageRecord,
  press: Press,
): Promise<Answer> {
  if (!visibleTo(slack.records, person.id, channel).some(({ ts }) => ts === message.ts)) {
    return noticed(slack, person, 'This message is gone.', 0, channel.id);
  }
  const since = mark(slack);
  const state = inputState(message.blocks, press.state);
  const action = actionOf(message.blocks, press);
  const ack = await slack.delivery.send(
    'interactive',
    messagePress(slack, person, { channel, message, action, state }),
  );
  if (ack.problem !== undefined)
    return noticed(slack, person, unanswered(slack, ack), ack.status, channel.id);
  return acked(slack, person, ack, since);
}

export async function pressInModal(
  slack: Slack,
  person: PersonRecord,
  modal: OpenModal,
  press: Press,
): Promise<Answer> {
  const since = mark(slack);
  slack.modals.keepDraft(modal, press.state);
  const ack = await slack.delivery.send(
    'interactive',
    modalPress(slack, person, modal, actionOf(modal.view.blocks, press)),
  );
  if (ack.problem !== undefined) return noticed(slack, person, unanswered(slack, ack), ack.status);
  return acked(slack, person, ack, since);
}

export async function pressInHome(
  slack: Slack,
  person: PersonRecord,
  home: HomeRecord,
  press: Press,
): Promise<Answer> {
  const since = mark(slack);
  const state = inputState(home.view.blocks, press.state);
  const action = actionOf(home.view.blocks, press);
  const ack = await slack.delivery.send('interactive', homePress(slack, person, home, state, action));
  if (ack.problem !== undefined) return noticed(slack, person, unanswered(slack, ack), ack.status);
  return acked(slack, person, ack, since);
}
