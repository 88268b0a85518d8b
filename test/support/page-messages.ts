import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { MessageCard } from '../../src/sandbox/slack/contract.js';

/** The present of the made-up workspace: Monday 2 March 2026, 16:02 in Melbourne, 05:02 in London. */
export const NOW = Date.UTC(2026, 2, 2, 5, 2);
const RELEASE_AT = Date.UTC(2026, 2, 3, 7, 0) / 1000;

const BEFORE = (minutes: number): string => `${(NOW - minutes * 60_000) / 1000}.000100`;

const blank = {
  edited: false,
  ephemeral: false,
  pinned: false,
  replyCount: 0,
  files: [],
  blocks: [],
} as const;

type Written = Partial<MessageCard> & Pick<MessageCard, 'channel' | 'ts' | 'user' | 'text'>;

export const written = (message: Written): MessageCard => ({ ...blank, ...message });

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const context = (text: string): KnownBlock => ({ type: 'context', elements: [{ type: 'mrkdwn', text }] });
const field = (text: string) => ({ type: 'mrkdwn', text }) as const;
const button = (actionId: string, text: string, more: object = {}) =>
  ({
    type: 'button',
    action_id: actionId,
    text: { type: 'plain_text', text },
    value: `${actionId}:1`,
    ...more,
  }) as const;
const option = (text: string, value: string) => ({ text: { type: 'plain_text', text }, value }) as const;

const incidentCard = written({
  channel: 'C1',
  ts: BEFORE(1500),
  user: 'UBOT',
  text: 'ACME-42 · The invoice total is wrong · in progress',
  edited: true,
  replyCount: 2,
  blocks: [
    section('*ACME-42 · The invoice total is wrong*\n:large_blue_circle: in progress'),
    {
      type: 'section',
      fields: [
        field('*Asked by*\nAna Duarte, Acme'),
        field('*Priority*\nHigh'),
        field('*Tasks*\n2 of 3 (<@U2>, <@U3>)'),
        field('*Requirements*\n4 of 5 checked'),
        field('*Test documents*\n1 filed'),
        field('*Release*\nnone yet'),
      ],
    },
    context('Registered 6 days ago · last change 12 minutes ago'),
    {
      type: 'actions',
      block_id: 'incident',
      elements: [
        button('add_task', 'Add task', { style: 'primary' }),
        button('check', 'Check requirements'),
        button('resolve', 'Resolve'),
      ],
    },
  ],
});

const board = written({
  channel: 'C1',
  ts: BEFORE(55),
  user: 'UBOT',
  text: 'ACME-R7: preparing, agreed for Tue 3 Mar, 18:00 Melbourne (07:00 London)',
  pinned: true,
  edited: true,
  replyCount: 3,
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: 'ACME-R7 · preparing' } },
    section(
      `<!date^${RELEASE_AT}^{date_short_pretty} at {time}|Tue 3 Mar, 18:00 Melbourne> · 18:00 Melbourne (07:00 London), in 26 hours`,
    ),
    section(
      '4 incidents: *ACME-42* invoice total, *ACME-44* export, *ACME-45* login text, *ACME-47* VAT rate',
    ),
    section(
      '✓ Scope   ✓ Date   ◐ Checklist 6/9   ◐ Comparison 2 to answer   ○ Freeze   ○ Deploy   ○ Verify   ○ Hand over',
    ),
    context('*Next:* 3 checklist items (Bo 2, Kim 1) · 2 differences without an incident'),
    {
      type: 'actions',
      block_id: 'board',
      elements: [
        button('answer', 'Answer checklist', { style: 'primary' }),
        button('differences', 'Show differences'),
        {
          type: 'overflow',
          action_id: 'board_more',
          options: [
            option('Change scope', 'scope'),
            option('Move the date', 'date'),
            option('Release notes', 'notes'),
            option('Cancel the release', 'cancel'),
          ],
        },
      ],
    },
  ],
});

const deployment = written({
  channel: 'C1',
  ts: BEFORE(20),
  threadTs: board.ts,
  user: 'UBOT',
  text: 'ACME-R6 is being deployed · step 3 of 5: migrate database · 60 %',
  blocks: [
    section(':rocket: *ACME-R6 is being deployed* · step 3 of 5: migrate database · 60 % · 1 min 12 s'),
    section('`████████████░░░░░░░░` 60 %'),
    section(
      '```\n[17:59:58] 0041_invoice_totals.sql  applied in 2.1 s\n[18:00:01] 0042_vat_rate.sql        applied in 0.4 s\n[18:00:02] 0043_export_columns.sql  running\n```',
    ),
    {
      type: 'actions',
      block_id: 'deploy',
      elements: [
        button('stop', 'Stop…', {
          style: 'danger',
          confirm: {
            title: { type: 'plain_text', text: 'Stop this deployment?' },
            text: {
              type: 'mrkdwn',
              text: 'Step 3 is *finished first*; steps 4 and 5 do not run. Production stays between versions until you roll back or go on.',
            },
            confirm: { type: 'plain_text', text: 'Stop it' },
            deny: { type: 'plain_text', text: 'Let it run' },
            style: 'danger',
          },
        }),
      ],
    },
  ],
});

