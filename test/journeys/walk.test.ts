import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { aWorld, type World } from '../support/world.js';

// One release from a client's request to live and handed over. Each test is the next page of the story.
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

test('a request becomes an incident with a number of the client, and both channels see it', async () => {
  const answer = await world.lead.types('/incident acme The invoice total is wrong', { in: 'acme-team' });
  await world.settles();

  expect(answer.text).toMatch(/^ACME-1 is registered/);
  expect(world.reads('acme-team', /^ACME-1 · /)).toBe('ACME-1 · The invoice total is wrong · registered');
  expect(world.reads('acme-shared', /^ACME-1 is registered/)).toContain(
    'We will ask here before it goes live',
  );
});

test('the form registers an incident with its requirements and what users will notice', async () => {
  await world.lead.types('/incident', { in: 'acme-team' });
  await world.lead.submits({
    Title: 'Exports carry the VAT rate',
    Requirements: 'The CSV has a column vat_rate\nOld exports stay readable',
    'Impact on users': 'Exports have one more column.',
    Priority: 'high',
  });
  await world.settles();

  expect(world.reads('acme-team', /^ACME-2 · /)).toBe('ACME-2 · Exports carry the VAT rate · registered');
});

test('a message becomes an incident by the shortcut, filled from the message', async () => {
  await world.client.types('The login text says Sing in', { in: 'acme-shared' });
  await world.lead.usesShortcut('Make this an incident', { in: 'acme-shared', message: /Sing in/ });
  await world.lead.submits({ Title: 'Login text' });
  await world.settles();

  const shown = await world.lead.types('/incident show acme-3', { in: 'acme-team' });
  expect(shown.text).toContain('ACME-3 · Login text · registered');
  expect(JSON.stringify(shown.blocks)).toContain('The login text says Sing in');
});

test('a task goes to a developer, who sees it waiting in App Home', async () => {
  await world.lead.types('/incident task ACME-1 @kim sum with discounts', { in: 'acme-team' });
  await world.settles();
  await world.dev.opensHome();

  expect(world.reads('acme-team', /^ACME-1 · /)).toContain('analysed');
  expect(JSON.stringify(world.dev.home()?.view)).toContain('ACME-1 · The invoice total is wrong · analysed');
});

test('resolving what is not ready lists what is missing, and leads there', async () => {
  const refused = await world.dev.types('/incident resolve ACME-1', { in: 'acme-team' });

  expect(refused.text).toContain('the task "sum with discounts" (Kim) is not done');
  expect(refused.text).toContain('it has no requirement yet');
  expect(refused.text).toContain('there is no test document');
  expect(JSON.stringify(refused.blocks)).toContain('Open what is missing');
});

test('the developer works it through in one sitting, and the client is asked for the go-ahead', async () => {
  await world.dev.types('/incident done 1', { in: 'acme-team' });
  await world.settles();
  await world.dev.clicks('Work on it', { in: 'acme-team', message: /^ACME-1 · / });
  await world.dev.submits({
    'Further requirements that are met': 'Totals include discounts\nOld invoices stay as they are',
    'Test document': 'https://docs.example.com/acme-1-tests',
  });
  await world.settles();

  expect(world.reads('acme-team', /^ACME-1 · /)).toBe('ACME-1 · The invoice total is wrong · resolved');
  expect(world.reads('acme-shared', /^May ACME-1 go live/)).toContain('2 requirements of 2 checked');
});

test('the client sends one back with a reason, and the team reads why', async () => {
  await world.otherDev.clicks('Work on it', { in: 'acme-team', message: /^ACME-2 · / });
  await world.otherDev.submits({
    'Requirements that are met': ['The CSV has a column vat_rate', 'Old exports stay readable'],
    'Test document': 'Exported March and compared by hand',
  });
  await world.settles();
  await world.client.clicks('Send back…', { in: 'acme-shared', message: /^May ACME-2/ });
  await world.client.submits({ 'What is not right yet?': 'The rate is missing for credit notes' });
  await world.settles();

  expect(world.reads('acme-team', /^ACME-2 · /)).toContain('reopened');
  expect(world.reads('acme-team', /sent it back/)).toContain('The rate is missing for credit notes');
});

test('the client authorises, the buttons give way to who and when', async () => {
  const thanks = await world.client.clicks('Authorise', { in: 'acme-shared', message: /^May ACME-1/ });
  await world.settles();

  const message = world.workspace
    .messages('acme-shared')
    .find(({ text }) => /^ACME-1 is authorised/.test(text));
  expect(thanks.ok).toBe(true);
  expect(message?.text).toContain('Authorised by Ana');
  expect(JSON.stringify(message?.blocks)).not.toContain('incident.authorise');
});

test('the second one is made right and authorised by the other approver', async () => {
  await world.otherDev.clicks('Work on it', { in: 'acme-team', message: /^ACME-2 · / });
  await world.otherDev.submits({
    'Requirements that are met': ['The CSV has a column vat_rate', 'Old exports stay readable'],
    'Test document': 'Credit notes too, see the April export',
  });
  await world.settles();
  await world.otherApprover.clicks('Authorise', { in: 'acme-shared', message: /^May ACME-2/ });
  await world.settles();

  expect(world.reads('acme-team', /^ACME-2 · /)).toContain('authorised');
});

test('authorised incidents form a release, whose board is pinned', async () => {
  await world.lead.types('/release new acme', { in: 'acme-team' });
  await world.lead.submits();
  await world.settles();

  const board = world.workspace.messages('acme-team').find(({ text }) => /^ACME-R1 · draft/.test(text));
  expect(board?.text).toContain(
    '2 incidents: ACME-1 The invoice total is wrong, ACME-2 Exports carry the VAT rate',
  );
  expect(board?.pinned).toBe(true);
  expect(world.reads('acme-team', /^ACME-1 · /)).toContain('scheduled in ACME-R1');
});

