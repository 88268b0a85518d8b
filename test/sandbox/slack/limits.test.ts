import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/sandbox/slack/workspace.js';
import { aWorkspace, call, stopAll } from './world.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await aWorkspace();
});
afterEach(stopAll);

const plain = (text: string) => ({ type: 'plain_text', text });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (text: string, more: object = {}) => ({ type: 'button', text: plain(text), ...more });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const post = (blocks: readonly object[], text = 'text') =>
  call(workspace, 'chat.postMessage', {
    channel: workspace.channelId('acme'),
    text,
    blocks: JSON.stringify(blocks),
  });
const publish = (view: object) =>
  call(workspace, 'views.publish', { user_id: workspace.person('bo').id, view: JSON.stringify(view) });

const tooMuch: readonly (readonly [string, readonly object[], string])[] = [
  ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), '/blocks]'],
  ['a section of 3,001 characters', [section('x'.repeat(3001))], '/blocks/0/text/text'],
  ['an empty section text', [section('')], '/blocks/0/text/text'],
  ['a header of 151 characters', [{ type: 'header', text: plain('x'.repeat(151)) }], '/blocks/0/text/text'],
  ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], '/blocks/0/text/type'],
  [
    '11 fields',
    [{ type: 'section', fields: Array.from({ length: 11 }, () => plain('x')) }],
    '/blocks/0/fields',
  ],
  [
    'a context of 11',
    [{ type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) }],
    '/blocks/0/elements',
  ],
  [
    '26 buttons',
    [actions(...Array.from({ length: 26 }, (_, at) => button('x', { action_id: `a${at}` })))],
    '/blocks/0/elements',
  ],
  ['a button text of 76', [actions(button('x'.repeat(76)))], '/blocks/0/elements/0/text/text'],
  [
    'a button value of 2,001',
    [actions(button('x', { value: 'x'.repeat(2001) }))],
    '/blocks/0/elements/0/value',
  ],
  [
    'an overflow of six',
    [
      actions({
        type: 'overflow',
        options: Array.from({ length: 6 }, (_, at) => ({ text: plain('x'), value: `${at}` })),
      }),
    ],
    '/options',
  ],
  ['an action_id of 256', [actions(button('x', { action_id: 'x'.repeat(256) }))], '/action_id'],
  ['an unknown block', [{ type: 'carousel3000' }], '/blocks/0/type'],
  ['an unknown property', [{ ...section('x'), colour: 'red' }], '/blocks/0/colour'],
  [
    'the same block_id twice',
    [
      { ...section('x'), block_id: 'b' },
      { ...section('y'), block_id: 'b' },
    ],
    '/blocks/1/block_id',
  ],
  [
    'the same action_id twice in a block',
    [actions(button('x', { action_id: 'a' }), button('y', { action_id: 'a' }))],
    '/blocks/0',
  ],
];

test.each(tooMuch)(
  'a message with %s is refused as invalid_blocks, and where is said',
  async (_what, blocks, pointer) => {
    const answer = await post(blocks);

    expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
    expect(JSON.stringify(answer.response_metadata)).toContain(pointer);
    expect(workspace.messages('acme')).toEqual([]);
  },
);

test('a message at every limit passes', async () => {
  const blocks = [
    section('x'.repeat(3000)),
    { type: 'header', text: plain('x'.repeat(150)) },
    actions(
      ...Array.from({ length: 25 }, (_, at) =>
        button('x'.repeat(75), { action_id: `a${at}`, value: 'x'.repeat(2000) }),
      ),
    ),
    {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'hello' }] }],
    },
    { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] },
    ...Array.from({ length: 45 }, () => ({ type: 'divider' })),
  ];

  expect(await post(blocks)).toMatchObject({ ok: true });
});

test('a message of nothing is no_text', async () => {
  expect(await call(workspace, 'chat.postMessage', { channel: workspace.channelId('acme') })).toMatchObject({
    error: 'no_text',
  });
});

test('a Home takes 100 blocks and refuses 101', async () => {
  const home = (blocks: number) => ({
    type: 'home',
    blocks: Array.from({ length: blocks }, () => ({ type: 'divider' })),
  });

  expect(await publish(home(101))).toMatchObject({ error: 'invalid_arguments' });
  expect(await publish(home(100))).toMatchObject({ ok: true });
  expect(workspace.person('bo').home()?.view.blocks).toHaveLength(100);
});

test('a view above 250 kB is view_too_large', async () => {
  const blocks = Array.from({ length: 90 }, () => section('x'.repeat(2900)));

  expect(await publish({ type: 'home', blocks })).toMatchObject({ error: 'view_too_large' });
});

test('a modal needs a submit button for its inputs, a title of at most 24 characters and 3,000 of private_metadata', async () => {
  const input = { type: 'input', label: plain('Why'), element: { type: 'plain_text_input' } };
  const modal = { type: 'modal', title: plain('Why'), blocks: [input] };
  const open = (view: object) => call(workspace, 'views.open', { trigger_id: 'any', view });
  const refused = { error: 'invalid_arguments' };

  expect(await open(modal)).toMatchObject(refused);
  expect(await open({ ...modal, submit: plain('Send'), title: plain('x'.repeat(25)) })).toMatchObject(
    refused,
  );
  expect(await open({ ...modal, submit: plain('Send'), private_metadata: 'x'.repeat(3001) })).toMatchObject(
    refused,
  );
  expect(await open({ ...modal, submit: plain('Send') })).toMatchObject({ error: 'invalid_trigger_id' });
});

test('a table beside another is refused, and a markdown block stands in messages only', async () => {
  const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };

  expect(await post([table, table])).toMatchObject({ error: 'invalid_blocks' });
  expect(await post([{ type: 'markdown', text: '# hello' }])).toMatchObject({ ok: true });
  expect(await publish({ type: 'home', blocks: [{ type: 'markdown', text: '# hello' }] })).toMatchObject({
    error: 'invalid_arguments',
  });
});
