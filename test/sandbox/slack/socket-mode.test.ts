import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import type { Workspace } from '../../../src/sandbox/slack/workspace.js';
import { aBot, aWorkspace, call, stopAll } from './world.js';

afterEach(stopAll);

const plain = (text: string) => ({ type: 'plain_text' as const, text });

test('in Socket Mode a real Bolt app takes commands, clicks, submissions and events, and its acks are the answers', async () => {
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
  await aBot(
    workspace,
    (app) => {
      app.command('/freeze', async ({ ack, command }) => ack(`froze ${command.text}`));
      app.action('decline', async ({ ack, body, client }) => {
        await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view });
        await ack();
      });
      app.view('why', async ({ ack }) => ack({ response_action: 'errors', errors: { b: 'Say more.' } }));
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({
          user_id: event.user,
          view: { type: 'home', blocks: [{ type: 'divider' }] },
        });
      });
    },
    { socket: true },
  );
  const elements = [{ type: 'button', action_id: 'decline', text: plain('Decline') }];
  await call(workspace, 'chat.postMessage', {
    channel: workspace.channelId('acme'),
    text: '?',
    blocks: [{ type: 'actions', elements }],
  });
  const bo = workspace.person('bo');

  expect(await bo.types('/freeze ACME-R7', { in: 'acme' })).toMatchObject({
    ok: true,
    status: 200,
    text: 'froze ACME-R7',
  });
  expect(await bo.clicks('Decline')).toMatchObject({ ok: true, modal: { view: { callback_id: 'why' } } });
  expect(await bo.submits({ Reason: 'no' })).toMatchObject({ ok: false, errors: { Reason: 'Say more.' } });
  expect(await bo.opensHome()).toMatchObject({ ok: true });
  expect(bo.home()?.view.blocks).toHaveLength(1);
});

/** A bare client, to see each message of the protocol. */
async function aClient(workspace: Workspace) {
  const { url } = await call(workspace, 'apps.connections.open', {}, workspace.appToken);
  const socket = new WebSocket(String(url));
  const messages: Record<string, unknown>[] = [];
  const waiting: ((message: Record<string, unknown>) => void)[] = [];
  socket.on('message', (text) => {
    const message = JSON.parse(String(text)) as Record<string, unknown>;
    const next = waiting.shift();
    if (next === undefined) messages.push(message);
    else next(message);
  });
  await once(socket, 'open');
  const next = () =>
    new Promise<Record<string, unknown>>((resolve) => {
      const [message] = messages.splice(0, 1);
      if (message === undefined) waiting.push(resolve);
      else resolve(message);
    });
  return { socket, next, url: String(url) };
}

test('the protocol is hello, envelopes, acks with payload, and a disconnect before a refresh', async () => {
  const workspace = await aWorkspace();
  const client = await aClient(workspace);
  expect(await client.next()).toMatchObject({
    type: 'hello',
    num_connections: 1,
    connection_info: { app_id: expect.any(String) },
  });

  const answering = workspace.person('bo').types('/freeze', { in: 'acme' });
  const envelope = await client.next();
  expect(envelope).toMatchObject({
    type: 'slash_commands',
    accepts_response_payload: true,
    payload: { command: '/freeze' },
  });
  client.socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload: { text: 'frozen' } }));
  expect(await answering).toMatchObject({ ok: true, text: 'frozen' });

  workspace.sockets.refresh();
  expect(await client.next()).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  expect(workspace.sockets.count()).toBe(0);
  client.socket.terminate();
});

test('payloads go round among the connections, and an address opens one connection only', async () => {
  const workspace = await aWorkspace();
  const [one, two] = [await aClient(workspace), await aClient(workspace)];
  await one.next();
  await two.next();
  void workspace.person('bo').types('/freeze', { in: 'acme' });
  void workspace.person('bo').types('/freeze', { in: 'acme' });

  expect(await one.next()).toMatchObject({ type: 'slash_commands' });
  expect(await two.next()).toMatchObject({ type: 'slash_commands' });
  const again = new WebSocket(one.url);
  await once(again, 'error');
  expect(workspace.sockets.count()).toBe(2);
  for (const { socket } of [one, two]) socket.terminate();
});

test('a connection that never acks is an operation_timeout', async () => {
  const workspace = await aWorkspace({ ackWithin: 40 });
  const client = await aClient(workspace);

  expect(await workspace.person('bo').types('/freeze', { in: 'acme' })).toMatchObject({
    notice: '/freeze failed with the error "operation_timeout"',
  });
  client.socket.terminate();
});

test('an event that failed is tried again at once, and says so', async () => {
  const workspace = await aWorkspace({ ackWithin: 40 });
  const client = await aClient(workspace);
  await client.next();
  await workspace.person('bo').opensHome();

  expect(await client.next()).toMatchObject({
    type: 'events_api',
    retry_attempt: 0,
    payload: { event: { type: 'app_home_opened' } },
  });
  expect(await client.next()).toMatchObject({
    type: 'events_api',
    retry_attempt: 1,
    retry_reason: 'http_timeout',
  });
  client.socket.terminate();
});
