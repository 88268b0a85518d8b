import { afterEach, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/sandbox/slack/workspace.js';
import { aBot, aWorkspace, call, stopAll } from './world.js';

afterEach(stopAll);

type Body = Readonly<Record<string, unknown>>;
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() });
const button = (text: string, action_id: string, value = 'v') => ({
  type: 'button',
  action_id,
  value,
  text: plain(text),
});

async function heard(workspace: Workspace): Promise<Body[]> {
  const bodies: Body[] = [];
  await aBot(workspace, (app) =>
    app.action(/.*/, async ({ ack, body }) => {
      bodies.push(body as unknown as Body);
      await ack();
    }),
  );
  return bodies;
}

const post = (workspace: Workspace, blocks: readonly object[], more: object = {}) =>
  call(workspace, 'chat.postMessage', {
    channel: workspace.channelId('acme'),
    text: 'Board',
    blocks,
    ...more,
  });

test('a press in a message carries the message, its state, the channel, a trigger and a response_url', async () => {
  const workspace = await aWorkspace();
  const bodies = await heard(workspace);
  const metadata = { event_type: 'board', event_payload: { slot: 'r7' } };
  const { ts } = await post(
    workspace,
    [{ type: 'actions', block_id: 'b', elements: [button('Accept', 'accept', 'R7:3')] }],
    { metadata },
  );

  await workspace.person('bo').clicks('Accept');

  const text = { type: 'plain_text', text: 'Accept' };
  expect(bodies).toMatchObject([
    {
      type: 'block_actions',
      user: { id: workspace.person('bo').id, username: 'bo', name: 'bo', team_id: workspace.teamId },
      team: { id: workspace.teamId, domain: 'brightside' },
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: workspace.channelId('acme'),
        is_ephemeral: false,
      },
      channel: { id: workspace.channelId('acme'), name: 'acme-team' },
      message: {
        type: 'message',
        ts,
        user: workspace.botUserId,
        text: 'Board',
        metadata,
        blocks: [{ block_id: 'b' }],
      },
      state: { values: {} },
      response_url: expect.stringMatching(/^http:/),
      trigger_id: expect.any(String),
      enterprise: null,
      is_enterprise_install: false,
      actions: [
        {
          type: 'button',
          action_id: 'accept',
          block_id: 'b',
          value: 'R7:3',
          text,
          action_ts: expect.stringMatching(/^\d+\.\d+$/),
        },
      ],
    },
  ]);
});

test('choices are sent in the shape of each element', async () => {
  const workspace = await aWorkspace();
  const bodies = await heard(workspace);
  const options = [option('Low'), option('High')];
  await post(workspace, [
    {
      type: 'section',
      text: plain('Priority'),
      accessory: { type: 'static_select', action_id: 'priority', options },
    },
    { type: 'section', text: plain('Who'), accessory: { type: 'users_select', action_id: 'who' } },
    {
      type: 'actions',
      elements: [
        { type: 'datepicker', action_id: 'day' },
        { type: 'timepicker', action_id: 'time' },
      ],
    },
    { type: 'section', text: plain('Parts'), accessory: { type: 'checkboxes', action_id: 'parts', options } },
    { type: 'section', text: plain('More'), accessory: { type: 'overflow', action_id: 'more', options } },
  ]);
  const bo = workspace.person('bo');
  await bo.chooses('Priority', 'High');
  await bo.chooses('Who', 'kim');
  await bo.chooses('day', '2026-03-03');
  await bo.chooses('time', '18:00');
  await bo.chooses('Parts', ['Low', 'High']);
  await bo.clicks('Low');

  expect(bodies.map(({ actions }) => (actions as readonly unknown[])[0])).toMatchObject([
    { type: 'static_select', action_id: 'priority', selected_option: option('High') },
    { type: 'users_select', selected_user: workspace.person('kim').id },
    { type: 'datepicker', selected_date: '2026-03-03' },
    { type: 'timepicker', selected_time: '18:00' },
    { type: 'checkboxes', selected_options: options },
    { type: 'overflow', action_id: 'more', selected_option: option('Low') },
  ]);
  await expect(bo.chooses('Priority', 'Urgent')).rejects.toThrow(
    'There is no option "Urgent"; there are: Low, High.',
  );
});

test('what was chosen in a message stands in the state of the next press, until then no bot hears of an input', async () => {
  const workspace = await aWorkspace();
  const bodies = await heard(workspace);
  const input = {
    type: 'input',
    block_id: 'note',
    label: plain('Note'),
    element: { type: 'plain_text_input', action_id: 'text' },
  };
  await post(workspace, [
    input,
    {
      type: 'actions',
      block_id: 'day',
      elements: [
        { type: 'datepicker', action_id: 'day', initial_date: '2026-03-01' },
        button('Propose', 'propose'),
      ],
    },
  ]);
  const bo = workspace.person('bo');
  await bo.chooses('Note', 'before lunch');
  await bo.chooses('day', '2026-03-03');
  await bo.clicks('Propose');

  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toMatchObject({
    actions: [{ action_id: 'propose' }],
    state: {
      values: {
        note: { text: { type: 'plain_text_input', value: 'before lunch' } },
        day: { day: { type: 'datepicker', selected_date: '2026-03-03' } },
      },
    },
  });
});