const negotiation = written({
  channel: 'C2',
  ts: BEFORE(40),
  user: 'UBOT',
  text: 'Release ACME-R7: is Tuesday 3 March, 18:00 Melbourne (07:00 London) right for you?',
  blocks: [
    { type: 'header', text: { type: 'plain_text', text: 'Release ACME-R7: is this date right for you?' } },
    section(
      `*<!date^${RELEASE_AT}^{date_long} at {time}|Tuesday 3 March, 18:00 Melbourne>* for you\n18:00 Melbourne, 07:00 London`,
    ),
    section(
      '*What changes:* invoice totals include discounts; exports carry the VAT rate; the login page says which account is meant.',
    ),
    section(
      '*What your users notice:* 10 minutes read-only from 18:00; invoices from Wednesday show the new total.',
    ),
    context(
      ':hourglass_flowing_sand: Waiting for Acme (Ana) since 15:22 · please answer by Friday 12:00 London',
    ),
    {
      type: 'actions',
      block_id: 'date',
      elements: [
        button('accept', 'Accept', { style: 'primary' }),
        button('another', 'Another time…'),
        button('decline', 'Decline…', { style: 'danger' }),
        button('question', 'Ask a question'),
      ],
    },
    { type: 'divider' },
    context('Mon 10:02 you asked for Thursday; we answered with Tuesday'),
  ],
});

const alert = written({
  channel: 'C3',
  ts: BEFORE(9),
  user: 'UBOT',
  text: 'ACME-R6: home page answers 500 since 18:04, 3 of 3 tries',
  blocks: [
    section(':rotating_light: *ACME-R6: home page answers 500 since 18:04, 3 of 3 tries*'),
    {
      type: 'section',
      fields: [
        field('*Expected*\n200 and “Welcome back”'),
        field('*Came*\n500 `relation "vat" does not exist`'),
        field('*Last good answer*\n18:02:41'),
        field('*Seen*\n3 times'),
      ],
    },
    context('Escalates to Kim at 18:14'),
    {
      type: 'actions',
      block_id: 'alert',
      elements: [
        button('acknowledge', 'Acknowledge', { style: 'primary' }),
        button('again', 'Check again'),
        button('rollback', 'Roll back…', { style: 'danger' }),
      ],
    },
  ],
});

const rich: RichTextBlock = {
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'New in ACME-R6', style: { bold: true } },
        { type: 'text', text: ' for everybody who writes invoices ' },
        { type: 'emoji', name: 'receipt' },
      ],
    },
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Totals include discounts ' },
            { type: 'text', text: '(asked by ', style: { italic: true } },
            { type: 'user', user_id: 'U5' },
            { type: 'text', text: ')', style: { italic: true } },
          ],
        },
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Exports carry the ' },
            { type: 'text', text: 'vat_rate', style: { code: true } },
            { type: 'text', text: ' column' },
          ],
        },
      ],
    },
    {
      type: 'rich_text_list',
      style: 'ordered',
      indent: 1,
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'Old exports stay as they were' }] },
      ],
    },
    {
      type: 'rich_text_quote',
      elements: [
        { type: 'text', text: 'Known not to work: ' },
        { type: 'text', text: 'printing', style: { strike: true } },
        { type: 'text', text: ' PDF preview on tablets.' },
      ],
    },
    { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'total = sum(lines) - discount' }] },
    {
      type: 'rich_text_section',
      elements: [
        { type: 'link', url: 'https://acme.example/notes/r6', text: 'The whole notes' },
        { type: 'text', text: ' · live since ' },
        {
          type: 'date',
          timestamp: RELEASE_AT - 90_000,
          format: '{date_short_pretty}, {time}',
          fallback: 'Mon 17:00',
        },
      ],
    },
  ],
};

