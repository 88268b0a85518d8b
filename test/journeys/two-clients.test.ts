import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { changesNothing } from '../support/records.js';
import { withUmber } from '../support/second-client.js';
import { agreed, authorised, drafted, prepared, registered } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// Two clients in one house: neither ever reads a word of the other, and nothing of theirs is mixed up.
let world: World;
beforeAll(async () => {
  world = await aWorld(withUmber);
});
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };
const umberTeam = { in: 'umber-team' };

/** An incident of Umber's that Uma has authorised. */
async function ofUmber(title: string): Promise<string> {
  const { text = '' } = await world.lead.types(`/incident umber ${title}`, umberTeam);
  const [id = ''] = /^UMBER-\d+/.exec(text) ?? [];
  await world.settles();
  await world.dev.clicks('Work on it', { ...umberTeam, message: new RegExp(`^${id} · `) });
  await world.dev.submits({ 'Further requirements that are met': 'It works', 'Test document': 'Tried' });
  await world.settles();
  await world.workspace
    .person('uma')
    .clicks('Authorise', { in: 'umber-shared', message: new RegExp(`^May ${id}`) });
  await world.settles();
  return id;
}

test('both count their own incidents and releases from one', async () => {
  const [acme, umber] = [await authorised(world, 'Acme is wrong'), await ofUmber('Umber is wrong')];
  const release = await drafted(world, acme);
  const other = await world.lead.types(`/release new umber ${umber}`, umberTeam);

  expect([acme, umber, release]).toEqual(['ACME-1', 'UMBER-1', 'ACME-R1']);
  expect(other.text).toMatch(/^UMBER-R1 is created with UMBER-1\./);
});

test.each([
  ['/release new acme UMBER-1', 'UMBER-1 belongs to another client; a release holds one client'],
  ['/release add ACME-R1 UMBER-1', 'UMBER-1 belongs to another client'],
  ['/release add UMBER-R1 ACME-1', 'ACME-1 belongs to another client'],
  ['/incident show R1', '"R1" is not the number of an incident.'],
])('%s is refused', async (typed, words) => {
  expect((await changesNothing(world, () => world.lead.types(typed, team))).text).toContain(words);
});

test('an id without its client means the client of the channel', async () => {
  await registered(world, 'Second of Acme');
  expect((await world.lead.types('/incident show 2', team)).text).toContain('ACME-2 · Second of Acme');
  expect((await world.lead.types('/incident show 2', umberTeam)).text).toContain('There is no UMBER-2.');
  expect((await world.lead.types('/release show r1', umberTeam)).text).toContain('UMBER-R1');
});

test('lists and searches in a client’s channel hold that client’s alone', async () => {
  for (const typed of [
    '/incident list',
    '/incident find wrong',
    '/release',
    '/release list',
    '/freeze',
    '/freeze status',
  ]) {
    for (const channel of ['acme-team', 'acme-shared']) {
      const answer = await world.lead.types(typed, { in: channel });
      expect(`${typed}: ${answer.text} ${JSON.stringify(answer.blocks)}`).not.toMatch(/umber/i);
    }
  }
});

test('both stagings freeze at once, each for its own release', async () => {
  const release = await prepared(world, await authorised(world, 'Frozen beside the other'));
  await world.lead.types('/release propose UMBER-R1 4 march 8pm', umberTeam);
  await world.settles();
  await world.workspace.person('uma').clicks('Accept', { in: 'umber-shared' });
  await world.settles();
  await world.lead.types('/checklist UMBER-R1', umberTeam);
  const one = await world.lead.types(`/freeze ${release}`, team);
  const other = await world.lead.types('/freeze UMBER-R1 because the fair opens', umberTeam);
  await world.settles();

  expect(one.text).toContain('Staging of Acme is frozen');
  expect(other.text).toContain('Staging of Umber is frozen');
  expect(await world.gate('acme', 'staging')).toMatchObject({ open: false, heldBy: release });
  expect(await world.gate('umber', 'staging')).toMatchObject({ open: false, heldBy: 'UMBER-R1' });
});

test('nothing of one client was ever shown in a channel of the other', async () => {
  await agreed(world, await authorised(world, 'One more of Acme'), '6 March 8pm');
  const shown = (keys: readonly string[]): string =>
    JSON.stringify(
      keys.flatMap((key) => world.workspace.messages(key).map(({ text, blocks }) => [text, blocks])),
    );

  expect(shown(['acme-team', 'acme-shared'])).toContain('Acme is wrong');
  expect(shown(['umber-team', 'umber-shared'])).toContain('Umber is wrong');
  expect(shown(['acme-team', 'acme-shared'])).not.toMatch(/umber/i);
  expect(shown(['umber-team', 'umber-shared'])).not.toMatch(/acme/i);
});

test('the client never reads our people’s tasks, components or file names', async () => {
  await world.lead.types('/incident task ACME-2 @kim look into billing_secret.dll', team);
  await world.lead.types('/incident component ACME-2 billing_secret.dll 1 to 2', team);
  await world.settles();

  expect(JSON.stringify(world.workspace.messages('acme-team'))).toContain('billing_secret');
  expect(JSON.stringify(world.workspace.messages('acme-shared'))).not.toContain('billing_secret');
});
