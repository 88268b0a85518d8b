import { afterEach, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/sandbox/slack/workspace.js';
import { aBot, aWorkspace, call, stopAll } from './world.js';

afterEach(stopAll);

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const view = { type: 'modal' as const, title: plain('Hello'), blocks: [] };

test('people of another organization can use neither commands nor shortcuts, guests can', async () => {
  const workspace = await aWorkspace();
  await aBot(workspace, (app) => app.command('/freeze', async ({ ack }) => ack('yes')));
  await workspace.person('ana').types('The total is wrong', { in: 'acme-shared' });

  const command = await workspace.person('ana').types('/freeze', { in: 'acme-shared' });
  const shortcut = await workspace.person('ana').usesShortcut('Make this an incident', { message: /total/ });

  expect(command).toMatchObject({
    ok: false,
    notice: '/freeze is not a valid command for people of another organization.',
  });
  expect(shortcut).toMatchObject({ ok: false, notice: expect.stringContaining('another organization') });
  expect(await workspace.person('gus').types('/freeze', { in: 'acme-shared' })).toMatchObject({
    ok: true,
    text: 'yes',
  });
});

test('a command that the manifest lacks, or one in a thread, is refused by Slack itself', async () => {
  const workspace = await aWorkspace();
  const bo = workspace.person('bo');
  await bo.types('hello', { in: 'acme' });

  expect(await bo.types('/deploy', { in: 'acme' })).toMatchObject({
    notice: '/deploy is not a valid command.',
  });
  expect(await bo.types('/freeze', { in: 'acme', thread: bo.sees('acme')[0]?.ts ?? '' })).toMatchObject({
    notice: '/freeze is not supported in threads. Sorry!',
  });
});

async function triggersOf(workspace: Workspace): Promise<readonly string[]> {
  const triggers: string[] = [];
  await aBot(workspace, (app) =>
    app.command('/freeze', async ({ ack, command }) => {
      triggers.push(command.trigger_id);
      await ack();
    }),
  );
  await workspace.person('bo').types('/freeze', { in: 'acme' });
  return triggers;
}

test('a trigger works once', async () => {
  const workspace = await aWorkspace();
  const [trigger_id] = await triggersOf(workspace);

  expect(await call(workspace, 'views.open', { trigger_id, view })).toMatchObject({ ok: true });
  expect(await call(workspace, 'views.open', { trigger_id, view })).toMatchObject({
    error: 'exchanged_trigger_id',
  });
});

test('a trigger whose life is over opens nothing', async () => {
  const workspace = await aWorkspace({ triggerLife: -1 });
  const [trigger_id] = await triggersOf(workspace);

  expect(await call(workspace, 'views.open', { trigger_id, view })).toMatchObject({
    error: 'expired_trigger_id',
  });
  expect(workspace.person('bo').modal()).toBeUndefined();
});

test('three modals stack and a fourth is push_limit_reached', async () => {
  const workspace = await aWorkspace();
  const answers: unknown[] = [];
  const more = {
    ...view,
    blocks: [
      {
        type: 'actions' as const,
        elements: [{ type: 'button' as const, action_id: 'more', text: plain('More') }],
      },
    ],
  };
  await aBot(workspace, (app) => {
    app.command('/freeze', async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: more });
      await ack();
    });
    app.action('more', async ({ ack, body, client }) => {
      const pushed = client.views.push({
        trigger_id: (body as { trigger_id: string }).trigger_id,
        view: more,
      });
      answers.push(
        await pushed.then(
          ({ ok }) => ok,
          (error: Error) => error.message,
        ),
      );
      await ack();
    });
  });
  const bo = workspace.person('bo');
  await bo.types('/freeze', { in: 'acme' });
  for (let time = 1; time <= 3; time += 1) await bo.clicks('More');

  expect(answers).toEqual([true, true, expect.stringContaining('push_limit_reached')]);
  await bo.closesModal();
  await bo.closesModal();
  expect(bo.modal()).toBeDefined();
  await bo.closesModal();
  expect(bo.modal()).toBeUndefined();
});