const notes = written({
  channel: 'C2',
  ts: BEFORE(300),
  user: 'UBOT',
  text: 'Release notes of ACME-R6',
  files: [
    {
      id: 'F1',
      name: 'ACME-R6-notes.md',
      title: 'Release notes ACME-R6',
      mimetype: 'text/markdown',
      size: 1840,
      url: '/files/notes.md',
    },
  ],
  blocks: [
    rich,
    {
      type: 'table',
      column_settings: [{}, { is_wrapped: true }, { align: 'right' }],
      rows: [
        [
          { type: 'raw_text', text: 'Incident' },
          { type: 'raw_text', text: 'What is new' },
          { type: 'raw_text', text: 'Requirements' },
        ],
        [
          { type: 'raw_text', text: 'ACME-38' },
          { type: 'raw_text', text: 'Discounts are part of the total' },
          { type: 'raw_text', text: '5 of 5' },
        ],
        [
          { type: 'raw_text', text: 'ACME-40' },
          { type: 'raw_text', text: 'Exports name the VAT rate' },
          { type: 'raw_text', text: '3 of 3' },
        ],
      ],
    },
    {
      type: 'markdown',
      text: '## What you need to do\n1. Nothing before **Wednesday**\n2. Then choose _VAT rate_ in [the export](https://acme.example/export)',
    },
    {
      type: 'video',
      title: { type: 'plain_text', text: 'The new invoice in ninety seconds' },
      video_url: 'https://acme.example/v',
      thumbnail_url: 'https://acme.example/t.png',
      alt_text: 'A tour of the new invoice',
      provider_name: 'Harbour',
    },
    {
      type: 'image',
      image_url: '/files/invoice.svg',
      alt_text: 'The invoice with its new total',
      title: { type: 'plain_text', text: 'The invoice from Wednesday' },
    },
  ],
});

const settings = written({
  channel: 'C4',
  ts: BEFORE(5),
  user: 'UBOT',
  text: 'Every accessory once',
  blocks: [
    {
      type: 'section',
      block_id: 'acc1',
      text: field('Who is on call *this week*?'),
      accessory: {
        type: 'users_select',
        action_id: 'oncall',
        placeholder: { type: 'plain_text', text: 'Choose a person' },
      },
    },
    {
      type: 'section',
      block_id: 'acc2',
      text: field('Freeze from'),
      accessory: { type: 'datepicker', action_id: 'from', initial_date: '2026-03-03' },
    },
    {
      type: 'section',
      block_id: 'acc3',
      text: field('Announce in'),
      accessory: {
        type: 'channels_select',
        action_id: 'where',
        placeholder: { type: 'plain_text', text: 'Choose a channel' },
      },
    },
    {
      type: 'section',
      block_id: 'acc4',
      text: field('Remind me'),
      accessory: {
        type: 'checkboxes',
        action_id: 'remind',
        options: [option('A day before', 'd'), option('An hour before', 'h')],
      },
    },
    {
      type: 'section',
      block_id: 'acc5',
      text: field('Environment'),
      accessory: {
        type: 'static_select',
        action_id: 'env',
        option_groups: [
          {
            label: { type: 'plain_text', text: 'Acme' },
            options: [option('staging', 's'), option('production', 'p')],
          },
        ],
      },
    },
  ],
});

/** Everything that has been said, oldest first. */
export const said: readonly MessageCard[] = [
  incidentCard,
  written({
    channel: 'C1',
    ts: BEFORE(1490),
    threadTs: incidentCard.ts,
    user: 'UBOT',
    text: 'Bo finished the task _recalculate totals_',
  }),
  written({
    channel: 'C1',
    ts: BEFORE(1480),
    threadTs: incidentCard.ts,
    user: 'UBOT',
    text: '> Ana (Acme): it is only wrong when a discount is given',
  }),
  written({
    channel: 'C1',
    ts: BEFORE(70),
    user: 'U2',
    text: 'The export is done. It was `vat_rate` after all, see <https://acme.example/42|the specification>.',
  }),
  written({
    channel: 'C1',
    ts: BEFORE(69),
    user: 'U2',
    text: 'Two things left:\n• the login text\n• *Kim* checks the totals with <@U1>',
  }),
  board,
  written({
    channel: 'C1',
    ts: BEFORE(50),
    threadTs: board.ts,
    user: 'UBOT',
    text: ':white_check_mark: Yes · Bo, 15:12 · screenshot: _Are backups from today?_',
  }),
  written({
    channel: 'C1',
    ts: BEFORE(30),
    threadTs: board.ts,
    user: 'U3',
    text: 'I take the comparison after lunch.',
  }),
  deployment,
  written({
    channel: 'C1',
    ts: BEFORE(3),
    user: 'UBOT',
    ephemeral: true,
    text: ':snowflake: Staging is frozen for *ACME-R6* until it is verified (Bo, since 14:02). Queue for the thaw with `/freeze queue acme`, or ask <@U2>.',
  }),
  notes,
  written({
    channel: 'C2',
    ts: BEFORE(120),
    user: 'U5',
    text: 'The invoice total is wrong again when a discount is given & the customer is *new*. Can you look?',
  }),
  negotiation,
  alert,
  settings,
].sort((one, other) => Number(one.ts) - Number(other.ts));
