import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startBot } from '../../src/app.js';
import { signatureOf } from '../../src/sandbox/slack/delivery/signing.js';
import { changesNothing, hears, told } from '../support/records.js';
import { type Payload, posts, sendsChanged } from '../support/requests.js';
import { registered, resolved } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// Only Slack's own requests count, each once, and only while they are fresh.
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };

describe('a command', () => {
  beforeAll(async () => {
    await registered(world, 'Sent once');
  });

  test('with a forged signature is answered 401 and registers nothing', async () => {
    const answer = await changesNothing(world, () => world.lead.sends({ forged: true }));
    expect(answer.status).toBe(401);
  });

  test('sent again byte for byte is answered 401 and registers nothing twice', async () => {
    await registered(world, 'Replayed');
    const answer = await changesNothing(world, () => world.lead.sends());
    expect(answer.status).toBe(401);
    expect(world.counts('acme-team', /Replayed · registered/)).toBe(1);
  });

  test.each([-301, -3_600, -86_400 * 365, 301, 3_600, 86_400])(
    'rightly signed %s seconds from now is answered 401 and registers nothing',
    async (seconds) => {
      await registered(world, `At the wrong time ${seconds}`);
      const answer = await changesNothing(world, () => world.lead.sends({ seconds }));
      expect(answer.status).toBe(401);
    },
  );

  test.each([-240, 240])('whose clock differs by %s seconds is taken, once', async (seconds) => {
    await registered(world, `Clocks differ by ${seconds}`);
    expect((await world.lead.sends({ seconds })).status).toBe(200);
    await world.settles();
    expect((await changesNothing(world, () => world.lead.sends())).status).toBe(401);
    expect(world.counts('acme-team', new RegExp(`Clocks differ by ${seconds} · registered`))).toBe(2);
  });
});

describe('a request', () => {
  const body = 'command=%2Fincident&text=acme+Forged&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1';
  const now = (): number => Math.floor(Date.now() / 1000);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['without a signature', () => ({ 'x-slack-request-timestamp': String(now()) })],
    [
      'without a timestamp',
      () => ({ 'x-slack-signature': signatureOf(world.workspace.signingSecret, now(), body) }),
    ],
    ['without either', () => ({})],
    ['with a timestamp that is no number', () => signedAt('soon')],
    ['with an endless timestamp', () => signedAt('Infinity')],
    ['with a timestamp and words', () => signedAt(`${now()} or later`)],
    ['with an empty signature', () => ({ ...signedAt(String(now())), 'x-slack-signature': '' })],
    [
      'with a signature of another version',
      () => ({
        ...signedAt(String(now())),
        'x-slack-signature': signedAt(String(now()))['x-slack-signature'].replace('v0=', 'v1='),
      }),
    ],
    [
      'with half a signature',
      () => ({
        ...signedAt(String(now())),
        'x-slack-signature': signedAt(String(now()))['x-slack-signature'].slice(0, 30),
      }),
    ],
  ])('%s is answered 401', async (_, headers) => {
    expect(await changesNothing(world, () => posts(world, { ...form, ...headers() }, body))).toBe(401);
  });

  const signedAt = (timestamp: string) => ({
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signatureOf(world.workspace.signingSecret, timestamp as unknown as number, body),
  });

  test('whose body was changed on the way is answered 401', async () => {
    const headers = { ...form, ...signedAt(String(now())) };
    expect(await changesNothing(world, () => posts(world, headers, body.replace('Forged', 'Changed')))).toBe(
      401,
    );
  });

  test('that is enormous or no form at all is refused without an answer of substance', async () => {
    const large = await posts(world, { ...form, ...signedAt(String(now())) }, 'x'.repeat(2_000_000));
    expect([400, 401, 413]).toContain(large);
  });
});