test('a label that stands several times is told apart by item and by message', async () => {
  const workspace = await aWorkspace();
  const bodies = await heard(workspace);
  const line = (id: string) => [
    { type: 'section', text: plain(`${id} is waiting`) },
    { type: 'actions', elements: [button('Open', 'open', id)] },
  ];
  await post(workspace, [...line('ACME-42'), ...line('ACME-44')], { text: 'First' });
  await post(workspace, line('ACME-45'), { text: 'Second' });
  const bo = workspace.person('bo');
  await bo.clicks('Open');
  await bo.clicks('Open', { item: 'ACME-44' });
  await bo.clicks('Open', { message: /First/ });

  const values = bodies.map(({ actions }) => (actions as readonly { value: string }[])[0]?.value);
  expect(values).toEqual(['ACME-45', 'ACME-44', 'ACME-42']);
});

test('a click on a stale copy arrives with the old button and the message as it is now', async () => {
  const workspace = await aWorkspace();
  const bodies = await heard(workspace);
  const { ts } = await post(workspace, [{ type: 'actions', elements: [button('Accept', 'accept', 'R7:3')] }]);
  const [card] = workspace.person('bo').sees('acme');
  await call(workspace, 'chat.update', { channel: workspace.channelId('acme'), ts, text: 'Accepted by Ana' });
  if (card === undefined) throw new Error('no message was posted');

  expect(await workspace.person('bo').clicksStale(card, 'Accept')).toMatchObject({ ok: true });
  expect(bodies).toMatchObject([
    { actions: [{ action_id: 'accept', value: 'R7:3' }], message: { text: 'Accepted by Ana' } },
  ]);
});

test('the same click twice at once arrives twice', async () => {
  const workspace = await aWorkspace();
  const bodies = await heard(workspace);
  await post(workspace, [{ type: 'actions', elements: [button('Accept', 'accept')] }]);

  expect(await workspace.person('bo').clicksTwice('Accept')).toMatchObject([{ ok: true }, { ok: true }]);
  expect(bodies).toHaveLength(2);
  expect(bodies[0]?.trigger_id).not.toBe(bodies[1]?.trigger_id);
});

test('a message shortcut carries the message', async () => {
  const workspace = await aWorkspace();
  const bodies: Body[] = [];
  await aBot(workspace, (app) =>
    app.shortcut('make_incident', async ({ ack, body }) => {
      bodies.push(body as unknown as Body);
      await ack();
    }),
  );
  await workspace.person('kim').types('The invoice total is wrong', { in: 'acme' });

  expect(
    await workspace.person('bo').usesShortcut('Make this an incident', { message: /invoice/ }),
  ).toMatchObject({ ok: true });
  expect(bodies).toMatchObject([
    {
      type: 'message_action',
      callback_id: 'make_incident',
      message: { text: 'The invoice total is wrong', user: workspace.person('kim').id },
      user: { id: workspace.person('bo').id, team_id: workspace.teamId },
    },
  ]);
});

test('opening the Home tells the bot, and waits until it is published', async () => {
  const workspace = await aWorkspace();
  await aBot(workspace, (app) =>
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'header', text: plain('Waiting for you') }] },
      });
    }),
  );
  const bo = workspace.person('bo');

  expect(await bo.opensHome()).toMatchObject({ ok: true });
  expect(bo.home()?.view.blocks).toMatchObject([{ text: { text: 'Waiting for you' } }]);
  expect(workspace.person('kim').home()).toBeUndefined();
});

test('a file that a person picks in a modal arrives as a file of the workspace', async () => {
  const workspace = await aWorkspace();
  let files: unknown;
  const view = {
    type: 'modal' as const,
    callback_id: 'evidence',
    title: plain('Evidence'),
    submit: plain('Attach'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'b',
        label: plain('File'),
        element: { type: 'file_input' as const, action_id: 'f' },
      },
    ],
  };
  await aBot(workspace, (app) => {
    app.command('/checklist', async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view });
      await ack();
    });
    app.view('evidence', async ({ ack, view: sent }) => {
      files = sent.state.values.b?.f?.files;
      await ack();
    });
  });
  const bo = workspace.person('bo');
  await bo.types('/checklist', { in: 'acme' });

  expect(await bo.submits({ File: { name: 'shot.png', content: Buffer.from([1, 2, 3]) } })).toMatchObject({
    ok: true,
  });
  const [file] = files as readonly { id: string; url_private: string }[];
  expect(file).toMatchObject({ name: 'shot.png', mimetype: 'image/png', size: 3, user: bo.id });
  expect(await call(workspace, 'files.info', { file: file?.id })).toMatchObject({
    ok: true,
    file: { name: 'shot.png' },
  });
});

test('closing a modal tells a bot that asked to know, and takes the whole stack where the view says so', async () => {
  const workspace = await aWorkspace();
  const closed: Body[] = [];
  const view = {
    type: 'modal' as const,
    callback_id: 'v',
    title: plain('Hello'),
    notify_on_close: true,
    blocks: [],
  };
  await aBot(workspace, (app) => {
    app.command('/freeze', async ({ ack, command, client }) => {
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { ...view, clear_on_close: command.text === 'top' },
      });
      await ack();
    });
    app.view({ callback_id: 'v', type: 'view_closed' }, async ({ ack, body }) => {
      closed.push(body as unknown as Body);
      await ack();
    });
  });
  const bo = workspace.person('bo');
  await bo.types('/freeze bottom', { in: 'acme' });
  await bo.types('/freeze top', { in: 'acme' });

  await bo.closesModal();

  expect(bo.modal()).toBeUndefined();
  expect(closed).toHaveLength(2);
  expect(closed[0]).toMatchObject({
    type: 'view_closed',
    is_cleared: true,
    user: { id: bo.id },
    view: { callback_id: 'v' },
  });
});
