import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { parse, stringify } from 'yaml';
import { aWorld, type World } from '../support/world.js';

// Staging and production are compared before the freeze, watched until the deployment, and compared again afterwards.
let world: World;
const team = { in: 'acme-team' };
beforeAll(async () => {
  world = await aWorld({ house: comparing });
  for (const [name, secret] of [
    ['staging', 'Tr0ub4dor&3-staging'],
    ['production', 'Tr0ub4dor&3-production'],
  ] as const) {
    await mkdir(join(world.acme.folder, name, 'conf'));
    await writeFile(
      join(world.acme.folder, name, 'conf', 'app.env'),
      `VAT_RATE=${name === 'staging' ? '19' : '20'}\nDB_PASSWORD=${secret}\nZONE=Europe/London\n`,
    );
  }
  await world.lead.types('/incident acme Invoice totals include discounts', team);
  await world.dev.clicks('Work on it', team);
  await world.dev.submits({
    'Further requirements that are met': 'The index page says so',
    'Test document': 'Seen',
  });
  await world.settles();
  await world.client.clicks('Authorise', { in: 'acme-shared' });
  await world.settles();
  await world.lead.types('/release new acme ACME-1', team);
  await world.lead.types('/release propose ACME-R1 tomorrow 18:00', team);
  await world.settles();
  await world.client.clicks('Accept', { in: 'acme-shared' });
  await world.lead.types('/checklist ACME-R1', team);
  await world.settles();
  for (let item = 0; item < 3; item += 1) {
    await world.lead.clicks('Not applicable…', team);
    await world.lead.submits({ Why: 'Told elsewhere' });
    await world.settles();
  }
}, 60_000);
afterAll(async () => {
  await world?.ends();
});

/** Acme's house, with its two folders and their parameters to be compared. */
function comparing(yaml: string): string {
  const house = parse(yaml);
  const { acme } = house.clients;
  const root = acme.deployment.folder;
  for (const name of ['staging', 'production']) {
    acme.environments[name].compare = [
      { name: 'site', files: { folder: join(root, name), ignore: ['conf'] } },
      { name: 'settings', parameters: { folder: join(root, name), files: ['conf/*.env'] } },
    ];
  }
  acme.expected = [{ match: '*mtime*', reason: 'times differ' }];
  return stringify(house);
}

test('the checklist that begins starts the comparison, which finds files and parameters and keeps secrets to itself', async () => {
  const shown = world.reads('acme-team', /ACME-R1: 0 of \d differences answered/u);
  expect(shown).toContain('by Slipway');
  expect(shown).toContain('index.html');
  expect(shown).toMatch(/VAT_RATE, value: 20 → 19/u);
  expect(world.reads('acme-team', /^ACME-R1 · preparing/u)).toMatch(/Comparison 4 to answer/u);
  const files = world.workspace.messages('acme-team').flatMap((message) => message.files);
  expect(files.map(({ name }) => name).toSorted()).toEqual([
    'ACME-R1-comparison-1.html',
    'ACME-R1-comparison-1.json',
  ]);
  for (const { url } of files) expect(await (await fetch(url)).text()).not.toContain('Tr0ub4dor');
  expect(JSON.stringify(world.workspace.calls())).not.toContain('Tr0ub4dor');
});

test('what nobody answered blocks the freeze, and the refusal leads there', async () => {
  const refused = await world.lead.types('/freeze ACME-R1', team);

  expect(refused.text).toContain('4 differences without an incident or an explanation');
  expect(JSON.stringify(refused.blocks)).toContain('comparison.show');
});

test('a comparison can be asked for while none is under way, and says at once that it began', async () => {
  const asked = await world.dev.types('/release compare r1', team);
  expect(asked.text).toContain('are being compared for ACME-R1');
  await world.settles();
  expect(world.reads('acme-team', /ACME-R1: 0 of \d differences answered/u)).toContain('by Kim');
});

test('differences are given to an incident or explained, many at once, and then nothing blocks', async () => {
  await world.dev.clicks('Answer many…', team);
  await world.dev.submits({ Which: 'file *', 'Belongs to': 'ACME-1 Invoice totals include discounts' });
  await world.settles();
  const half = await world.lead.types('/freeze ACME-R1', team);
  expect(half.text).toMatch(/differences? without an incident or an explanation/u);

  await world.dev.clicks('Answer many…', team);
  await world.dev.submits({
    Which: '*',
    'Belongs to': 'None: it is explained below',
    'Or why it differs': 'The rate of the test country',
  });
  await world.settles();

  expect(world.reads('acme-team', /^ACME-R1 · preparing/u)).toContain('✓ Comparison');
});

