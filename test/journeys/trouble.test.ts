import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { authorised, prepared } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// The other half of the story: production answers 500 after the release. Each test is the next page.
let world: World;
beforeAll(async () => {
  world = await aWorld({ failVerification: true });
});
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };
const onCall = { in: 'on-call', message: /^Alert\. ACME-R1/ };
const alert = (): string => world.reads('on-call', /ACME-R1: home page/) ?? '';
const alertBlocks = (): string =>
  JSON.stringify(world.workspace.messages('on-call').findLast(({ text }) => text === alert())?.blocks);
const heard = (person: 'onCall' | 'dev'): string[] => world[person].sees('dm').map(({ text }) => text);

test('a failed check alerts who is on call, in the channel and in person', async () => {
  await prepared(world, await authorised(world, 'The invoice total is wrong'));
  await world.lead.types('/freeze ACME-R1', team);
  await world.later({ days: 2, hours: 8 });

  expect(world.reads('acme-team', /ACME-R1 checked at once/)).toMatch(/home page .*500.*, 3 of 3 tries/);
  expect(alert()).toMatch(/^Alert\. ACME-R1: home page .*500/);
  expect(alert()).toContain(
    'Expected: home page answers 200 with "Acme invoices". Called: Ola. Escalates at 20:10',
  );
  expect(alertBlocks()).toContain('no good answer since the deployment');
  expect(heard('onCall')).toEqual([alert()]);
  expect(heard('dev')).toEqual([]);
});

test('the board waits for the one who was called, and the client still reads that it is being checked', async () => {
  expect(world.reads('acme-team', /^ACME-R1 · verifying/)).toMatch(/Next: the alert: home page .* \(Ola\)/);
  expect(world.reads('acme-shared', /^ACME-R1: live since/)).toContain('and being checked');
});

test('nobody acknowledges: it escalates along the rota, and begins again at its end', async () => {
  await world.later({ minutes: 9 });
  expect(alert()).toContain('Called: Ola. Escalates at 20:10');
  await world.later({ minutes: 1 });
  expect(alert()).toContain('Called: Ola, then Kim. Escalates at 20:20');
  expect(heard('dev')).toEqual([alert()]);

  await world.later({ minutes: 10 });
  expect(alert()).toContain('Called: Ola, then Kim, then Ola. Escalates at 20:30');
  expect(world.counts('on-call', /ACME-R1: home page/)).toBe(1);
});

test('acknowledged: the escalation stops, visibly, and a second hand is told whose it is', async () => {
  const before = world.workspace.messages('on-call').find(({ text }) => text === alert());
  if (before === undefined) throw new Error('there is no alert');
  await world.dev.clicks('Acknowledge', onCall);
  await world.later({ minutes: 30 });

  expect(alert()).toContain('Acknowledged by Kim, 20:20. It does not escalate any more.');
  expect(alert()).not.toContain('Escalates');
  expect(alertBlocks()).not.toContain('verification.acknowledge');
  expect(heard('onCall')).toEqual([alert()]);
  await world.onCall.clicksStale(before, 'Acknowledge');
  await world.workspace.waitFor(() => world.onCall.lastAnswer() === 'Kim has this alert already.', {
    what: 'whose alert it is',
  });
});

test('checked again and still broken: it counts in the same message', async () => {
  await world.onCall.clicks('Check again', onCall);
  await world.settles();
  await world.onCall.clicks('Check again', onCall);
  await world.settles();

  expect(alert()).toContain('since 20:00, 3 times');
  expect(world.counts('acme-team', /ACME-R1 checked again/)).toBe(2);
  expect(world.counts('on-call', /ACME-R1: home page/)).toBe(1);
  expect(alert()).toContain('Acknowledged by Kim');
});

