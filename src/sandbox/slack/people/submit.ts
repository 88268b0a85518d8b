import type { InputState } from '../contract.js';
import { ApiError } from '../front/api-error.js';
import { viewFrom } from '../front/views.js';
import { chosenIn, elementsOf, wrongInputs } from '../inputs.js';
import { isRecord, type Json, recordOf, recordsOf, textOf } from '../json.js';
import type { OpenModal } from '../modals.js';
import { closing, submission } from '../payloads/views.js';
import type { PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { type Answer, acked, mark, noticed, top } from './answer.js';

const trouble = 'We had some trouble connecting. Try again?';

/** Sends the modal. Slack checks required inputs itself; what the bot answers takes effect. Errors are by block_id. */
export async function submit(
  slack: Slack,
  person: PersonRecord,
  modal: OpenModal,
  state: InputState,
): Promise<Answer> {
  slack.modals.keepDraft(modal, state);
  const wrong = wrongInputs(modal.view.blocks, state);
  if (Object.keys(wrong).length > 0) return { ok: false, status: 0, errors: wrong, ...top(slack, person) };
  const since = mark(slack);
  const urls = responseUrls(slack, person, modal);
  const ack = await slack.delivery.send('interactive', submission(slack, person, modal, urls));
  if (ack.problem !== undefined) return noticed(slack, person, trouble, ack.status);
  const refused = takeEffect(slack, modal, ack.body);
  if (refused === undefined) return acked(slack, person, ack, since);
  if (typeof refused === 'string') return noticed(slack, person, `${trouble} (${refused})`, ack.status);
  return { ok: false, status: ack.status, errors: refused, ...top(slack, person) };
}

/** What the ack of a submission does: closes, corrects, replaces, adds or clears. Gives errors by block, or what is wrong with the ack. */
function takeEffect(
  slack: Slack,
  modal: OpenModal,
  body: unknown,
): Readonly<Record<string, string>> | string | undefined {
  const answer = recordOf(body);
  switch (answer.response_action) {
    case undefined:
      return isRecord(body) && Object.keys(answer).length > 0
        ? 'the ack names no response_action'
        : closed(slack, modal);
    case 'errors':
      return errorsOf(modal, answer);
    case 'clear':
      return void slack.modals.clear(modal.user);
    case 'update':
    case 'push':
      return shown(slack, modal, answer);
    default:
      return `unknown response_action ${String(answer.response_action)}`;
  }
}

const closed = (slack: Slack, modal: OpenModal): undefined => void slack.modals.close(modal);

function shown(slack: Slack, modal: OpenModal, answer: Json): string | undefined {
  try {
    const view = viewFrom(answer.view, 'modal');
    if (answer.response_action === 'push') slack.modals.push(modal.user, view);
    else slack.modals.replace(modal, view);
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { messages } = recordOf(error.more.response_metadata);
    return [error.code, ...(Array.isArray(messages) ? messages : [])].join(' ');
  }
}

function errorsOf(modal: OpenModal, answer: Json): Readonly<Record<string, string>> | string {
  const inputs = recordsOf(modal.view.blocks).filter(({ type }) => type === 'input');
  const known = new Set(inputs.map(({ block_id }) => textOf(block_id)));
  const errors = Object.entries(recordOf(answer.errors));
  const stray = errors.find(([block]) => !known.has(block));
  if (stray !== undefined || errors.length === 0)
    return `errors for ${stray?.[0] ?? 'nothing'}, which is no input of the modal`;
  return Object.fromEntries(errors.map(([block, sentence]) => [block, textOf(sentence)]));
}

/** Conversation selects may ask for a response_url each. */
function responseUrls(slack: Slack, person: PersonRecord, modal: OpenModal): readonly Json[] {
  return elementsOf(modal.view.blocks)
    .filter(({ element }) => element.response_url_enabled === true)
    .map((placed) => ({ placed, channel: textOf(chosenIn(placed, modal.draft)) }))
    .filter(({ channel }) => channel !== '')
    .map(({ placed: { blockId, actionId }, channel }) => ({
      block_id: blockId,
      action_id: actionId,
      channel_id: channel,
      response_url: slack.url() + slack.responseUrls.issue({ user: person.id, channel }, 'actions'),
    }));
}

/** Closes the modal, or all of them where it says so; tells the bot where the view asked for it. */
export async function close(slack: Slack, person: PersonRecord, modal: OpenModal): Promise<Answer> {
  const everything = 'clear_on_close' in modal.view && modal.view.clear_on_close === true;
  const gone = everything ? slack.modals.of(person.id) : [modal];
  const told = gone.filter(({ view }) => 'notify_on_close' in view && view.notify_on_close === true);
  const payloads = told.map((one) => closing(slack, person, one, everything));
  for (const one of gone) slack.modals.close(one);
  const acks = await Promise.all(payloads.map((payload) => slack.delivery.send('interactive', payload)));
  return { ok: true, status: acks[0]?.status ?? 200, ...top(slack, person) };
}
