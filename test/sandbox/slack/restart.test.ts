import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { startWorkspace } from '../../../src/sandbox/slack/workspace.js';
import { call, seed } from './world.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-workspace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('messages, files, homes, ids and tokens outlive a restart; ephemeral messages do not', async () => {
  const before = await startWorkspace({ seed, dataDir: folder });
  const channel = before.channelId('acme');
  const client = new WebClient(before.botToken, { slackApiUrl: before.apiUrl });
  await client.files.uploadV2({
    channel_id: channel,
    filename: 'notes.md',
    content: '# Notes',
    initial_comment: 'Notes',
  });
  await call(before, 'chat.postEphemeral', { channel, user: before.person('bo').id, text: 'only now' });
  await call(before, 'views.publish', {
    user_id: before.person('bo').id,
    view: { type: 'home', blocks: [{ type: 'divider' }] },
  });
  await before.person('kim').types('hello', { in: 'acme' });
  await before.stop();

  const after = await startWorkspace({ seed, dataDir: folder });
  const messages = after.person('bo').sees('acme');
  const file = await fetch(messages[0]?.files[0]?.url ?? '');
  const content = await file.text();
  const newer = await call(after, 'chat.postMessage', { channel, text: 'newer' });
  await after.stop();

  expect(after).toMatchObject({
    botToken: before.botToken,
    appToken: before.appToken,
    signingSecret: before.signingSecret,
    teamId: before.teamId,
  });
  expect(after.person('kim').id).toBe(before.person('kim').id);
  expect(messages.map(({ text }) => text)).toEqual(['Notes', 'hello']);
  expect(content).toBe('# Notes');
  expect(after.person('bo').home()?.view.blocks).toHaveLength(1);
  expect(newer).toMatchObject({ ok: true });
  expect(String(newer.ts) > (messages.at(-1)?.ts ?? '')).toBe(true);
  expect(statSync(join(folder, 'workspace.json')).mode & 0o077).toBe(0);
});

test('somebody whom the seed has gained since is there after a restart', async () => {
  await (await startWorkspace({ seed, dataDir: folder })).stop();
  const people = [...seed.people, { key: 'raj', name: 'Raj', title: 'Buyer', zone: 'Europe/London' }];
  const channels = [...seed.channels, { key: 'oncall', name: 'on-call', topic: '', members: ['raj'] }];

  const after = await startWorkspace({ seed: { ...seed, people, channels }, dataDir: folder });
  await after.person('raj').types('here', { in: 'oncall' });
  const said = after.messages('oncall').map(({ text }) => text);
  await after.stop();

  expect(said).toEqual(['here']);
});

test('without a folder two workspaces share ids, which follow from the seed, and no token', async () => {
  const [one, two] = [await startWorkspace({ seed }), await startWorkspace({ seed })];
  await Promise.all([one.stop(), two.stop()]);

  expect(one.person('ana').id).toBe(two.person('ana').id);
  expect(one.channelId('acme')).toBe(two.channelId('acme'));
  expect(one.botToken).not.toBe(two.botToken);
  expect(one.signingSecret).not.toBe(two.signingSecret);
});