test('it is rolled back: production is as before, the alert is over, and the client reads it first', async () => {
  await world.onCall.clicks('Roll back…', onCall);
  await world.onCall.submits({ Why: 'The home page answers 500' });
  await world.settles();

  expect(await readFile(join(world.acme.folder, 'production', 'version.txt'), 'utf8')).toBe('4.1\n');
  expect(world.reads('acme-team', /^ACME-R1 · rolled back/)).toContain('Why: The home page answers 500');
  expect(alert()).toMatch(/Over at 20:50/);
  expect(alertBlocks()).not.toContain('"button"');
  expect(world.reads('acme-shared', /^ACME-R1: taken back at/)).toContain('nothing of it is live');
  expect(await readFile(join(world.acme.folder, 'deployments.log'), 'utf8')).toBe(
    'ACME-R1 attempt 1\nrolled back ACME-R1\n',
  );
});

test('its incident is free for another release, and staging thaws', async () => {
  expect(world.reads('acme-team', /^ACME-1 · /)).toContain('authorised');
  expect(await world.gate('acme', 'staging')).toMatchObject({ open: true });
  const refused = await world.lead.types('/release rollback ACME-R1 once more', team);
  expect(refused.text).toContain('ACME-R1 is rolled back');
});

test('the team is asked what it taught; a developer writes it down, a release manager takes it in', async () => {
  expect(world.reads('acme-team', /What did it teach\?/)).toMatch(/^ACME-R1 had trouble: home page .*500/);
  await world.dev.clicks('Record a lesson…', { ...team, message: /What did it teach/ });
  await world.dev.submits({
    'What went wrong in ACME-R1': 'nobody had opened the home page',
    'What should the checklist ask next time?': 'Was the home page opened on staging?',
  });
  await world.settles();
  await world.dev.clicks('Into the checklist', team);
  await world.workspace.waitFor(() => /release manager/.test(world.dev.lastAnswer() ?? ''), {
    what: 'who may take it in',
  });
  expect(world.reads('acme-team', /^ACME-L1, from ACME-R1/)).toContain('waits for a release manager');

  await world.lead.clicks('Into the checklist', team);
  await world.settles();
  expect(world.reads('acme-team', /^ACME-L1, from ACME-R1/)).toContain('accepted into the checklist by Bo');
  expect(world.reads('acme-team', /^ACME-R1 had trouble/)).toContain(
    'Was the home page opened on staging? (accepted)',
  );
});

test('the next release is asked, and told where the question comes from', async () => {
  await prepared(world, 'ACME-1', '11 March 8pm');

  expect(world.reads('acme-team', /^Checklist of ACME-R2: Was the home page opened/)).toContain(
    'From ACME-R1: nobody had opened the home page.',
  );
});

test('answered no, it blocks the freeze and says by whom', async () => {
  await world.dev.clicks('No…', { ...team, message: /^Checklist of ACME-R2: Was the home page/ });
  await world.dev.submits({ Why: 'Staging was down' });
  await world.settles();

  const blocked = await world.lead.types('/freeze ACME-R2', team);
  expect(blocked.text).toContain(
    'Was the home page opened on staging? was answered no: Staging was down (Kim)',
  );
  expect(await world.gate('acme', 'staging')).toMatchObject({ open: true });
});

test('a freeze all the same wants a reason, which is announced', async () => {
  await world.lead.types('/freeze ACME-R2 because the page was opened on a laptop', team);
  await world.settles();

  expect(await world.gate('acme', 'staging')).toMatchObject({ open: false, heldBy: 'ACME-R2' });
  expect(world.reads('acme-team', /^Bo froze acme\/staging/)).toContain(
    'although something was missing: the page was opened on a laptop',
  );
  const board = world.workspace.messages('acme-team').findLast(({ text }) => /^ACME-R2 · frozen/.test(text));
  expect(JSON.stringify(board?.blocks)).toContain(
    'frozen although something was missing: the page was opened',
  );
});

test('what the question has caught is counted, and told to the release after', async () => {
  await world.lead.types('/release cancel ACME-R2 the client changed its mind', team);
  await world.settles();
  await prepared(world, 'ACME-1', '18 March 8pm');

  expect(world.reads('acme-team', /^Checklist of ACME-R3: Was the home page opened/)).toContain(
    'Caught 1 since.',
  );
});
