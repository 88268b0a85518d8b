import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { BotProcess } from '../../src/sandbox/bot-process.js';
import { aFrozenRelease, aProcessWorld, eventually, type ProcessWorld } from '../support/processes.js';

// A test starts several processes, which takes its time on a busy machine.
jest.setTimeout(90_000);

const [team, shared] = [{ in: 'acme-team' }, { in: 'acme-shared' }];
const [hour, minute] = [3_600_000, 60_000];
const acked = (answer: { ok: boolean; notice?: string }): void =>
  expect({ ok: answer.ok, notice: answer.notice }).toEqual({ ok: true, notice: undefined });

// The walk with two bots on one MongoDB, which take turns at Slack's requests; one is killed in the middle.
describe.each([
  ['on one host', 'one', 'one'],
  ['on two hosts', 'one', 'two'],
])('two bots %s', (_, firstHost, secondHost) => {
  let world: ProcessWorld;
  let first: BotProcess;
  let second: BotProcess;
  beforeAll(async () => {
    world = await aProcessWorld();
    [first, second] = await Promise.all([world.startsBot(firstHost), world.startsBot(secondHost)]);
    world.delivers(first, second);
  });
  afterAll(async () => {
    await world?.ends();
  });
  const said = (channel: string, pattern: RegExp) => world.sees(channel, pattern).then(({ text }) => text);

  test('give out each number once, also at once', async () => {
    const titles = ['The invoice total is wrong', 'Exports carry the VAT rate', 'The login text'];
    const answers = await Promise.all(
      titles.map((title) => world.lead.types(`/incident acme ${title}`, team)),
    );

    const ids = answers.map(({ text = '' }) => /^ACME-\d+/.exec(text)?.[0]);
    expect(ids.toSorted()).toEqual(['ACME-1', 'ACME-2', 'ACME-3']);
    for (const id of ids) await said('acme-shared', new RegExp(`^${id} is registered`));
  });

  test('bring an incident to its go-ahead; of two clicks at once one decides', async () => {
    await world.dev.clicks('Work on it', { ...team, message: /^ACME-1 · / });
    acked(
      await world.dev.submits({
        'Further requirements that are met': 'It works',
        'Test document': 'Tried by hand',
      }),
    );
    await said('acme-shared', /^May ACME-1 go live/);
    await world.client.clicksTwice('Authorise', { ...shared, message: /^May ACME-1/ });

    await said('acme-shared', /^ACME-1 is authorised/);
    expect((await world.record('ACME-1'))?.did.filter((did) => did.startsWith('authorised'))).toHaveLength(1);
  });

  test('make one release of it, agree its date, walk the checklist and freeze', async () => {
    const created = await Promise.all([
      world.lead.types('/release new acme ACME-1', team),
      world.lead.types('/release new acme ACME-1', team),
    ]);
    expect(await world.recorded('releases')).toBe(1);
    const [id = ''] = created.flatMap(({ text = '' }) => /^ACME-R\d+(?= is created)/.exec(text) ?? []);
    acked(await world.lead.types(`/release propose ${id} in 2 hours`, team));
    await world.sees('acme-shared', new RegExp(`^Release ${id}: is`));
    acked(await world.client.clicks('Accept', { ...shared, message: new RegExp(`^Release ${id}:`) }));
    acked(await world.lead.types(`/checklist ${id}`, team));
    await world.dev.clicks('Yes', { ...team, message: /^Checklist of .* compared/ });
    acked(await world.dev.submits({ Evidence: 'Nothing differs' }));
    for (const item of ['Does everybody', 'Can it be']) {
      await world.sees('acme-team', new RegExp(`^Checklist of ${id}: ${item}`));
      acked(await world.lead.clicks('Yes', { ...team, message: new RegExp(`^Checklist of ${id}: ${item}`) }));
    }
    acked(await world.lead.types(`/freeze ${id}`, team));

    await said('acme-team', new RegExp(`^${id} · frozen`));
    expect(await world.doubles()).toEqual([]);
  });

  test('deploy it once, though one of them is killed while the script runs', async () => {
    await world.holdsDeployments();
    void world.later(2 * hour + minute, first, second);
    const { text } = await world.sees('acme-team', /^ACME-R\d is being deployed · step 3 of 4/);
    const [id = ''] = /^ACME-R\d/.exec(text) ?? [];
    const onFirst = (await world.attemptNote(`${id}-1`, 'process', firstHost)) !== '';
    const [killed, left] = onFirst ? [first, second] : [second, first];
    await world.kills(killed);
    world.delivers(left);
    await world.letsDeploymentsGo();
    await eventually('the script ends', async () => (await world.deployments())[0]);
    const host = onFirst ? firstHost : secondHost;
    // On one host the other bot takes over; another host cannot look into it and waits for this one.
    if (firstHost === secondHost) await said('acme-team', /^ACME-R\d, attempt 1 \(deploy\) succeeded/);
    else expect(await world.record(id)).toMatchObject({ status: 'deploying' });
    [first, second] = [left, await world.startsBot(host)];
    world.delivers(first, second);

    await said('acme-team', /^ACME-R\d, attempt 1 \(deploy\) succeeded/);
    expect(await world.deployments()).toEqual([`${id} attempt 1`]);
  });

  test('check production once at each time, and hand over', async () => {
    await said('acme-team', /checked at once: the probe passes/);
    await world.later(11 * minute, first, second);
    await said('acme-shared', /live since .*checked until/);
    acked(await world.dev.types('/incident component ACME-1 billing.dll 4.1 to 4.2', team));
    const { text } = await world.sees('acme-team', /^ACME-R\d · live/);
    const [id = ''] = /^ACME-R\d/.exec(text) ?? [];
    await world.lead.types(`/release notes ${id}`, team);
    acked(await world.lead.submits({}));

    await said('acme-team', new RegExp(`^${id} · closed`));
    await said('acme-team', /^ACME-1 · .* closed with/);
    expect(world.counts('acme-team', /checked at once/)).toBe(1);
    expect(world.counts('acme-team', /checked after the bake/)).toBe(1);
  });

  test('posted, recorded and deployed nothing twice on the whole way', async () => {
    await world.workspace.waitFor(
      () => world.workspace.messages('acme-shared').some(({ files }) => files.length > 0),
      { what: 'the notes as a file' },
    );
    expect(await world.doubles()).toEqual([]);
    const logs = world.workspace.messages('acme-team').flatMap(({ files }) => files.map(({ name }) => name));
    expect(logs).toHaveLength(1);
    expect(world.workspace.messages('acme-team').filter(({ pinned }) => pinned)).toHaveLength(1);
  });
});

test('an attempt of a host that stays silent is lost, and a human is asked', async () => {
  const world = await aProcessWorld({ hostPatience: 1_000 });
  try {
    const gone = await world.startsBot('one');
    const { release } = await aFrozenRelease(world, 'The invoice total is wrong');
    await world.holdsDeployments();
    void world.later(2 * hour + minute, gone);
    await world.sees('acme-team', new RegExp(`^${release} is being deployed · step 3 of 4`));
    const other = await world.startsBot('two');
    await world.later(minute, other);
    expect(await world.record(release)).toMatchObject({ status: 'deploying' });

    await world.kills(gone);
    await world.sees('acme-team', new RegExp(`^Nobody can tell how ${release}, attempt 1 .*does not answer`));
    expect(await world.doubles()).toEqual([]);
  } finally {
    await world.ends();
  }
});
