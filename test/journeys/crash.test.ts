import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { BotProcess } from '../../src/sandbox/bot-process.js';
import { aProcessWorld, type ProcessWorld } from '../support/processes.js';
import type { Write } from '../support/wiretap.js';

// A test starts several processes, which takes its time on a busy machine.
jest.setTimeout(90_000);

// The bot is a process, and dies by SIGKILL at each step until staging is frozen (crash-deployment.test.ts goes on). Nothing that was acked is lost, nothing is doubled.
let world: ProcessWorld;
let bot: BotProcess;
beforeAll(async () => {
  world = await aProcessWorld();
  bot = await world.startsBot();
});
afterEach(async () => {
  expect(await world.doubles()).toEqual([]);
});
afterAll(async () => {
  await world?.ends();
});

const [team, shared] = [{ in: 'acme-team' }, { in: 'acme-shared' }];

/** Kills the bot at the moment this write passes. */
const diesAt = (write: Write, when: 'before' | 'after'): void =>
  world.tap.catchNext(write, when, () => void process.kill(bot.pid, 'SIGKILL'));

/** Kills the bot and starts it again. */
async function diesAndReturns(): Promise<void> {
  await world.kills(bot);
  bot = await world.startsBot();
}

const said = (channel: string, pattern: RegExp) => world.sees(channel, pattern).then(({ text }) => text);
const acked = (answer: { ok: boolean; notice?: string }): void =>
  expect({ ok: answer.ok, notice: answer.notice }).toEqual({ ok: true, notice: undefined });

describe('an incident', () => {
  test('of a bot that died before it was recorded is not there at all, and can be registered again', async () => {
    diesAt({ command: 'insert', collection: 'incidents' }, 'before');
    const unanswered = await world.lead.types('/incident acme Never recorded', team);
    expect(unanswered.ok).toBe(false);
    await diesAndReturns();
    expect(await world.recorded('incidents')).toBe(0);

    acked(await world.lead.types('/incident acme The invoice total is wrong', team));
    expect(await world.recorded('incidents')).toBe(1);
    await said('acme-shared', /^ACME-\d is registered: The invoice/);
    expect(world.counts('acme-team', /Never recorded/)).toBe(0);
  });

  test('that was recorded and not acked is wholly there, with both its messages', async () => {
    diesAt({ command: 'insert', collection: 'incidents' }, 'after');
    const unanswered = await world.lead.types('/incident acme Exports carry the VAT rate', team);
    expect(unanswered.ok).toBe(false);
    await diesAndReturns();

    await said('acme-team', /^ACME-\d · Exports carry the VAT rate · registered/);
    await said('acme-shared', /^ACME-\d is registered: Exports/);
    expect(await world.recorded('incidents')).toBe(2);
  });

  test('that was acked a moment before the bot died is announced when it is back', async () => {
    acked(await world.lead.types('/incident acme The login text', team));
    await diesAndReturns();

    await said('acme-team', /^ACME-\d · The login text · registered/);
    await said('acme-shared', /^ACME-\d is registered: The login text/);
  });
});

describe('a message', () => {
  test.each([
    ['had reached Slack when the bot died is found again, not posted again', true],
    ['did not reach Slack when the bot died is posted when it is back', false],
  ])('that %s', async (words, afterDoing) => {
    world.workspace.dropNext({ method: 'chat.postMessage', afterDoing });
    const before = world.workspace.calls('chat.postMessage').length;
    acked(await world.lead.types(`/incident acme ${words.slice(0, 30)}`, team));
    await world.workspace.waitFor(() => world.workspace.calls('chat.postMessage').length > before, {
      what: 'the dropped call',
    });
    await diesAndReturns();

    await said('acme-shared', new RegExp(`is registered: ${words.slice(0, 30)}`));
    expect(world.counts('acme-team', new RegExp(`· ${words.slice(0, 30)} · registered`))).toBe(1);
  });
});

describe('a click', () => {
  test('that was recorded and not acked counts, and a second click hears of the first', async () => {
    const [id = ''] = /^ACME-\d/.exec(await said('acme-team', /^ACME-\d · The invoice/)) ?? [];
    await world.dev.clicks('Work on it', { ...team, message: /^ACME-\d · The invoice/ });
    acked(
      await world.dev.submits({
        'Further requirements that are met': 'Totals include discounts',
        'Test document': 'Tried by hand',
      }),
    );
    await diesAndReturns();
    await said('acme-shared', new RegExp(`^May ${id} go live`));

    const asked = world.workspace.messages('acme-shared').find(({ text }) => text.startsWith(`May ${id}`));
    diesAt({ command: 'update', collection: 'incidents', value: 'authorised' }, 'after');
    const unanswered = await world.client.clicks('Authorise', { ...shared, message: /^May ACME-\d/ });
    expect(unanswered.ok).toBe(false);
    await diesAndReturns();

    await said('acme-shared', new RegExp(`^${id} is authorised`));
    if (asked === undefined) throw new Error('the client was not asked');
    const again = await world.client.clicksStale(asked, 'Authorise');
    acked(again);
    await world.workspace.waitFor(() => /authorised by Ana already/.test(world.client.lastAnswer() ?? ''), {
      what: 'the words to the second click',
    });
    expect((await world.record(id))?.did.filter((did) => /authorised/.test(did))).toHaveLength(1);
  });
});

describe('a release', () => {
  test('comes to an agreed date although the bot dies after every act', async () => {
    const [id = ''] = /^ACME-\d/.exec(await said('acme-team', /^ACME-\d · The invoice/)) ?? [];
    acked(await world.lead.types(`/release new acme ${id}`, team));
    await diesAndReturns();
    await said('acme-team', new RegExp(`^${id} .* scheduled in ACME-R1`));
    acked(await world.lead.types('/release propose ACME-R1 in 2 hours', team));
    await diesAndReturns();
    await world.sees('acme-shared', /^Release ACME-R1/);
    acked(await world.client.clicks('Accept', { ...shared, message: /^Release ACME-R1/ }));
    await diesAndReturns();

    await said('acme-team', /^ACME-R1 · agreed/);
    await said('acme-shared', /^ACME-R1: agreed/);
    expect(world.workspace.messages('acme-team').filter(({ pinned }) => pinned)).toHaveLength(1);
  });

  test('keeps its answers and its freeze through deaths; the gate is closed', async () => {
    acked(await world.lead.types('/checklist ACME-R1', team));
    await diesAndReturns();
    await world.dev.clicks('Yes', { ...team, message: /compared/ });
    acked(await world.dev.submits({ Evidence: 'Nothing differs' }));
    await diesAndReturns();
    await world.sees('acme-team', /^Checklist of ACME-R1: Does everybody/);
    acked(await world.lead.clicks('Yes', { ...team, message: /^Checklist of ACME-R1: Does/ }));
    await world.sees('acme-team', /^Checklist of ACME-R1: Can it/);
    acked(await world.lead.clicks('Yes', { ...team, message: /^Checklist of ACME-R1: Can/ }));
    acked(await world.lead.types('/freeze ACME-R1', team));
    await diesAndReturns();

    await said('acme-team', /^ACME-R1 · frozen/);
    const frozen = await world.lead.types('/freeze', team);
    expect(frozen.text).toContain('acme/staging is frozen for ACME-R1 (Bo');
    expect((await world.record('ACME-R1'))?.did.filter((did) => did.startsWith('answered'))).toHaveLength(3);
  });
});
