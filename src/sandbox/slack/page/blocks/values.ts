import type {
  ActionsBlockElement,
  InputBlock,
  InputBlockElement,
  KnownBlock,
  SectionBlockAccessory,
} from '@slack/types';
import type { InputState } from '../../contract.js';

/** What the blocks of one surface hold: every element that a person can press, pick from or type into. */
export type Element = InputBlockElement | ActionsBlockElement | SectionBlockAccessory;

/** An element's value in Slack's own shape: `{type, value}`, `{type, selected_option}` and so on. */
export type Value = Readonly<Record<string, unknown>>;

/** Where an element stands. */
export interface Place {
  readonly blockId: string;
  readonly actionId: string;
}

/** Blocks and elements without an id get one by their place, as Slack gives them one. */
export const blockIdOf = (block: { readonly block_id?: string }, index: number): string =>
  block.block_id ?? `block-${index}`;

export const placeOf = (blockId: string, element: object, index = 0): Place => ({
  blockId,
  actionId:
    'action_id' in element && typeof element.action_id === 'string' ? element.action_id : `action-${index}`,
});

export const valueAt = (state: InputState, { blockId, actionId }: Place): Value =>
  (state[blockId]?.[actionId] ?? {}) as Value;

/** The value an element starts with; undefined for those that keep none, such as buttons. */
function initialValue(element: Element): Value | undefined {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type: element.type, value: element.initial_value ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type: element.type, selected_option: element.initial_option ?? null };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type: element.type, selected_options: element.initial_options ?? [] };
    case 'users_select':
      return { type: element.type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type: element.type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type: element.type, selected_conversation: element.initial_conversation ?? null };
    case 'multi_conversations_select':
      return { type: element.type, selected_conversations: element.initial_conversations ?? [] };
    case 'channels_select':
      return { type: element.type, selected_channel: element.initial_channel ?? null };
    case 'multi_channels_select':
      return { type: element.type, selected_channels: element.initial_channels ?? [] };
    case 'datepicker':
      return { type: element.type, selected_date: element.initial_date ?? null };
    case 'timepicker':
      return { type: element.type, selected_time: element.initial_time ?? null };
    case 'datetimepicker':
      return { type: element.type, selected_date_time: element.initial_date_time ?? null };
    case 'file_input':
      return { type: element.type, files: [] };
    case 'rich_text_input':
      return { type: element.type, rich_text_value: element.initial_value ?? null };
    default:
      return undefined;
  }
}

function elementsOf(block: KnownBlock): readonly Element[] {
  if (block.type === 'input') return [block.element];
  if (block.type === 'actions') return block.elements;
  if (block.type === 'section' && block.accessory !== undefined) return [block.accessory];
  return [];
}

const withChildren = (block: KnownBlock): readonly KnownBlock[] =>
  block.type === 'container' ? [block, ...block.child_blocks] : [block];

/** The values that a surface's blocks start with. */
export function initialState(blocks: readonly KnownBlock[]): InputState {
  const state: Record<string, Record<string, unknown>> = {};
  blocks.flatMap(withChildren).forEach((block, blockIndex) => {
    elementsOf(block).forEach((element, index) => {
      const value = initialValue(element);
      if (value === undefined) return;
      const { blockId, actionId } = placeOf(blockIdOf(block, blockIndex), element, index);
      state[blockId] = { ...state[blockId], [actionId]: value };
    });
  });
  return state;
}

/** What the person entered, laid over what the blocks start with; what no longer has a place is left out. */
export function merged(initial: InputState, entered: InputState): InputState {
  const state: Record<string, Record<string, unknown>> = {};
  for (const [blockId, actions] of Object.entries(initial)) {
    state[blockId] = {};
    for (const [actionId, value] of Object.entries(actions)) {
      state[blockId][actionId] = entered[blockId]?.[actionId] ?? value;
    }
  }
  return state;
}

export const withValue = (state: InputState, { blockId, actionId }: Place, value: Value): InputState => ({
  ...state,
  [blockId]: { ...state[blockId], [actionId]: value },
});

const isEmpty = (value: Value): boolean =>
  Object.entries(value).every(
    ([key, part]) =>
      key === 'type' || part === null || part === '' || (Array.isArray(part) && part.length === 0),
  );

/** What Slack's own client checks before it submits a modal: a sentence by block_id for every input that is wrong. */
export function faultsOf(blocks: readonly KnownBlock[], state: InputState): Readonly<Record<string, string>> {
  const faults: Record<string, string> = {};
  blocks.forEach((block, index) => {
    if (block.type !== 'input') return;
    const blockId = blockIdOf(block, index);
    const fault = faultOf(block, valueAt(state, placeOf(blockId, block.element)));
    if (fault !== undefined) faults[blockId] = fault;
  });
  return faults;
}

function faultOf(block: InputBlock, value: Value): string | undefined {
  if (isEmpty(value)) return block.optional === true ? undefined : 'Please complete this required field.';
  const text = typeof value.value === 'string' ? value.value : '';
  const { element } = block;
  if (element.type === 'plain_text_input') {
    if (text.length < (element.min_length ?? 0))
      return `Please enter at least ${element.min_length} characters.`;
    if (text.length > (element.max_length ?? 3000))
      return `Please enter at most ${element.max_length ?? 3000} characters.`;
  }
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text))
    return 'Please enter an email address.';
  if (element.type === 'url_text_input' && !URL.canParse(text))
    return 'Please enter a full address, such as https://example.com.';
  if (element.type === 'number_input') return numberFault(text, element);
  return undefined;
}

interface NumberLimits {
  readonly is_decimal_allowed: boolean;
  readonly min_value?: string;
  readonly max_value?: string;
}

function numberFault(text: string, limits: NumberLimits): string | undefined {
  const number = Number(text);
  if (Number.isNaN(number)) return 'Please enter a number.';
  if (!limits.is_decimal_allowed && !Number.isInteger(number)) return 'Please enter a whole number.';
  if (limits.min_value !== undefined && number < Number(limits.min_value))
    return `Please enter ${limits.min_value} or more.`;
  if (limits.max_value !== undefined && number > Number(limits.max_value))
    return `Please enter ${limits.max_value} or less.`;
  return undefined;
}
