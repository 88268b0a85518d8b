import { afterEach, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/sandbox/slack/workspace.js';
import { aBot, aWorkspace, call, stopAll } from './world.js';

afterEach(stopAll);

const accept = [
  {
    type: 'actions',
    elements: [{ type: 'button', action_id: 'accept', text: { type: 'plain_text', text: 'Accept' } }],
  },
];

/** A workspace in which Bo has pressed Accept, and what answers through its response_url. */
async function pressed() {
  const workspace = await aWorkspace();
  let url = '';
  await aBot(workspace, (app) =>
    app.action('accept', async ({ ack, body }) => {
      url = (body as { response_url: string }).response_url;
      await ack();
    }),
  );
  await call(workspace, 'chat.postMessage', {
    channel: workspace.channelId('acme'),
    text: 'Tuesday?',
    blocks: accept,
  });
  await workspace.person('bo').clicks('Accept');
  const respond = async (body: object) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return { workspace, respond };
}

const texts = (workspace: Workspace) => workspace.messages('acme').map(({ text }) => text);

test('an answer through a response_url is ephemeral unless it says in_channel', async () => {
  const { workspace, respond } = await pressed();

  expect(await respond({ text: 'Only you' })).toMatchObject({ status: 200, ok: true });
  await respond({ text: 'Everybody', response_type: 'in_channel' });

  expect(texts(workspace)).toEqual(['Tuesday?', 'Everybody']);
  expect(workspace.person('bo').lastAnswer()).toBe('Only you');
  expect(
    workspace
      .person('kim')
      .sees('acme')
      .map(({ text }) => text),
  ).toEqual(['Tuesday?', 'Everybody']);
});

test('replace_original changes the pressed message, delete_original takes it away', async () => {
  const { workspace, respond } = await pressed();

  await respond({ text: 'Accepted', replace_original: true });
  expect(workspace.messages('acme')).toMatchObject([{ text: 'Accepted', blocks: [] }]);
  await respond({ delete_original: true });
  expect(texts(workspace)).toEqual([]);
  expect(await respond({ text: 'again', replace_original: true })).toMatchObject({
    status: 400,
    error: 'message_not_found',
  });
});

test('the sixth use is refused, and so is an address that nobody gave out', async () => {
  const { workspace, respond } = await pressed();
  for (let use = 1; use <= 5; use += 1)
    expect(await respond({ text: `use ${use}` })).toMatchObject({ status: 200 });

  expect(await respond({ text: 'use 6' })).toMatchObject({ status: 404, error: 'used_url' });
  expect(workspace.person('bo').lastAnswer()).toBe('use 5');
  const stranger = await fetch(`${workspace.url}/hooks/actions/${workspace.teamId}/guessed`, {
    method: 'POST',
  });
  expect(stranger.status).toBe(404);
});

test('blocks beyond the limits are refused there too', async () => {
  const { respond } = await pressed();

  expect(await respond({ blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) })).toMatchObject({
    status: 400,
    error: 'invalid_blocks',
  });
  expect(await respond({})).toMatchObject({ status: 400, error: 'no_text' });
});

test('a button of an ephemeral message carries no message, and its answer can replace it', async () => {
  const workspace = await aWorkspace();
  let body: Readonly<Record<string, unknown>> = {};
  await aBot(workspace, (app) =>
    app.action('accept', async ({ ack, body: sent, respond }) => {
      body = sent as unknown as Readonly<Record<string, unknown>>;
      await respond({ text: 'Done', replace_original: true });
      await ack();
    }),
  );
  const bo = workspace.person('bo');
  await call(workspace, 'chat.postEphemeral', {
    channel: workspace.channelId('acme'),
    user: bo.id,
    text: 'Sure?',
    blocks: accept,
  });

  await bo.clicks('Accept');

  expect(body).not.toHaveProperty('message');
  expect(body).toMatchObject({ container: { is_ephemeral: true } });
  expect(bo.sees('acme')).toMatchObject([{ text: 'Done', blocks: [], ephemeral: true }]);
  expect(bo.lastAnswer()).toBe('Done');
});
