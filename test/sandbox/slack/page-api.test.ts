import { request } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import type { Act, Happening, MessageCard, Outcome, State } from '../../../src/sandbox/slack/contract.js';
import type { Workspace } from '../../../src/sandbox/slack/workspace.js';
import { aBot, aWorkspace, call, stopAll } from './world.js';

afterEach(stopAll);

const get = async <T>(workspace: Workspace, path: string): Promise<T> =>
  (await (await fetch(`${workspace.url}/sandbox${path}`)).json()) as T;

async function act(workspace: Workspace, person: string, what: Act): Promise<Outcome> {
  const response = await fetch(`${workspace.url}/sandbox/act?as=${workspace.person(person).id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  });
  return (await response.json()) as Outcome;
}

/** Everything that happens for a person from now on. */
async function listening(workspace: Workspace, person: string) {
  const closing = new AbortController();
  const response = await fetch(`${workspace.url}/sandbox/events?as=${workspace.person(person).id}`, {
    signal: closing.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const until = async (
    wanted: (happenings: readonly Happening[]) => boolean,
  ): Promise<readonly Happening[]> => {
    for (;;) {
      const whole = text
        .split('\n\n')
        .slice(0, -1)
        .filter((part) => part.startsWith('data: '));
      const happenings = whole.map((part) => JSON.parse(part.slice(6)) as Happening);
      if (wanted(happenings)) return happenings;
      const more = await reader?.read();
      if (more === undefined || more.done) throw new Error('the stream ended');
      text += more.value;
    }
  };
  return { until, type: response.headers.get('content-type'), close: () => closing.abort() };
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });

test('the state shows a person their channels, everybody, and what the manifest offers', async () => {
  const workspace = await aWorkspace({ engine: 'MongoDB 8.0' });
  const ana = workspace.person('ana').id;

  const state = await get<State>(workspace, `/state?as=${ana}`);

  expect(state).toMatchObject({
    workspace: { name: 'Brightside', teamId: workspace.teamId },
    me: { id: ana, name: 'Ana Ruiz', external: true, teamName: 'Acme', zone: 'Europe/London' },
    bot: workspace.botUserId,
    engine: 'MongoDB 8.0',
    modals: [],
  });
  expect(state.people.map(({ name }) => name)).toEqual([
    'Slipway',
    'Bo Larsen',
    'Kim Tran',
    'Ana Ruiz',
    'Gus',
  ]);
  expect(state.channels.map(({ name, kind, shared }) => ({ name, kind, shared }))).toEqual([
    { name: '', kind: 'im', shared: false },
    { name: 'acme-shared', kind: 'channel', shared: true },
  ]);
  expect(state.commands.map(({ command }) => command)).toContain('/freeze');
  expect(state.shortcuts).toContainEqual({ name: 'Make this an incident', callbackId: 'make_incident' });
  expect(state).not.toHaveProperty('clockAhead');
});

test('messages are given with own ephemeral ones, unread ones counted until they are read', async () => {
  const workspace = await aWorkspace();
  const [bo, channel] = [workspace.person('bo').id, workspace.channelId('acme')];
  await call(workspace, 'chat.postMessage', { channel, text: 'one' });
  await call(workspace, 'chat.postEphemeral', { channel, user: bo, text: 'two' });
  const unread = async () =>
    (await get<State>(workspace, `/state?as=${bo}`)).channels.find(({ id }) => id === channel)?.unread;

  const messages = await get<readonly MessageCard[]>(workspace, `/messages?as=${bo}&channel=${channel}`);
  expect(messages.map(({ text, ephemeral }) => ({ text, ephemeral }))).toEqual([
    { text: 'one', ephemeral: false },
    { text: 'two', ephemeral: true },
  ]);
  expect(await unread()).toBe(2);
  await act(workspace, 'bo', { kind: 'read', channel });
  expect(await unread()).toBe(0);
  expect(await get(workspace, `/messages?as=${workspace.person('ana').id}&channel=${channel}`)).toEqual([]);
});

test('happenings stream to those whom they concern', async () => {
  const workspace = await aWorkspace();
  const [bo, ana] = [await listening(workspace, 'bo'), await listening(workspace, 'ana')];
  await call(workspace, 'chat.postMessage', { channel: workspace.channelId('acme'), text: 'for us' });
  await call(workspace, 'chat.postMessage', { channel: workspace.channelId('acme-shared'), text: 'for all' });
  const { ts } = await call(workspace, 'chat.postMessage', {
    channel: workspace.channelId('acme'),
    text: 'first',
  });
  await call(workspace, 'chat.update', { channel: workspace.channelId('acme'), ts, text: 'second' });
  await call(workspace, 'chat.delete', { channel: workspace.channelId('acme'), ts });

  const seen = await bo.until((all) => all.some(({ type }) => type === 'message-deleted'));
  const anas = await ana.until((all) => all.some(({ type }) => type === 'message'));
  bo.close();
  ana.close();

  expect(bo.type).toContain('text/event-stream');
  expect(seen.filter(({ type }) => type !== 'channels').map(({ type }) => type)).toEqual([
    'message',
    'message',
    'message',
    'message-changed',
    'message-deleted',
  ]);
  expect(anas.flatMap((one) => (one.type === 'message' ? [one.message.text] : []))).toEqual(['for all']);
});

test('typing, pressing, choosing, submitting and closing work by the contract', async () => {
  const workspace = await aWorkspace();
  const view = {
    type: 'modal' as const,
    callback_id: 'why',
    title: plain('Why'),
    submit: plain('Send'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'b',
        label: plain('Reason'),
        element: { type: 'plain_text_input' as const, action_id: 'a' },
      },
    ],
  };
  const submitted: unknown[] = [];
  await aBot(workspace, (app) => {
    app.command('/freeze', async ({ ack, command, client }) => {
      if (command.text === '') await client.views.open({ trigger_id: command.trigger_id, view });
      await ack(command.text === '' ? '' : 'frozen');
    });
    app.view('why', async ({ ack, view: sent }) => {
      submitted.push(sent.state.values);
      await (submitted.length === 1 ? ack({ response_action: 'errors', errors: { b: 'Say more.' } }) : ack());
    });
    app.action('accept', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'Accepted', replace_original: true });
    });
  });
  const channel = workspace.channelId('acme');
  const elements = [{ type: 'button', action_id: 'accept', text: plain('Accept') }];
  const { ts } = await call(workspace, 'chat.postMessage', {
    channel,
    text: '?',
    blocks: [{ type: 'actions', block_id: 'x', elements }],
  });
  const bo = await listening(workspace, 'bo');

  expect(await act(workspace, 'bo', { kind: 'type', channel, text: '/freeze R7' })).toEqual({ ok: true });
  const press = {
    kind: 'act-in-message',
    channel,
    ts: String(ts),
    blockId: 'x',
    actionId: 'accept',
    element: { type: 'button' },
    state: {},
  } as const;
  expect(await act(workspace, 'bo', press)).toEqual({ ok: true });
  expect(await act(workspace, 'bo', { kind: 'type', channel, text: '/freeze' })).toEqual({ ok: true });
  const happened = await bo.until(
    (all) => all.some(({ type }) => type === 'message-changed') && all.some(({ type }) => type === 'modals'),
  );
  bo.close();
  const opened = happened.flatMap((one) => (one.type === 'modals' ? one.modals : []));
  const viewId = opened[0]?.id ?? '';
  const submit = (value: string | null): Promise<Outcome> =>
    act(workspace, 'bo', {
      kind: 'submit',
      viewId,
      state: { b: { a: { type: 'plain_text_input', value } } },
    });

  expect(happened.flatMap((one) => (one.type === 'message' ? [one.message.text] : []))).toContain('frozen');
  expect(workspace.messages('acme')[0]?.text).toBe('Accepted');
  expect(await submit(null)).toEqual({ ok: false, errors: { b: 'Please complete this required field.' } });
  expect(await submit('no')).toEqual({ ok: false, errors: { b: 'Say more.' } });
  expect(await submit('the sale is on')).toEqual({ ok: true });
  expect(submitted.at(-1)).toEqual({ b: { a: { type: 'plain_text_input', value: 'the sale is on' } } });
  expect(await act(workspace, 'bo', { kind: 'close', viewId })).toEqual({
    ok: false,
    problem: 'This window is closed.',
  });
});

test('what Slack would tell the person comes as a problem and as a notice', async () => {
  const workspace = await aWorkspace();
  const ana = await listening(workspace, 'ana');
  const problem = '/freeze is not a valid command for people of another organization.';

  expect(
    await act(workspace, 'ana', {
      kind: 'type',
      channel: workspace.channelId('acme-shared'),
      text: '/freeze',
    }),
  ).toEqual({ ok: false, problem });
  const [notice] = await ana.until((all) => all.length > 0);
  ana.close();
  expect(notice).toEqual({ type: 'notice', text: problem, channel: workspace.channelId('acme-shared') });
  expect(
    await act(workspace, 'ana', { kind: 'type', channel: workspace.channelId('acme'), text: 'hi' }),
  ).toMatchObject({ ok: false });
});

test('the clock moves where there is one', async () => {
  let ahead = 0;
  const advance = async (milliseconds: number) => {
    ahead += milliseconds;
  };
  const clock = { ahead: () => ahead, advance };
  const workspace = await aWorkspace({ clock });

  expect(await act(workspace, 'bo', { kind: 'advance-clock', milliseconds: 3_600_000 })).toEqual({
    ok: true,
  });
  expect(await get<State>(workspace, `/state?as=${workspace.person('bo').id}`)).toMatchObject({
    clockAhead: 3_600_000,
  });
  const { ts } = await call(workspace, 'chat.postMessage', {
    channel: workspace.channelId('acme'),
    text: 'later',
  });
  expect(Number(ts) * 1000 - Date.now()).toBeGreaterThan(3_500_000);
  expect(await act(await aWorkspace(), 'bo', { kind: 'advance-clock', milliseconds: 1 })).toMatchObject({
    ok: false,
  });
});

test('the browser modules come as JavaScript', async () => {
  const workspace = await aWorkspace();
  for (const [name, exported] of [
    ['preact', 'render'],
    ['hooks', 'useState'],
    ['htm', 'default'],
  ] as const) {
    const response = await fetch(`${workspace.url}/page/vendor/${name}.js`);
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(await response.text()).toContain(exported);
  }
  expect((await fetch(`${workspace.url}/page/vendor/express.js`)).status).toBe(404);
});

test('another page can neither act nor read: only JSON is taken, and only names of this machine are answered', async () => {
  const workspace = await aWorkspace();
  const simple = await fetch(`${workspace.url}/sandbox/act?as=${workspace.person('bo').id}`, {
    method: 'POST',
    body: '{"kind":"open-home"}',
  });
  const rebound = await new Promise<number | undefined>((resolve) => {
    request(`${workspace.url}/sandbox/state`, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });

  expect(simple.status).toBe(415);
  expect(rebound).toBe(403);
});

test('a file that is dropped in the page is shared in its channel, or kept for a file input', async () => {
  const workspace = await aWorkspace();
  const [bo, channel] = [workspace.person('bo').id, workspace.channelId('acme')];
  const send = (query: string, type = 'application/octet-stream') =>
    fetch(`${workspace.url}/sandbox/upload?as=${bo}&${query}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: 'bytes',
    });

  expect(await (await send('name=a.txt')).json()).toMatchObject({ name: 'a.txt', size: 5, user: bo });
  expect(workspace.messages('acme')).toEqual([]);
  await send(`name=b.txt&channel=${channel}`);
  expect(workspace.messages('acme')).toMatchObject([{ user: bo, files: [{ name: 'b.txt' }] }]);
  expect((await send('name=c.txt', 'text/plain')).status).toBe(400);
});
