import type { InputState } from './contract.js';
import { type Json, listOf, recordOf, recordsOf, textOf } from './json.js';

/** An interactive element and where it stands. */
export interface Placed {
  readonly block: Json;
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Json;
}

/** Elements that people press or fill, in reading order. Elements without an action_id get one by their place. */
export function elementsOf(blocks: unknown): readonly Placed[] {
  return recordsOf(blocks).flatMap((block) => {
    const inside = [
      block.accessory,
      block.element,
      ...(block.type === 'actions' ? listOf(block.elements) : []),
    ];
    return recordsOf(inside)
      .filter(({ type }) => type !== 'image')
      .map((element, at) => ({
        block,
        blockId: textOf(block.block_id),
        actionId: textOf(element.action_id) || `a${at}`,
        element,
      }));
  });
}

/** For each element that holds a value: the value's name in a payload, the name of its initial value, and "nothing". */
const holders: Readonly<Record<string, readonly [value: string, initial: string, none: unknown]>> = {
  plain_text_input: ['value', 'initial_value', null],
  email_text_input: ['value', 'initial_value', null],
  url_text_input: ['value', 'initial_value', null],
  number_input: ['value', 'initial_value', null],
  rich_text_input: ['rich_text_value', 'initial_value', null],
  static_select: ['selected_option', 'initial_option', null],
  external_select: ['selected_option', 'initial_option', null],
  radio_buttons: ['selected_option', 'initial_option', null],
  users_select: ['selected_user', 'initial_user', null],
  conversations_select: ['selected_conversation', 'initial_conversation', null],
  channels_select: ['selected_channel', 'initial_channel', null],
  datepicker: ['selected_date', 'initial_date', null],
  timepicker: ['selected_time', 'initial_time', null],
  datetimepicker: ['selected_date_time', 'initial_date_time', null],
  checkboxes: ['selected_options', 'initial_options', []],
  multi_static_select: ['selected_options', 'initial_options', []],
  multi_external_select: ['selected_options', 'initial_options', []],
  multi_users_select: ['selected_users', 'initial_users', []],
  multi_conversations_select: ['selected_conversations', 'initial_conversations', []],
  multi_channels_select: ['selected_channels', 'initial_channels', []],
  file_input: ['files', '', []],
};

export const valueName = (type: unknown): string | undefined => holders[textOf(type)]?.[0];

/** What the person has chosen in one element: the draft, else its initial value, else nothing. */
export function chosenIn(placed: Placed, draft: InputState): unknown {
  const holder = holders[textOf(placed.element.type)];
  if (holder === undefined) return undefined;
  const [name, initial, none] = holder;
  const filled = recordOf(draft[placed.blockId]?.[placed.actionId]);
  return filled[name] !== undefined ? filled[name] : (placed.element[initial] ?? none);
}

/** `state.values` of a message or view: every element that can hold a value, filled or not. */
export function inputState(blocks: unknown, draft: InputState): InputState {
  const values: Record<string, Record<string, unknown>> = {};
  for (const placed of elementsOf(blocks)) {
    const name = valueName(placed.element.type);
    if (name === undefined) continue;
    const block = values[placed.blockId] ?? {};
    block[placed.actionId] = { type: placed.element.type, [name]: chosenIn(placed, draft) };
    values[placed.blockId] = block;
  }
  return values;
}

const isEmptyValue = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** One value put into a draft. */
export function withValue(
  draft: InputState,
  { blockId, actionId, element }: Placed,
  value: unknown,
): InputState {
  const name = valueName(element.type);
  if (name === undefined) return draft;
  return { ...draft, [blockId]: { ...draft[blockId], [actionId]: { type: element.type, [name]: value } } };
}

/**
 * What Slack itself checks before it sends a submission: required fields, lengths and formats.
 * Gives a sentence by block_id.
 */
export function wrongInputs(blocks: unknown, draft: InputState): Readonly<Record<string, string>> {
  const wrong: Record<string, string> = {};
  for (const placed of elementsOf(blocks)) {
    if (placed.block.type !== 'input') continue;
    const sentence = faultOf(placed, chosenIn(placed, draft));
    if (sentence !== undefined) wrong[placed.blockId] = sentence;
  }
  return wrong;
}

function faultOf({ block, element }: Placed, value: unknown): string | undefined {
  if (isEmptyValue(value))
    return block.optional === true ? undefined : 'Please complete this required field.';
  const text = textOf(value);
  const { min_length: min, max_length: max } = element;
  if (typeof min === 'number' && text.length < min) return `Please use at least ${min} characters.`;
  if (typeof max === 'number' && text.length > max) return `Please use at most ${max} characters.`;
  if (element.type === 'plain_text_input' && text.length > 3000) return 'Please use at most 3000 characters.';
  if (element.type === 'number_input' && Number.isNaN(Number(text))) return 'Please enter a valid number.';
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text))
    return 'Please enter a valid email address.';
  if (element.type === 'url_text_input' && !URL.canParse(text)) return 'Please enter a valid URL.';
  return undefined;
}