describe('a click', () => {
  test('sent again is done once, and the other is answered 401', async () => {
    const id = await resolved(world, 'Clicked once');
    await world.client.clicks('Authorise', { in: 'acme-shared', message: new RegExp(`^May ${id}`) });
    await world.settles();
    const answer = await changesNothing(world, () => world.client.sends());

    expect(answer.status).toBe(401);
    expect(await told(world, id, /^authorised it/)).toBe(1);
  });

  test('of another bot process on the same MongoDB is refused there too', async () => {
    await registered(world, 'Two processes');
    const other = await startBot(world.environment, world.house, { clock: world.clock, sweepEvery: 60_000 });
    try {
      world.workspace.deliverTo(`${other.url}/slack/events`);
      const answer = await changesNothing(world, () => world.lead.sends());
      expect(answer.status).toBe(401);
    } finally {
      world.workspace.deliverTo(`${world.bot.url}/slack/events`);
      await other.stop();
    }
  });

  test('that does not say which organisation its person belongs to does nothing, and says so', async () => {
    const id = await resolved(world, 'Of no organisation');
    await world.client.clicks('Comment', { in: 'acme-shared', message: new RegExp(`^May ${id}`) });
    await world.client.closesModal();
    const press = () =>
      sendsChanged(world, world.client, ({ user, actions, ...rest }) => {
        const { team_id: _, ...known } = user as Record<string, unknown>;
        const [action] = actions as Record<string, unknown>[];
        const value = authoriseValue(id);
        return { ...rest, user: known, actions: [{ ...action, action_id: 'incident.authorise', value }] };
      });
    const heard = await changesNothing(world, () => hears(world, world.client, 'acme-shared', press));

    expect(heard).toBe('Slack did not say which organisation you belong to, so nothing was done.');
  });

  test('from another organisation with the same user id counts for nothing', async () => {
    const id = await resolved(world, 'The right user of the wrong team');
    await world.client.clicks('Comment', { in: 'acme-shared', message: new RegExp(`^May ${id}`) });
    await world.client.closesModal();
    const press = () =>
      sendsChanged(world, world.client, ({ user, actions, ...rest }) => {
        const [action] = actions as Record<string, unknown>[];
        const changed = { ...action, action_id: 'incident.authorise', value: authoriseValue(id) };
        return { ...rest, user: { ...(user as object), team_id: 'TELSEWHERE' }, actions: [changed] };
      });
    const heard = await changesNothing(world, () => hears(world, world.client, 'acme-shared', press));

    expect(heard).toContain('Only people who decide for Acme can do this: Ana or Raj.');
  });

  const authoriseValue = (id: string): string => {
    const message = world.workspace.messages('acme-shared').find(({ text }) => text.startsWith(`May ${id}`));
    return /"value":"([^"]+\|[^"]+)"/.exec(JSON.stringify(message?.blocks))?.[1] ?? '';
  };
});

describe('a submitted form', () => {
  test('is decided by whoever submits it, not by whoever opened it', async () => {
    const id = await resolved(world, 'Sent back by somebody else');
    await world.client.clicks('Send back…', { in: 'acme-shared', message: new RegExp(`^May ${id}`) });
    await world.client.submits({ 'What is not right yet?': ' ' });
    const filled = (user: object) => (payload: Payload) => ({
      ...payload,
      user: { ...(payload.user as object), ...user },
      view: {
        ...(payload.view as object),
        state: { values: { reason: { reason: { type: 'plain_text_input', value: 'Nothing of it' } } } },
      },
    });
    const { id: user, teamId } = world.stranger;
    await changesNothing(world, () =>
      sendsChanged(world, world.client, filled({ id: user, team_id: teamId })),
    );
    expect(await told(world, id, /^sent it back/)).toBe(0);

    await sendsChanged(world, world.client, filled({ id: world.client.id, team_id: world.client.teamId }));
    await world.settles();
    expect(await told(world, id, /^sent it back: Nothing of it/)).toBe(1);
    await world.client.closesModal();
  });

  test('with metadata that cannot be read is refused in words', async () => {
    await world.dev.types('/incident', team);
    await world.dev.submits({ Title: 'Its form is sent again' });
    await world.settles();
    const answer = await changesNothing(world, () =>
      sendsChanged(world, world.dev, (payload) => ({
        ...payload,
        view: {
          ...(payload.view as object),
          callback_id: 'incident.comment',
          private_metadata: '{not json',
          state: { values: {} },
        },
      })),
    );

    expect(answer.status).toBe(200);
  });
});