const shownOf = async (incident: string): Promise<string> =>
  (await world.dev.types(`/incident show ${incident}`, team)).text ?? '';

test('what is assigned is a component of its incident, and is none any more once it is explained instead', async () => {
  expect(await shownOf('ACME-1')).toContain('site › index.html: file changed');
  expect(await shownOf('ACME-1')).toContain('site › version.txt');

  await world.dev.clicks('Change answers…', team);
  await world.dev.submits({
    Which: '*version.txt',
    Of: 'all, also those that have one',
    'Belongs to': 'None: it is explained below',
    'Or why it differs': 'Each says its own version',
  });
  await world.settles();

  expect(await shownOf('ACME-1')).not.toContain('site › version.txt');
  expect(world.reads('acme-team', /4 of 4 differences answered/u)).toContain(
    'explained: Each says its own version (Kim)',
  );
});

test('a new comparison keeps the answers to what is still the same', async () => {
  await writeFile(join(world.acme.folder, 'staging', 'robots.txt'), 'User-agent: *\n');
  await world.dev.clicks('Compare again', team);
  await world.settles();

  const shown = world.reads('acme-team', /ACME-R1: \d of \d differences answered/u);
  expect(shown).toContain('robots.txt');
  expect(shown).not.toContain('VAT_RATE');
  await world.dev.clicks('Answer…', team);
  await world.dev.submits({ 'Belongs to': 'ACME-1 Invoice totals include discounts' });
  await world.settles();
});

test('of earlier runs the reports are kept, and the snapshots are not', async () => {
  const mongo = await MongoClient.connect(world.database);
  try {
    const kept = await mongo.db().collection('comparisons.files').distinct('filename');
    const snapshots = kept.filter((name) => /-(?:staging|production)$/u.test(name));
    expect(snapshots.sort()).toEqual(['ACME-R1-3-production', 'ACME-R1-3-staging']);
    expect(kept).toEqual(expect.arrayContaining([1, 2, 3].map((run) => `ACME-R1-comparison-${run}.html`)));
  } finally {
    await mongo.close();
  }
});

test('staging that moved between the comparison and the freeze holds the deployment back: nobody answered that', async () => {
  const late = join(world.acme.folder, 'staging', 'late.txt');
  await writeFile(late, 'late');
  await world.lead.types('/freeze ACME-R1', team);
  await world.settles();

  const said = /staging moved between the comparison and the freeze: added file site › late\.txt/u;
  expect(world.reads('acme-team', said)).toContain('The deployment waits');
  expect(world.reads('acme-team', /^ACME-R1 · frozen/u)).toMatch(said);
  await rm(late);
  await world.lead.types('/freeze thaw acme', team);
  await world.settles();
});

test('staging that moves after the freeze holds the deployment back, and says what moved', async () => {
  const frozen = await world.lead.types('/freeze ACME-R1', team);
  expect(frozen.text).toContain('is frozen for ACME-R1');
  await world.settles();
  await appendFile(join(world.acme.folder, 'staging', 'index.html'), '<!-- a late thought -->\n');

  await world.later({ hours: 22 });
  await world.later({ hours: 8 });
  await world.later({ minutes: 1 });

  expect(world.reads('acme-team', /staging moved since the freeze/u)).toContain('index.html');
  await expect(readFile(join(world.acme.folder, 'deployments.log'), 'utf8')).rejects.toThrow('ENOENT');
});

test('put right again it goes, and production is held against what was frozen', async () => {
  const page = join(world.acme.folder, 'staging', 'index.html');
  await writeFile(page, (await readFile(page, 'utf8')).replace('<!-- a late thought -->\n', ''));
  await world.later({ minutes: 6 });
  await world.settles();
  await world.settles();

  expect(await readFile(join(world.acme.folder, 'deployments.log'), 'utf8')).toBe('ACME-R1 attempt 1\n');
  await world.later({ minutes: 11 });
  await world.settles();
  const arrived = world.reads('acme-team', /production is (?:not quite )?what staging was/u);
  expect(arrived).toMatch(/is not quite what staging was when it was frozen: 2 differences arrived/u);
  // The demo's script copies everything, what belongs to production as well.
  expect(arrived).toMatch(/explained as different and overwritten: .*VAT_RATE/u);
});
