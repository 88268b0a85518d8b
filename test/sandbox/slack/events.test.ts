import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { aBot, aWorkspace, stopAll } from './world.js';

const folder = mkdtempSync(join(tmpdir(), 'slipway-manifest-'));
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
});

test('a bot hears of messages and mentions only where its manifest subscribes to them', async () => {
  const manifest = join(folder, 'app.yaml');
  writeFileSync(
    manifest,
    'settings: { event_subscriptions: { bot_events: [message.channels, app_mention] } }',
  );
  const workspace = await aWorkspace({ manifest });
  const heard: unknown[] = [];
  let done: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    done = resolve;
  });
  await aBot(workspace, (app) => {
    app.message(async ({ message, body }) => {
      heard.push({ ...message, shared: body.is_ext_shared_channel });
    });
    app.event('app_mention', async ({ event }) => {
      heard.push(event);
      done();
    });
  });
  await workspace.person('ana').types('not heard', { in: 'dm' });
  await workspace.person('ana').types('hello @Slipway & all', { in: 'acme-shared' });
  await all;

  const text = `hello <@${workspace.botUserId}> &amp; all`;
  expect(heard).toMatchObject([
    {
      type: 'message',
      text,
      user_team: 'TACME00001',
      channel: workspace.channelId('acme-shared'),
      channel_type: 'channel',
      shared: true,
    },
    { type: 'app_mention', text, user: workspace.person('ana').id },
  ]);
});
