import type { HomeView, InputBlock, KnownBlock, ModalView } from '@slack/types';

const plain = (text: string) => ({ type: 'plain_text', text }) as const;
const option = (text: string, value: string, description?: string) => ({
  text: plain(text),
  value,
  ...(description === undefined ? {} : { description: plain(description) }),
});
const input = (
  blockId: string,
  label: string,
  element: InputBlock['element'],
  more: Partial<InputBlock> = {},
): InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(label),
  element,
  ...more,
});

/** A modal with an input of every kind. */
export const everyInput: ModalView = {
  type: 'modal',
  callback_id: 'register',
  title: plain('Register an incident'),
  submit: plain('Register'),
  close: plain('Cancel'),
  blocks: [
    input('title', 'What is asked', {
      type: 'plain_text_input',
      action_id: 'v',
      max_length: 120,
      placeholder: plain('The invoice total is wrong'),
    }),
    input(
      'description',
      'More about it',
      { type: 'plain_text_input', action_id: 'v', multiline: true },
      { optional: true, hint: plain('Requirements, one a line, can be added later.') },
    ),
    input('client', 'Client', {
      type: 'static_select',
      action_id: 'v',
      options: [option('Acme', 'acme'), option('Borealis', 'borealis')],
    }),
    input(
      'parts',
      'Parts concerned',
      {
        type: 'multi_static_select',
        action_id: 'v',
        placeholder: plain('Choose parts'),
        option_groups: [
          { label: plain('Shop'), options: [option('Invoices', 'invoices'), option('Exports', 'exports')] },
          { label: plain('Site'), options: [option('Login', 'login')] },
        ],
      },
      { optional: true },
    ),
    input(
      'developer',
      'Developer',
      { type: 'users_select', action_id: 'v', placeholder: plain('Nobody yet') },
      { optional: true },
    ),
    input(
      'testers',
      'Testers',
      { type: 'multi_users_select', action_id: 'v', initial_users: ['U3'] },
      { optional: true },
    ),
    input('where', 'Announce in', {
      type: 'conversations_select',
      action_id: 'v',
      initial_conversation: 'C1',
    }),
    input('priority', 'Priority', {
      type: 'radio_buttons',
      action_id: 'v',
      initial_option: option('Normal', 'normal', 'In the next release'),
      options: [
        option('High', 'high', 'As soon as it can be'),
        option('Normal', 'normal', 'In the next release'),
      ],
    }),
    input(
      'impact',
      'Who notices',
      {
        type: 'checkboxes',
        action_id: 'v',
        options: [option('Users', 'users'), option('Accounting', 'accounting')],
      },
      { optional: true },
    ),
    input('day', 'Wanted by', { type: 'datepicker', action_id: 'v' }, { optional: true }),
    input(
      'hour',
      'Not before',
      { type: 'timepicker', action_id: 'v', timezone: 'Europe/London' },
      { optional: true },
    ),
    input('instant', 'Release at', {
      type: 'datetimepicker',
      action_id: 'v',
      initial_date_time: Date.UTC(2026, 2, 3, 7, 0) / 1000,
    }),
    input(
      'hours',
      'Hours',
      { type: 'number_input', action_id: 'v', is_decimal_allowed: false, min_value: '1' },
      { optional: true },
    ),
    input('reply', 'Answer to', { type: 'email_text_input', action_id: 'v' }, { optional: true }),
    input('link', 'Where it is seen', { type: 'url_text_input', action_id: 'v' }, { optional: true }),
    input('file', 'Screenshot', { type: 'file_input', action_id: 'v' }, { optional: true }),
    input(
      'ticket',
      'Their ticket',
      { type: 'external_select', action_id: 'v', placeholder: plain('Search their tickets') },
      { optional: true },
    ),
    {
      type: 'actions',
      block_id: 'more',
      elements: [{ type: 'button', action_id: 'similar', text: plain('Show similar incidents') }],
    },
  ],
};

/** What lies on top when similar incidents are asked for. */
export const similar: ModalView = {
  type: 'modal',
  title: plain('Similar incidents'),
  close: plain('Back'),
  blocks: [
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '*ACME-38* Totals without discount · live since 12 February' },
    },
  ],
};

const waiting = (text: string, label: string, actionId: string): KnownBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  accessory: { type: 'button', action_id: actionId, text: plain(label), value: '1' },
});

const heading = (text: string): KnownBlock => ({ type: 'header', text: plain(text) });

/** The home of a release manager on a Monday. */
export const home: HomeView = {
  type: 'home',
  blocks: [
    heading('Waiting for you'),
    waiting('*ACME-R7* Two differences have no incident', 'Show differences', 'differences'),
    waiting('*ACME-R6* Release notes are drafted and unread', 'Read them', 'notes'),
    { type: 'divider' },
    heading('Releases under way'),
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*ACME-R7* · preparing · Tue 3 Mar, 18:00 Melbourne\n✓ Scope   ✓ Date   ◐ Checklist 6/9   ○ Freeze   ○ Deploy   ○ Verify   ○ Hand over',
      },
    },
    heading('Frozen now'),
    {
      type: 'section',
      text: { type: 'mrkdwn', text: ':snowflake: *Acme staging* for ACME-R6, since 14:02, by Bo' },
    },
    heading('On call now'),
    { type: 'context', elements: [{ type: 'mrkdwn', text: '<@U4> until Friday 9:00, then <@U3>' }] },
  ],
};
