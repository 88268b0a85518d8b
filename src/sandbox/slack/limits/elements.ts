import { z } from 'zod';
import { confirm, group, plainOption, plainText, richOption, style, text } from './compositions.js';

/** Block Kit's elements with Slack's own limits. https://docs.slack.dev/reference/block-kit/block-elements */
const action_id = text(255).optional();
const placeholder = plainText(150).optional();
const focus_on_load = z.boolean().optional();
const dispatch_action_config = z
  .strictObject({
    trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).optional(),
  })
  .optional();

const element = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), action_id, ...shape });

const chosen = { confirm, focus_on_load };
const placed = { ...chosen, placeholder };
const max_selected_items = z.number().int().min(1).optional();
const filter = z.looseObject({}).optional();
const response_url_enabled = z.boolean().optional();
const default_to_current_conversation = z.boolean().optional();

const button = element('button', {
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: text(3000).optional(),
  style,
  confirm,
  accessibility_label: text(75).optional(),
});

export const image = z.strictObject({
  type: z.literal('image'),
  image_url: text(3000).optional(),
  slack_file: z.looseObject({}).optional(),
  alt_text: text(2000),
});

const checkboxes = element('checkboxes', {
  options: z.array(richOption).min(1).max(10),
  initial_options: z.array(richOption).min(1).optional(),
  ...chosen,
});
const radio = element('radio_buttons', {
  options: z.array(richOption).min(1).max(10),
  initial_option: richOption.optional(),
  ...chosen,
});
const overflow = element('overflow', { options: z.array(plainOption).min(1).max(5), confirm });

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const time = z.string().regex(/^\d\d:\d\d$/);
const datepicker = element('datepicker', { initial_date: date.optional(), ...placed });
const timepicker = element('timepicker', {
  initial_time: time.optional(),
  timezone: z.string().optional(),
  ...placed,
});
const datetimepicker = element('datetimepicker', {
  initial_date_time: z.number().int().optional(),
  ...chosen,
});

const listed = {
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(group).min(1).max(100).optional(),
};
const min_query_length = z.number().int().optional();
const many = { max_selected_items, ...placed };
const selects = [
  element('static_select', { ...listed, initial_option: plainOption.optional(), ...placed }),
  element('multi_static_select', { ...listed, initial_options: z.array(plainOption).optional(), ...many }),
  element('external_select', { initial_option: plainOption.optional(), min_query_length, ...placed }),
  element('multi_external_select', {
    initial_options: z.array(plainOption).optional(),
    min_query_length,
    ...many,
  }),
  element('users_select', { initial_user: z.string().optional(), ...placed }),
  element('multi_users_select', { initial_users: z.array(z.string()).optional(), ...many }),
  element('channels_select', { initial_channel: z.string().optional(), response_url_enabled, ...placed }),
  element('multi_channels_select', { initial_channels: z.array(z.string()).optional(), ...many }),
  element('conversations_select', {
    initial_conversation: z.string().optional(),
    default_to_current_conversation,
    response_url_enabled,
    filter,
    ...placed,
  }),
  element('multi_conversations_select', {
    initial_conversations: z.array(z.string()).optional(),
    default_to_current_conversation,
    filter,
    ...many,
  }),
] as const;

const lengths = {
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
};
const typed = { placeholder, focus_on_load, dispatch_action_config };
const initial_value = z.string().max(3000).optional();
const typing = [
  element('plain_text_input', { initial_value, multiline: z.boolean().optional(), ...lengths, ...typed }),
  element('email_text_input', { initial_value, ...typed }),
  element('url_text_input', { initial_value, ...typed }),
  element('number_input', {
    is_decimal_allowed: z.boolean(),
    initial_value,
    min_value: z.string().optional(),
    max_value: z.string().optional(),
    ...typed,
  }),
  element('rich_text_input', { initial_value: z.looseObject({}).optional(), ...typed }),
  element('file_input', {
    filetypes: z.array(z.string()).optional(),
    max_files: z.number().int().min(1).max(10).optional(),
  }),
] as const;

const pickers = [datepicker, timepicker, datetimepicker] as const;

export const accessory = z.discriminatedUnion('type', [
  button,
  image,
  overflow,
  checkboxes,
  radio,
  ...pickers,
  ...selects,
]);
export const actionElement = z.discriminatedUnion('type', [
  button,
  overflow,
  checkboxes,
  radio,
  ...pickers,
  ...selects,
]);
export const inputElement = z.discriminatedUnion('type', [
  checkboxes,
  radio,
  ...pickers,
  ...selects,
  ...typing,
]);