test('views.update keeps what was typed, refuses an old hash and an unknown view', async () => {
  const workspace = await aWorkspace();
  const asking = {
    ...view,
    submit: plain('Send'),
    blocks: [
      {
        type: 'input' as const,
        block_id: 'b',
        label: plain('Why'),
        element: { type: 'plain_text_input' as const, action_id: 'a' },
      },
    ],
  };
  let state: unknown;
  await aBot(workspace, (app) => {
    app.command('/freeze', async ({ ack, command, client }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: { ...asking, callback_id: 'asking' } });
      await ack();
    });
    app.view('asking', async ({ ack, view: sent }) => {
      state = sent.state.values;
      await ack({ response_action: 'update', view: { ...view, title: plain('Thanks') } });
    });
  });
  const bo = workspace.person('bo');
  const { modal } = await bo.types('/freeze', { in: 'acme' });
  await bo.fills({ Why: 'because' });
  const update = (args: object) =>
    call(workspace, 'views.update', {
      view: { ...asking, callback_id: 'asking', title: plain('Still') },
      ...args,
    });

  expect(await update({ view_id: modal?.id, hash: modal?.hash })).toMatchObject({
    ok: true,
    view: { state: { values: { b: { a: { type: 'plain_text_input', value: 'because' } } } } },
  });
  expect(await update({ view_id: modal?.id, hash: modal?.hash })).toMatchObject({ error: 'hash_conflict' });
  expect(await update({ view_id: 'V0' })).toMatchObject({ error: 'not_found' });
  expect(await bo.submits()).toMatchObject({ ok: true, modal: { view: { title: { text: 'Thanks' } } } });
  expect(state).toMatchObject({ b: { a: { value: 'because' } } });
});

test('an ack with a view beyond the limits is shown to the person as trouble, and the modal stays', async () => {
  const workspace = await aWorkspace();
  await aBot(workspace, (app) => {
    app.command('/freeze', async ({ ack, command, client }) => {
      await client.views.open({
        trigger_id: command.trigger_id,
        view: { ...view, callback_id: 'v', submit: plain('Send') },
      });
      await ack();
    });
    app.view('v', async ({ ack }) =>
      ack({ response_action: 'update', view: { ...view, title: plain('x'.repeat(25)) } }),
    );
  });
  const bo = workspace.person('bo');
  await bo.types('/freeze', { in: 'acme' });

  expect(await bo.submits()).toMatchObject({
    ok: false,
    notice: expect.stringContaining('We had some trouble connecting'),
  });
  expect(bo.modal()).toBeDefined();
});

test('a command acked with blocks beyond the limits is an invalid_command_response, and nothing is shown of it', async () => {
  const workspace = await aWorkspace();
  const blocks = Array.from({ length: 51 }, () => ({ type: 'divider' as const }));
  await aBot(workspace, (app) => app.command('/freeze', async ({ ack }) => ack({ text: 'x', blocks })));
  const bo = workspace.person('bo');

  expect(await bo.types('/freeze', { in: 'acme' })).toMatchObject({
    ok: false,
    notice: '/freeze failed with the error "invalid_command_response"',
  });
  expect(bo.sees('acme')).toEqual([]);
});

test('what cannot be found is said together with what there is', async () => {
  const workspace = await aWorkspace({ patience: 20 });
  const elements = [{ type: 'button', action_id: 'a', text: plain('Accept') }];
  await call(workspace, 'chat.postMessage', {
    channel: workspace.channelId('acme'),
    text: 'Tuesday?',
    blocks: [{ type: 'actions', elements }],
  });

  await expect(workspace.person('bo').clicks('Agree')).rejects.toThrow(
    'Bo Larsen finds nothing to click called "Agree". There is: "Accept"',
  );
  await expect(workspace.person('bo').submits()).rejects.toThrow('Bo Larsen has no modal open.');
  await expect(workspace.waitFor(() => false, { what: 'Godot', within: 20 })).rejects.toThrow(
    /Waited 20 ms for Godot[\s\S]*Tuesday\?/,
  );
});
