import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { aBot, aWorkspace, stopAll } from './world.js';

afterEach(stopAll);

test('Bolt takes a request as often as it is replayed, and refuses a forged or an old one', async () => {
  const workspace = await aWorkspace();
  let taken = 0;
  await aBot(workspace, (app) => app.command('/freeze', async ({ ack }) => ack(`taken ${++taken}`)));
  const bo = workspace.person('bo');
  await bo.types('/freeze status', { in: 'acme' });

  expect(await bo.sends()).toMatchObject({ ok: true, status: 200, text: 'taken 2' });
  expect(await bo.sends({ forged: true })).toMatchObject({ ok: false, status: 401 });
  expect(await bo.sends({ seconds: -301 })).toMatchObject({ ok: false, status: 401 });
  expect(await bo.sends({ seconds: 3600 })).toMatchObject({ ok: true, text: 'taken 3' });
  expect(taken).toBe(3);
});

test('a bot with another signing secret takes nothing, and the person is told', async () => {
  const workspace = await aWorkspace();
  await aBot(workspace, (app) => app.command('/freeze', async ({ ack }) => ack('yes')), {
    secret: 'another',
  });

  expect(await workspace.person('bo').types('/freeze', { in: 'acme' })).toMatchObject({
    ok: false,
    status: 401,
    notice: '/freeze failed with the error "dispatch_failed"',
  });
});

test('a slash command carries exactly the fields that Slack documents', async () => {
  const workspace = await aWorkspace();
  await aBot(workspace, (app) => app.command('/freeze', async ({ ack }) => ack()));
  const bo = workspace.person('bo');
  await bo.types('/freeze  ACME-R7 ', { in: 'acme' });

  const fields = Object.fromEntries(new URLSearchParams(bo.lastRequest()?.body));

  expect(Object.keys(fields).sort()).toEqual(
    'api_app_id channel_id channel_name command is_enterprise_install response_url team_domain team_id text token trigger_id user_id user_name'.split(
      ' ',
    ),
  );
  expect(fields).toMatchObject({
    command: '/freeze',
    text: 'ACME-R7',
    user_id: bo.id,
    user_name: 'bo',
    team_id: workspace.teamId,
    channel_id: workspace.channelId('acme'),
    channel_name: 'acme-team',
    is_enterprise_install: 'false',
  });
});

test('when nobody listens the person reads dispatch_failed, when nobody acks operation_timeout', async () => {
  const workspace = await aWorkspace({ ackWithin: 60 });
  const bo = workspace.person('bo');
  expect(await bo.types('/freeze', { in: 'acme' })).toMatchObject({
    notice: '/freeze failed with the error "dispatch_failed"',
  });

  const silent = createServer(() => {});
  await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
  workspace.deliverTo(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
  const answer = await bo.types('/freeze', { in: 'acme' });
  silent.closeAllConnections();
  silent.close();

  expect(answer).toMatchObject({
    ok: false,
    status: 0,
    notice: '/freeze failed with the error "operation_timeout"',
  });
  expect(bo.lastAnswer()).toBe('/freeze failed with the error "operation_timeout"');
});

test('several endpoints take turns', async () => {
  const workspace = await aWorkspace();
  const seen: string[] = [];
  const urls = await Promise.all(
    ['one', 'two'].map(async (name) => {
      const bot = createServer((_request, response) => {
        seen.push(name);
        response.end();
      });
      await new Promise<void>((resolve) => void bot.listen(0, '127.0.0.1', resolve));
      return { url: `http://127.0.0.1:${(bot.address() as AddressInfo).port}`, bot };
    }),
  );
  workspace.deliverTo(urls.map(({ url }) => url));
  for (let time = 0; time < 4; time += 1) await workspace.person('bo').types('/freeze', { in: 'acme' });
  for (const { bot } of urls) {
    bot.closeAllConnections();
    bot.close();
  }

  expect(seen.toSorted()).toEqual(['one', 'one', 'two', 'two']);
});
