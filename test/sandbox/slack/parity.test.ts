import { afterEach, expect, test } from '@jest/globals';
import { LogLevel, WebClient } from '@slack/web-api';
import { createEmulator } from 'emulate';
import { aWorkspace, stopAll } from './world.js';

afterEach(stopAll);

const settings = { retryConfig: { retries: 0 }, logLevel: LogLevel.ERROR };

/** The error code, or the parts of the answer that do not depend on whose workspace it is. */
async function outcome<T extends object>(
  calling: Promise<T>,
  shown: (answer: T) => unknown = () => 'ok',
): Promise<unknown> {
  try {
    return shown(await calling);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The same story told to a workspace: what each call answered. */
async function story(client: WebClient, channel: string, user: string): Promise<Record<string, unknown>> {
  const post = (text: string, more: object = {}) => client.chat.postMessage({ channel, text, ...more });
  const metadata = { event_type: 'board', event_payload: { slot: 'r7' } };
  const { ts = '' } = await post('Board', { metadata });
  const reply = await post('in the thread', { thread_ts: ts });
  const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
  const texts = ({ messages }: { messages?: readonly { text?: string }[] }) =>
    messages?.map(({ text }) => text);
  return {
    nothing: await outcome(post('')),
    nowhere: await outcome(client.chat.postMessage({ channel: 'C0', text: 'x' })),
    history: await outcome(
      client.conversations.history({ channel, include_all_metadata: true }),
      ({ messages }) =>
        messages?.map(({ text, reply_count, metadata: kept }) => ({ text, reply_count, kept })),
    ),
    replies: await outcome(client.conversations.replies({ channel, ts }), texts),
    update: await outcome(client.chat.update({ channel, ts, text: 'Board, later' }), ({ text }) => text),
    updateNothing: await outcome(client.chat.update({ channel, ts: '1.000001', text: 'x' })),
    pin: await outcome(client.pins.add({ channel, timestamp: ts })),
    pinTwice: await outcome(client.pins.add({ channel, timestamp: ts })),
    unpin: await outcome(client.pins.remove({ channel, timestamp: ts })),
    unpinTwice: await outcome(client.pins.remove({ channel, timestamp: ts })),
    publish: await outcome(client.views.publish({ user_id: user, view: home }), ({ view }) => view?.type),
    staleHome: await outcome(client.views.publish({ user_id: user, view: home, hash: 'old' })),
    noTrigger: await outcome(
      client.views.open({
        trigger_id: 'none',
        view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
      }),
    ),
    noView: await outcome(
      client.views.update({
        view_id: 'V0',
        view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] },
      }),
    ),
    nobody: await outcome(client.users.info({ user: 'U0' })),
    noFile: await outcome(client.files.info({ file: 'F0' })),
    remove: await outcome(client.chat.delete({ channel, ts: reply.ts ?? '' })),
    removeTwice: await outcome(client.chat.delete({ channel, ts: reply.ts ?? '' })),
    left: await outcome(client.conversations.history({ channel }), texts),
  };
}

test('where emulate speaks too, the workspace answers as it does', async () => {
  const emulator = await createEmulator({ service: 'slack', port: 0 });
  const emulated = new WebClient('xoxb-any', {
    slackApiUrl: `${emulator.url}/api/`,
    ...settings,
  });
  const { channels = [] } = await emulated.conversations.list({});
  const { members = [] } = await emulated.users.list({});
  const theirs = await story(emulated, channels[0]?.id ?? '', members[0]?.id ?? '').finally(() =>
    emulator.close(),
  );
  const workspace = await aWorkspace();
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    ...settings,
  });

  const ours = await story(client, workspace.channelId('acme'), workspace.person('bo').id);

  expect(ours).toEqual(theirs);
});
