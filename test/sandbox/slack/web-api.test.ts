import { afterEach, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { aWorkspace, call, stopAll } from './world.js';

afterEach(stopAll);

const impatient = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };

test('a wrong token is invalid_auth and a missing one not_authed', async () => {
  const workspace = await aWorkspace();

  expect(await call(workspace, 'auth.test', {}, 'xoxb-guessed')).toMatchObject({
    ok: false,
    error: 'invalid_auth',
  });
  expect(await call(workspace, 'auth.test', {}, '')).toMatchObject({ ok: false, error: 'not_authed' });
  expect(await call(workspace, 'auth.test')).toMatchObject({
    ok: true,
    team_id: workspace.teamId,
    user_id: workspace.botUserId,
  });
});

test('the app token opens sockets and nothing else, the bot token anything else', async () => {
  const workspace = await aWorkspace();

  expect(await call(workspace, 'apps.connections.open')).toMatchObject({ error: 'not_allowed_token_type' });
  expect(await call(workspace, 'chat.postMessage', {}, workspace.appToken)).toMatchObject({
    error: 'not_allowed_token_type',
  });
  expect(await call(workspace, 'apps.connections.open', {}, workspace.appToken)).toMatchObject({ ok: true });
});

test('an unknown method is answered as Slack answers it, not by a 404', async () => {
  const workspace = await aWorkspace();

  expect(await call(workspace, 'chat.shout')).toMatchObject({
    status: 200,
    ok: false,
    error: 'unknown_method',
  });
  expect(await call(workspace, 'toString')).toMatchObject({ error: 'unknown_method' });
});

test('a method that the manifest has no scope for is refused and says which it needs', async () => {
  const workspace = await aWorkspace();

  expect(await call(workspace, 'usergroups.list')).toMatchObject({
    error: 'missing_scope',
    needed: 'usergroups:read',
  });
});

test('calls can be refused with 429 and Retry-After, as often as asked', async () => {
  const workspace = await aWorkspace();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, ...impatient });
  workspace.refuseNext({ method: 'chat.postMessage', status: 429, retryAfter: 7, times: 2 });
  const say = () => client.chat.postMessage({ channel: workspace.channelId('acme'), text: 'hello' });

  await expect(say()).rejects.toMatchObject({ retryAfter: 7 });
  await expect(say()).rejects.toMatchObject({ retryAfter: 7 });
  await expect(say()).resolves.toMatchObject({ ok: true });
  expect(workspace.messages('acme')).toHaveLength(1);
  expect(workspace.calls('chat.postMessage').map(({ ok }) => ok)).toEqual([false, false, true]);
});

test('calls can be refused by an error code or an HTTP status', async () => {
  const workspace = await aWorkspace();
  workspace.refuseNext({ method: 'chat.postMessage', error: 'is_archived' });
  workspace.refuseNext({ method: '*', status: 503 });

  expect(await call(workspace, 'chat.postMessage', { channel: 'x' })).toMatchObject({
    status: 200,
    error: 'is_archived',
  });
  expect(await call(workspace, 'auth.test')).toMatchObject({ status: 503 });
  expect(await call(workspace, 'auth.test')).toMatchObject({ status: 200, ok: true });
});

test('a dropped call took effect or did not, as ordered', async () => {
  const workspace = await aWorkspace();
  const say = (text: string) =>
    call(workspace, 'chat.postMessage', { channel: workspace.channelId('acme'), text });

  workspace.dropNext({ method: 'chat.postMessage' });
  await expect(say('lost on the way')).rejects.toThrow();
  workspace.dropNext({ method: 'chat.postMessage', afterDoing: true });
  await expect(say('answer lost')).rejects.toThrow();

  expect(workspace.messages('acme').map(({ text }) => text)).toEqual(['answer lost']);
  expect(workspace.calls('chat.postMessage')).toMatchObject([
    { arguments: { text: 'lost on the way' }, ok: false },
    { arguments: { text: 'answer lost' }, ok: true },
  ]);
});

test('messages are posted, threaded, found again by their metadata, updated, pinned and deleted', async () => {
  const workspace = await aWorkspace();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, ...impatient });
  const channel = workspace.channelId('acme');
  const metadata = { event_type: 'board', event_payload: { slot: 'ACME-R7' } };
  const section = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Board' } };
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'Board', blocks: [section], metadata });
  await client.chat.postMessage({ channel, thread_ts: ts, text: 'in the thread' });

  const history = await client.conversations.history({ channel, include_all_metadata: true });
  expect(history.messages).toMatchObject([{ ts, metadata, reply_count: 1 }]);
  expect((await client.conversations.history({ channel })).messages?.[0]?.metadata).toBeUndefined();
  expect((await client.conversations.replies({ channel, ts })).messages).toHaveLength(2);
  await expect(client.conversations.replies({ channel, ts: '1.000001' })).rejects.toThrow('thread_not_found');

  await client.chat.update({ channel, ts, text: 'Board, later' });
  await client.pins.add({ channel, timestamp: ts });
  expect(workspace.messages('acme')[0]).toMatchObject({
    text: 'Board, later',
    blocks: [],
    pinned: true,
    edited: true,
    replyCount: 1,
  });
  await expect(client.chat.update({ channel, ts, text: 'x'.repeat(4001) })).rejects.toThrow('msg_too_long');
  await expect(client.chat.postMessage({ channel, text: 'x', thread_ts: '1.000001' })).rejects.toThrow(
    'thread_not_found',
  );
  expect((await client.chat.getPermalink({ channel, message_ts: ts })).permalink).toContain(
    ts.replace('.', ''),
  );

  await client.chat.delete({ channel, ts });
  expect(workspace.messages('acme').map(({ text }) => text)).toEqual(['in the thread']);
});

