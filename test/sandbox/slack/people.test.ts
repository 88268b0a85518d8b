import { afterEach, expect, test } from '@jest/globals';
import { aBot, aWorkspace, stopAll } from './world.js';

afterEach(stopAll);

test('a slash command reaches a real Bolt app signed, and its ack is shown to the person alone', async () => {
  const workspace = await aWorkspace();
  await aBot(workspace, (app) =>
    app.command('/freeze', async ({ ack, command }) => ack(`froze ${command.text} for ${command.user_name}`)),
  );

  const answer = await workspace.person('bo').types('/freeze ACME-R7 @kim a<b', { in: 'acme' });

  expect(answer).toMatchObject({ ok: true, status: 200 });
  expect(answer.text).toBe(`froze ACME-R7 <@${workspace.person('kim').id}|kim> a&lt;b for bo`);
  expect(workspace.messages('acme')).toEqual([]);
  expect(workspace.person('bo').sees('acme')).toMatchObject([{ ephemeral: true, text: answer.text }]);
  expect(workspace.person('kim').sees('acme')).toEqual([]);
});

const button = (text: string, action_id: string) => ({
  type: 'button' as const,
  action_id,
  value: 'R7:3',
  text: { type: 'plain_text' as const, text },
});
const modal = {
  type: 'modal' as const,
  callback_id: 'decline',
  title: { type: 'plain_text' as const, text: 'Decline' },
  submit: { type: 'plain_text' as const, text: 'Decline' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'why',
      label: { type: 'plain_text' as const, text: 'Reason' },
      element: { type: 'plain_text_input' as const, action_id: 'text' },
    },
  ],
};

test('a click opens a modal, its submission is sent back with errors by label, and then taken', async () => {
  const workspace = await aWorkspace();
  const bodies: Record<string, unknown>[] = [];
  const app = await aBot(workspace, (bot) => {
    bot.action('decline', async ({ ack, body, client }) => {
      bodies.push(body as unknown as Record<string, unknown>);
      await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view: modal });
      await ack();
    });
    bot.view('decline', async ({ ack, view, body }) => {
      bodies.push(body as unknown as Record<string, unknown>);
      const reason = view.state.values.why?.text?.value ?? '';
      if (reason.length < 5) await ack({ response_action: 'errors', errors: { why: 'Say more.' } });
      else await ack();
    });
  });
  await app.client.chat.postMessage({
    channel: workspace.channelId('acme-shared'),
    text: 'Tuesday?',
    blocks: [{ type: 'actions', elements: [button('Accept', 'accept'), button('Decline…', 'decline')] }],
  });
  const ana = workspace.person('ana');

  expect(await ana.clicks('Decline')).toMatchObject({
    ok: true,
    modal: { view: { callback_id: 'decline' } },
  });
  expect(await ana.submits()).toMatchObject({
    ok: false,
    errors: { Reason: 'Please complete this required field.' },
  });
  expect(await ana.submits({ Reason: 'no' })).toMatchObject({ ok: false, errors: { Reason: 'Say more.' } });
  expect(ana.modal()).toBeDefined();
  expect(await ana.submits({ Reason: 'Not during the sale' })).toMatchObject({ ok: true });
  expect(ana.modal()).toBeUndefined();

  expect(bodies[0]).toMatchObject({
    team: { id: workspace.teamId },
    user: { id: ana.id, team_id: 'TACME00001' },
    channel: { id: workspace.channelId('acme-shared') },
    actions: [{ type: 'button', action_id: 'decline', value: 'R7:3' }],
  });
  expect(bodies.at(-1)).toMatchObject({
    team: { id: 'TACME00001' },
    user: { team_id: 'TACME00001' },
    view: {
      team_id: 'TACME00001',
      app_installed_team_id: workspace.teamId,
      state: { values: { why: { text: { value: 'Not during the sale' } } } },
    },
  });
});
