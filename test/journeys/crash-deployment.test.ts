import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { BotProcess } from '../../src/sandbox/bot-process.js';
import {
  aFrozenRelease,
  aProcessWorld,
  eventually,
  isThere,
  type ProcessWorld,
} from '../support/processes.js';
import type { Write } from '../support/wiretap.js';

// A test starts several processes, which takes its time on a busy machine.
jest.setTimeout(90_000);

// The second half of crash.test.ts: the bot dies by SIGKILL while it deploys, checks and hands over.
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

const team = { in: 'acme-team' };
const [hour, minute] = [3_600_000, 60_000];
const said = (channel: string, pattern: RegExp) => world.sees(channel, pattern).then(({ text }) => text);
const acked = (answer: { ok: boolean; notice?: string }): void =>
  expect({ ok: answer.ok, notice: answer.notice }).toEqual({ ok: true, notice: undefined });

/** The bot dies at the moment after this write took effect. */
const diesAfter = (write: Write): void =>
  world.tap.catchNext(write, 'after', () => void process.kill(bot.pid, 'SIGKILL'));
async function diesAndReturns(): Promise<void> {
  await world.kills(bot);
  bot = await world.startsBot();
}
/** The agreed time comes. What follows is not waited for. */
const theTimeComes = (): void => void world.later(2 * hour + minute, bot);

describe('a deployment', () => {
  let incident = '';
  test('starts once although the bot dies between claim and start, and again just before it runs', async () => {
    ({ incident } = await aFrozenRelease(world, 'The invoice total is wrong'));
    await world.holdsDeployments();
    diesAfter({ command: 'update', collection: 'releases', value: 'claimed' });
    theTimeComes();
    await bot.ended;
    expect(await world.attemptNote('ACME-R1-1', 'output.log')).toBe('');
    diesAfter({ command: 'update', collection: 'releases', value: 'running' });
    bot = await world.startsBot();
    await bot.ended;
    expect(await world.attemptNote('ACME-R1-1', 'output.log')).toBe('');

    bot = await world.startsBot();
    await said('acme-team', /^ACME-R1 is being deployed · step 3 of 4/);
  });

  test('goes on when the bot dies, and is taken up where it is', async () => {
    const edits = world.workspace.calls('chat.update').length;
    await diesAndReturns();

    await world.workspace.waitFor(() => world.workspace.calls('chat.update').slice(edits).some(isProgress), {
      what: 'the progress to be shown by the bot that came later',
    });
    expect(await world.attemptNote('ACME-R1-1', 'code')).toBe('');
  });

  test('that ended while the bot was dead is shown with its end, and with its whole log', async () => {
    await world.kills(bot);
    await world.letsDeploymentsGo();
    await eventually(
      'the script ends',
      async () => (await world.attemptNote('ACME-R1-1', 'code')) || undefined,
    );
    expect(await world.deployments()).toEqual(['ACME-R1 attempt 1']);
    bot = await world.startsBot();

    await said('acme-team', /^ACME-R1, attempt 1 \(deploy\) succeeded/);
    await said('acme-team', /ACME-R1 checked at once: the probe passes/);
    expect(filesIn('acme-team')).toEqual(['ACME-R1-1.log']);
  });

  test('is baked and goes live although the bot dies at its look at production', async () => {
    diesAfter({ command: 'update', collection: 'releases', value: 'after the bake' });
    await world.later(11 * minute, bot);
    await bot.ended;
    bot = await world.startsBot();

    await said('acme-shared', /^ACME-R1: live since .*checked until/);
    await said('acme-team', /ACME-R1 checked after the bake: the probe passes/);
  });

  test('is handed over although the bot dies after every act', async () => {
    acked(await world.dev.types(`/incident component ${incident} billing.dll 4.1 to 4.2`, team));
    await diesAndReturns();
    await world.lead.types('/release notes ACME-R1', team);
    acked(await world.lead.submits({}));
    await diesAndReturns();

    await said('acme-team', /^ACME-R1 · closed/);
    await said('acme-team', new RegExp(`^${incident} · .* closed with ACME-R1`));
    await world.workspace.waitFor(() => filesIn('acme-shared').includes('ACME-R1-notes.md'), {
      what: 'the notes as a file',
    });
    expect((await world.lead.types('/freeze', team)).text).toContain('acme/staging is open');
  });
});