test('people are told apart from outsiders by team id alone, and shared channels by is_ext_shared', async () => {
  const workspace = await aWorkspace();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, ...impatient });
  const shared = workspace.channelId('acme-shared');

  const { user } = await client.users.info({ user: workspace.person('ana').id });
  expect(user).toMatchObject({ team_id: 'TACME00001', tz: 'Europe/London', name: 'ana' });
  expect(user).not.toHaveProperty('locale');
  expect((await client.users.info({ user: workspace.person('gus').id })).user).toMatchObject({
    team_id: workspace.teamId,
    is_restricted: true,
  });
  expect((await client.conversations.info({ channel: shared })).channel).toMatchObject({
    is_ext_shared: true,
  });
  expect((await client.conversations.info({ channel: workspace.channelId('acme') })).channel).toMatchObject({
    is_ext_shared: false,
  });
  expect((await client.conversations.members({ channel: shared })).members).toContain(
    workspace.person('ana').id,
  );
  expect((await client.users.list({})).members?.map(({ name }) => name)).toEqual([
    'slipway',
    'bo',
    'kim',
    'gus',
  ]);
  await expect(client.users.info({ user: 'U0' })).rejects.toThrow('user_not_found');
});

test('direct messages open by person and reach that person only', async () => {
  const workspace = await aWorkspace();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, ...impatient });
  const { channel } = await client.conversations.open({ users: workspace.person('kim').id });
  await client.chat.postMessage({ channel: channel?.id ?? '', text: 'You are on call.' });
  await client.chat.postMessage({ channel: workspace.person('kim').id, text: 'Still.' });

  expect(
    workspace
      .person('kim')
      .sees('dm')
      .map(({ text }) => text),
  ).toEqual(['You are on call.', 'Still.']);
  expect(workspace.person('bo').sees(channel?.id ?? '')).toEqual([]);
});

test('an ephemeral message reaches one member and can be neither updated nor found', async () => {
  const workspace = await aWorkspace();
  const channel = workspace.channelId('acme');
  const sent = await call(workspace, 'chat.postEphemeral', {
    channel,
    user: workspace.person('bo').id,
    text: 'only you',
  });

  expect(workspace.person('bo').sees('acme')).toMatchObject([{ text: 'only you', ephemeral: true }]);
  expect(workspace.person('bo').lastAnswer()).toBe('only you');
  expect(workspace.person('kim').sees('acme')).toEqual([]);
  expect(await call(workspace, 'chat.update', { channel, ts: sent.message_ts, text: 'x' })).toMatchObject({
    error: 'message_not_found',
  });
  expect(
    await call(workspace, 'chat.postEphemeral', { channel, user: workspace.person('ana').id, text: 'x' }),
  ).toMatchObject({
    error: 'user_not_in_channel',
  });
});

test('files are uploaded in the three steps of Slack, and downloaded by the bot with its token and by the page', async () => {
  const workspace = await aWorkspace();
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, ...impatient });
  await client.files.uploadV2({
    channel_id: workspace.channelId('acme'),
    initial_comment: 'The whole log',
    filename: 'deploy.log',
    content: 'step 1\nstep 2: ü\n',
  });

  const message = await workspace.waitFor(
    (all) => all.messages('acme').find(({ files }) => files.length > 0),
    { what: 'the log' },
  );
  expect(message).toMatchObject({
    text: 'The whole log',
    files: [{ name: 'deploy.log', mimetype: 'text/plain', size: 18 }],
  });
  expect(await (await fetch(message.files[0]?.url ?? '')).text()).toBe('step 1\nstep 2: ü\n');

  const { file } = await client.files.info({ file: message.files[0]?.id ?? '' });
  const withToken = await fetch(file?.url_private_download ?? '', {
    headers: { authorization: `Bearer ${workspace.botToken}` },
  });
  expect(await withToken.text()).toBe('step 1\nstep 2: ü\n');
  expect((await fetch(file?.url_private_download ?? '', { redirect: 'manual' })).status).toBe(302);
});