test('a date is proposed in words and echoed in both zones', async () => {
  const echoed = await world.lead.types('/release propose ACME-R1 next tuesday 6pm', { in: 'acme-team' });
  await world.settles();

  expect(echoed.text).toContain('Tue 10 Mar, 18:00 Melbourne (07:00 London)');
  expect(world.reads('acme-shared', /^Release ACME-R1/)).toContain(
    'is Tue 10 Mar, 18:00 Melbourne (07:00 London) right for you?',
  );
});

test('the client asks for another time, and we accept it', async () => {
  await world.client.clicks('Another time…', { in: 'acme-shared', message: /^Release ACME-R1/ });
  await world.client.submits({
    Day: '2026-03-04',
    Time: '09:00',
    'A word to us': 'Before the month-end run',
  });
  await world.settles();
  expect(world.reads('acme-team', /asks for/)).toContain('Wed 4 Mar, 20:00 Melbourne (09:00 London)');

  await world.lead.clicks('Accept this date', { in: 'acme-team' });
  await world.settles();

  expect(world.reads('acme-team', /^ACME-R1 · agreed/)).toContain(
    'Wed 4 Mar, 20:00 Melbourne (09:00 London)',
  );
  expect(world.reads('acme-shared', /^ACME-R1: agreed/)).toContain(
    'Wed 4 Mar, 20:00 Melbourne (09:00 London)',
  );
});

test('go or no-go is said a day before, and names what is missing', async () => {
  await world.later({ days: 1, hours: 8 });

  expect(world.reads('acme-team', /no-go/)).toContain('the checklist has not been started');
});

test('the checklist is walked item by item, and what is open blocks the freeze', async () => {
  await world.lead.types('/checklist ACME-R1', { in: 'acme-team' });
  await world.settles();
  const blocked = await world.lead.types('/freeze ACME-R1', { in: 'acme-team' });
  expect(blocked.text).toContain('ACME-R1 cannot be frozen yet');
  expect(world.counts('acme-team', /^Checklist of ACME-R1/)).toBe(1);

  await world.dev.clicks('Yes', { in: 'acme-team' });
  await world.dev.submits({ Evidence: 'Compared by hand, two parameters differ as planned' });
  await world.settles();
  await world.otherDev.clicks('Yes', { in: 'acme-team' });
  await world.settles();
  await world.lead.clicks('Not applicable…', { in: 'acme-team' });
  await world.lead.submits({ Why: 'Two text changes' });
  await world.settles();

  expect(world.reads('acme-team', /^ACME-R1 · preparing/)).toContain('✓ Date   ✓ Checklist 3/3   ◐ Freeze');
});

test('staging is frozen: the gate closes, and says for whom', async () => {
  expect(await world.gate('acme', 'staging')).toMatchObject({ status: 200, open: true });
  await world.lead.clicks('Freeze staging', { in: 'acme-team' });
  await world.settles();

  expect(await world.gate('acme', 'staging')).toMatchObject({
    status: 200,
    open: false,
    heldBy: 'ACME-R1',
    by: 'Bo',
  });
  expect(await world.gate('acme', 'production')).toMatchObject({ open: true });
});

test('at the agreed time it is deployed, once, and the log stands in the thread', async () => {
  await world.later({ hours: 24 });
  await world.settles();

  const log = await readFile(join(world.acme.folder, 'deployments.log'), 'utf8');
  expect(log).toBe('ACME-R1 attempt 1\n');
  expect(await readFile(join(world.acme.folder, 'production', 'version.txt'), 'utf8')).toBe('4.2\n');
  expect(world.reads('acme-team', /attempt 1 \(deploy\)/)).toContain('succeeded');
  const files = world.workspace
    .messages('acme-team')
    .flatMap((message) => message.files.map(({ name }) => name));
  expect(files).toContain('ACME-R1-1.log');
});

test('production is probed at once and after the bake, and the client reads that it is live', async () => {
  expect(world.reads('acme-team', /checked at once/)).toContain('the probe passes');
  await world.later({ minutes: 11 });
  await world.settles();

  expect(world.reads('acme-team', /checked after the bake/)).toContain('the probe passes');
  expect(world.reads('acme-shared', /^ACME-R1: live since/)).toContain('checked until');
});

test('components are recorded, notes are read and sent, the release closes and staging thaws', async () => {
  await world.dev.types('/incident component ACME-1 billing.dll 4.1 to 4.2', { in: 'acme-team' });
  await world.otherDev.types('/incident component ACME-2 export.dll 1.8 to 1.9', { in: 'acme-team' });
  await world.settles();
  await world.lead.types('/release notes ACME-R1', { in: 'acme-team' });
  await world.lead.submits({ 'What you need to do': 'Nothing' });
  await world.settles();

  const notes = world.reads('acme-shared', /^Release notes of ACME-R1/);
  expect(notes).toContain('Exports have one more column.');
  expect(notes).not.toContain('billing.dll');
  expect(world.reads('acme-team', /^ACME-R1 · closed/)).toContain('✓ Hand over');
  expect(world.reads('acme-team', /^ACME-1 · /)).toContain('closed with ACME-R1');
  expect(await world.gate('acme', 'staging')).toMatchObject({ open: true });
});

test('nothing was posted twice on the whole way', () => {
  const keys = world.workspace
    .calls('chat.postMessage')
    .map(({ arguments: given }) => JSON.stringify((given as { metadata?: unknown }).metadata));
  expect(keys.length).toBeGreaterThan(30);
  expect(new Set(keys).size).toBe(keys.length);
});