describe('trouble', () => {
  test('a deployment that died together with the bot is unknown; a human is asked, and on-call is called', async () => {
    await aFrozenRelease(world, 'Exports carry the VAT rate');
    await world.holdsDeployments();
    theTimeComes();
    const script = await eventually('the script runs', async () => {
      const note = await world.attemptNote('ACME-R2-1', 'process');
      return note === '' ? undefined : Number(note.split(' ')[0]);
    });
    process.kill(bot.pid, 'SIGKILL');
    process.kill(-script, 'SIGKILL');
    await bot.ended;
    await eventually('the script is gone', async () => (isThere(-script) ? undefined : true));
    await world.letsDeploymentsGo();
    bot = await world.startsBot();

    await said('acme-team', /^Nobody can tell how ACME-R2, attempt 1 \(deploy\) ended/);
    await said('acme-team', /^ACME-R2 · needs a human/);
    await said('acme-shared', /^ACME-R2: going live takes longer than planned/);
    await said('on-call', /^Alert\. ACME-R2: Nobody can tell how attempt 1 ended.*Called: Ola/);
    expect(await world.deployments()).toEqual(['ACME-R1 attempt 1']);
  });

  test('the alert stands once through a death; acknowledged, it stays with whom it is', async () => {
    acked(await world.onCall.clicks('Acknowledge', { in: 'on-call', message: /^Alert\. ACME-R2/ }));
    await diesAndReturns();
    await world.later(30 * minute, bot);

    await said('on-call', /^Alert\. ACME-R2: .*Acknowledged by Ola/);
    expect(world.counts('on-call', /^Alert\. ACME-R2/)).toBe(1);
    expect(world.counts('on-call', /then Kim/)).toBe(0);
  });

  test('the human says how it ended, though the bot dies; nothing was deployed, so it is deployed again, once', async () => {
    await world.onCall.clicks('Say how it ended', { ...team, message: /^Nobody can tell how ACME-R2/ });
    diesAfter({ command: 'update', collection: 'releases', value: 'failed' });
    const unanswered = await world.onCall.submits({
      'The attempt': 'did not: production is as before, or half way',
      'How you know': 'Production shows the old total',
    });
    expect(unanswered.ok).toBe(false);
    await bot.ended;
    bot = await world.startsBot();
    await said(
      'acme-team',
      /^ACME-R2, attempt 1 \(deploy\) failed .* Ola saw: Production shows the old total/,
    );

    acked(await world.lead.clicks('Deploy again', { ...team, message: /^ACME-R2, attempt 1/ }));
    await diesAndReturns();
    await said('acme-team', /^ACME-R2, attempt 2 \(deploy\) succeeded/);
    expect(await world.deployments()).toEqual(['ACME-R1 attempt 1', 'ACME-R2 attempt 2']);
  });

  test('a failed check raises one alert though the bot dies with it; it escalates, and is over once production is well', async () => {
    const page = join(world.acme.folder, 'production', 'index.html');
    const well = await readFile(page, 'utf8');
    await said('acme-team', /ACME-R2 checked at once/);
    await writeFile(page, 'nothing here');
    diesAfter({ command: 'update', collection: 'releases', value: 'after the bake' });
    await world.later(11 * minute, bot);
    await bot.ended;
    bot = await world.startsBot();
    await said('on-call', /^Alert\. ACME-R2: home page .*Called: Ola\./);

    await world.kills(bot);
    await world.later(11 * minute);
    bot = await world.startsBot();
    await said('on-call', /^Alert\. ACME-R2: home page .*Called: Ola, then Kim\./);

    await writeFile(page, well);
    acked(await world.dev.clicks('Check again', { in: 'on-call', message: /^Alert\. ACME-R2: home page/ }));
    await diesAndReturns();
    await said('on-call', /^ACME-R2: home page .*Over at/);
    await said('acme-shared', /^ACME-R2: live since .*checked until/);
    expect(world.counts('on-call', /home page/)).toBe(1);
  });
});

const isProgress = ({ arguments: given }: { arguments: Readonly<Record<string, unknown>> }): boolean =>
  String(given['text']).startsWith('ACME-R1 is being deployed');

function filesIn(channel: string): string[] {
  return world.workspace.messages(channel).flatMap(({ files }) => files.map(({ name }) => name));
}
