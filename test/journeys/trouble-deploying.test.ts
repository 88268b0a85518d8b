import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { agreed, authorised, prepared } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// What can go wrong while a release is deployed. Each test is the next page.
let world: World;
beforeAll(async () => {
  world = await aWorld();
  good = await readFile(join(world.acme.folder, 'deploy.sh'), 'utf8');
});
afterAll(async () => {
  await world?.ends();
});

let good = '';
const team = { in: 'acme-team' };
const endless = 'echo "[1/2] wait for ever"\nwhile :; do sleep 0.05; done';
const scriptIs = (lines: string): Promise<void> =>
  writeFile(join(world.acme.folder, 'deploy.sh'), lines.startsWith('#!') ? lines : `#!/bin/sh\n${lines}\n`);
const deployments = (): Promise<string> =>
  readFile(join(world.acme.folder, 'deployments.log'), 'utf8').catch(() => '');
const attempt = (number: number): string | undefined =>
  world.reads('acme-team', new RegExp(`^ACME-R1, attempt ${number} `));

/** Waits until a deployment runs; what follows from its end is still to come. */
const runs = (id: string) =>
  world.workspace.waitFor(
    () => world.reads('acme-team', new RegExp(`^${id} is being deployed · step 1 of 2`)),
    {
      what: `${id} being deployed`,
      within: 10_000,
    },
  );

test('a running deployment is stopped by hand: the script ends, a human is asked, on-call is called', async () => {
  await prepared(world, await authorised(world, 'The invoice total is wrong'));
  await world.lead.types('/freeze ACME-R1', team);
  await scriptIs(endless);
  world.clock.forward({ days: 2, hours: 8 });
  const settled = world.settles();
  await runs('ACME-R1');
  const stopped = await world.onCall.types('/release stop ACME-R1', team);
  await settled;
  await world.settles();

  expect(stopped.text).toBe('ACME-R1 is being stopped.');
  expect(attempt(1)).toMatch(
    /^ACME-R1, attempt 1 \(deploy\) failed after .*, stopped by Ola\. Somebody has to decide/,
  );
  expect(world.reads('acme-team', /^ACME-R1 · needs a human/)).toContain(
    'Attempt 1 (deploy) failed: stopped by Ola.',
  );
  expect(world.reads('on-call', /^Alert\. ACME-R1/)).toContain('Called: Ola');
  expect(world.reads('acme-shared', /^ACME-R1: going live/)).toContain('takes longer than planned');
  expect(await deployments()).toBe('');
});

test('what does not run cannot be stopped', async () => {
  const refused = await world.lead.types('/release stop ACME-R1', team);

  expect(refused.text).toContain('nothing of it is running that could be stopped');
});

test('a script that fails says with what code, and its log is there', async () => {
  await scriptIs('echo "no room on the disk"; exit 7');
  await world.lead.clicks('Deploy again…', { ...team, message: /^ACME-R1, attempt 1/ });
  await world.settles();

  expect(attempt(2)).toContain('failed after 0 s, exit code 7. Somebody has to decide');
  expect(attempt(1)).not.toContain('Somebody has to decide');
  expect(world.counts('on-call', /^Alert\. ACME-R1: Attempt 2/)).toBe(1);
  expect(world.reads('on-call', /ACME-R1: Attempt 1/)).toContain(
    'failed: stopped by Ola, since 20:00. Over at 20:00: the release is deploying.',
  );
  const files = world.workspace.messages('acme-team').flatMap((message) => message.files);
  expect(files.map(({ name }) => name)).toEqual(['ACME-R1-1.log', 'ACME-R1-2.log']);
});

test('a script that takes longer than it may is ended', async () => {
  await scriptIs(endless);
  await world.lead.clicks('Deploy again…', { ...team, message: /^ACME-R1, attempt 2/ });
  const settled = world.settles();
  await runs('ACME-R1');
  world.clock.forward({ minutes: 6 });
  await settled;
  await world.settles();

  expect(attempt(3)).toContain('failed after 6 min, it took longer than it may');
});

test('deployed again and well, the alerts are over', async () => {
  await scriptIs(good);
  await world.lead.clicks('Deploy again…', { ...team, message: /^ACME-R1, attempt 3/ });
  await world.settles();

  expect(attempt(4)).toContain('succeeded');
  expect(await deployments()).toBe('ACME-R1 attempt 4\n');
  expect(world.counts('on-call', /^Alert/)).toBe(0);
  expect(world.reads('acme-team', /^ACME-R1 · verifying/)).toContain('Deploy ×4');
  expect(world.reads('acme-shared', /^ACME-R1: live since/)).toContain('being checked');
});

test('before the agreed time a deployment by hand wants a reason, which is announced', async () => {
  await world.lead.types('/release rollback ACME-R1 the totals are still wrong', team);
  await world.settles();
  await prepared(world, 'ACME-1', '11 March 8pm');
  await world.lead.types('/freeze ACME-R2', team);
  await world.settles();

  const early = await world.lead.types('/release deploy ACME-R2', team);
  expect(early.text).toContain('starts by itself at the agreed time. To start it earlier say why');
  const forbidden = await world.dev.types('/release deploy ACME-R2 because I am bored', team);
  expect(forbidden.text).toMatch(/release manager/i);
  expect(await deployments()).not.toContain('ACME-R2');
  await world.lead.types('/release deploy ACME-R2 because the client called', team);
  await world.settles();

  expect(await deployments()).toContain('ACME-R2 attempt 1\n');
  expect(world.reads('acme-team', /^Bo started the deployment/)).toContain(
    'although it was not time: the client called',
  );
});

test('a missed date starts nothing by itself, not even once staging is frozen', async () => {
  await world.lead.types('/release rollback ACME-R2 it was too early', team);
  await world.settles();
  await agreed(world, 'ACME-1', '12 March 8pm');
  await world.later({ days: 7, minutes: 30 });
  expect(world.reads('acme-team', /^ACME-R3: no-go/)).toContain('the checklist has not been started');
  await world.later({ days: 1 });
  expect(world.counts('acme-team', /^ACME-R3: the agreed time is over/)).toBe(0);
  await world.later({ hours: 1 });
  expect(world.reads('acme-team', /^ACME-R3: the agreed time is over/)).toContain(
    'nothing was deployed; it does not start by itself any more. Missing: the checklist has not been started',
  );
  expect(world.reads('acme-shared', /^ACME-R3: /)).toContain('it did not go live at the agreed time');
  await world.lead.types('/checklist ACME-R3', team);
  await world.lead.types('/freeze ACME-R3 because we are late', team);
  await world.later({ minutes: 5 });

  expect(await deployments()).not.toContain('ACME-R3');
  expect(world.reads('acme-team', /^ACME-R3 · frozen/)).toContain(
    'somebody to start it: the agreed time is over (a release manager)',
  );
});

test('somebody starts it, and it runs at once', async () => {
  await world.lead.clicks('Deploy now', { ...team, message: /^ACME-R3 · frozen/ });
  await world.settles();

  expect(await deployments()).toContain('ACME-R3 attempt 1\n');
});
