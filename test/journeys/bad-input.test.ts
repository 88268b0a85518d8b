import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changesNothing } from '../support/records.js';
import { authorised, drafted, proposed, registered, resolved } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// Whatever is typed wrongly gets one sentence that says what to type instead; nothing is recorded or posted.
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };
const refused = async (typed: string): Promise<string> =>
  (await changesNothing(world, () => world.lead.types(typed, team))).text ?? '';

describe('words that no command knows', () => {
  test.each([
    ['/incident lst', 'Did you mean /incident list?'],
    ['/incident RESOLV ACME-1', 'Did you mean /incident resolve?'],
    ['/release propse ACME-R1 tomorrow 6pm', 'Did you mean /release propose?'],
    ['/freeze taw acme', 'Did you mean /freeze thaw?'],
    ['/slipway rols', 'Did you mean /slipway roles?'],
    ['/incident frobnicate', '/incident help shows what it can do.'],
    ['/release constructor', '/release help shows what it can do.'],
    ['/checklist please', '/checklist help shows what it can do.'],
    ['/freeze __proto__', '/freeze help shows what it can do.'],
  ])('%s gets the nearest command or the help', async (typed, hint) => {
    const text = await refused(typed);

    expect(text).toContain(`does not know "${typed.split(' ')[1]}"`);
    expect(text).toContain(hint);
  });

  test('every command answers help with its verbs', async () => {
    for (const command of ['/incident', '/release', '/checklist', '/freeze', '/slipway']) {
      expect(await refused(`${command} help`)).toContain(command);
    }
  });
});

describe('ids', () => {
  test.each([
    ['/incident show ACME-999', 'There is no ACME-999.'],
    ['/incident show ZZZ-1', 'There is no ZZZ-1.'],
    ['/incident show', 'Which incident? Write it like ACME-42'],
    ['/incident show one', '"one" is not the number of an incident. Write it like ACME-42'],
    ['/incident show ACME-R1', '"ACME-R1" is not the number of an incident.'],
    ['/incident resolve ACME-99999999', 'is not the number of an incident.'],
    ['/incident task ACME-999 @kim what', 'There is no ACME-999.'],
    ['/release show ACME-R999', 'There is no ACME-R999.'],
    ['/release cancel ACME-R999 because', 'There is no ACME-R999.'],
    ['/release cancel ACME-R999', 'There is no ACME-R999.'],
    ['/release rollback ACME-R999', 'There is no ACME-R999.'],
    ['/release rollback ACME-R999 it is slow', 'There is no ACME-R999.'],
    ['/release propose ACME-R999 tomorrow 6pm', 'There is no ACME-R999.'],
    ['/release propose ACME-1 tomorrow 6pm', '"ACME-1" is not a Release ID. Write it like ACME-R42'],
    ['/release add ACME-R999 ACME-1', 'ACME-1 does not exist'],
    ['/release new acme ACME-999', 'ACME-999 does not exist'],
    ['/release notes ACME-R999', 'There is no ACME-R999.'],
    ['/release compare', 'Which release?'],
    ['/release compare ACME-R999', 'There is no ACME-R999.'],
    ['/release deploy ZZZ-R1', 'There is no ZZZ-R1.'],
    ['/checklist ACME-R999', 'There is no ACME-R999.'],
    ['/checklist ZZZ-R1', 'There is no client "ZZZ"'],
    ['/freeze ACME-R999', 'There is no ACME-R999.'],
    ['/freeze thaw ACME-R999', 'There is no ACME-R999.'],
    ['/freeze thaw acme', 'Staging of Acme is not frozen.'],
    ['/incident list nobody', 'There is no client "nobody". Known are: acme.'],
  ])('%s is answered by what there is', async (typed, words) => {
    expect((await refused(typed)).toLowerCase()).toContain(words.toLowerCase().replace('r42', 'r7'));
  });

  test('are read in any case, with a hash, and without the client where the channel tells it', async () => {
    const id = await registered(world, 'Ids are read as they are typed');
    for (const typed of [id.toLowerCase(), `#${id}`, id.slice(5), `00${id.slice(5)}`]) {
      expect(await refused(`/incident show ${typed}`)).toContain(`${id} · Ids are read as they are typed`);
    }
    const elsewhere = await world.lead.types(`/incident show ${id.slice(5)}`, { in: 'on-call' });
    expect(elsewhere.text).toContain('is not the number of an incident. Write it like ACME-42');
  });
});

describe('dates', () => {
  let release = '';
  beforeAll(async () => {
    release = await drafted(world, await authorised(world, 'Dates are read'));
  });

  test('nothing is compared of a client of whom nothing says what', async () => {
    const text = await refused(`/release compare ${release}`);
    expect(text).toContain('clients.acme.environments.staging.compare');
    expect(world.reads('acme-team', /comparing staging with production/u)).toBeUndefined();
  });

  test.each([
    ['someday', '"someday" is not a date I can read. Write for example "next tuesday 6pm"'],
    ['99/99/2026 18:00', 'but not "99/99/2026". Please write only the date'],
    ['31 february 18:00', 'Write for example "next tuesday 6pm"'],
    ['tuesday 25:61', 'Write for example "next tuesday 6pm"'],
    ['tomorrow', 'At what time on that day? Write for example "next tuesday 6pm"'],
    ['next tuesday', 'At what time on that day?'],
    ['yesterday 6pm', 'That moment has passed already.'],
    ['1 march 2026 18:00', 'That moment has passed already.'],
    ['1 march 1026 18:00', 'That moment has passed already.'],
    [
      '4 october 2026 2:30',
      'The clocks go forward that night, so this time does not exist there. Please take 03:30',
    ],
    ['tuesday 6pm and tell the client', 'but not "and tell the client". Please write only the date'],
    ['please tuesday 6pm', 'but not "please"'],
    ['tuesday 6pm or wednesday 6pm', 'is not a date I can read'],
    ['tuesday 6pm to 8pm', 'is not a date I can read. Write for example'],
    ['<!channel> tuesday 6pm', 'but not "&lt;!channel&gt;"'],
  ])('"%s" is refused with what to write instead', async (typed, words) => {
    const text = await refused(`/release propose ${release} ${typed}`);

    expect(text).toContain(words);
    expect(text).not.toContain('is proposed to');
  });

  test('in the form the sentence stands under the date, and the rest of the form is kept', async () => {
    await world.lead.types(`/release propose ${release}`, team);
    const answer = await changesNothing(world, () =>
      world.lead.submits({ When: 'someday', 'A word to the client': 'Hello' }),
    );

    expect(answer.errors).toEqual({ When: expect.stringMatching(/^"someday" is not a date I can read\./) });
    await world.lead.submits({ When: '5 March 8pm' });
    await world.settles();
    expect(JSON.stringify(world.workspace.messages('acme-shared').at(-1)?.blocks)).toContain('Hello');
  });

  test('a time that the client picks in the gap of their spring night is refused under the picker', async () => {
    const id = await proposed(world, await authorised(world, 'A night with a gap'));
    await world.client.clicks('Another time…', { in: 'acme-shared', message: new RegExp(`^Release ${id}`) });
    const gap = await changesNothing(world, () => world.client.submits({ Day: '2026-03-29', Time: '01:30' }));
    const past = await changesNothing(world, () =>
      world.client.submits({ Day: '2026-02-01', Time: '10:00' }),
    );

    expect(gap.errors).toEqual({ Day: expect.stringContaining('The clocks go forward that night') });
    expect(past.errors).toEqual({
      Day: 'That moment has passed already. Please pick one that is still to come.',
    });
    await world.client.closesModal();
  });
});

describe('words of the wrong length or kind', () => {
  test.each([
    [
      `/incident acme ${'x'.repeat(151)}`,
      'The title has 151 characters; at most 150 fit. Please shorten it.',
    ],
    [`/incident acme ${'😀'.repeat(151)}`, 'The title has 151 characters'],
    ['/incident acme', 'The title is missing: please write it.'],
    ['/incident acme \u202E\u200B\u0007', 'The title is missing: please write it.'],
  ])('a title that does not fit is refused', async (typed, words) => {
    expect(await refused(typed)).toContain(words);
  });

  test('a title of exactly 150 characters fits, and is cut nowhere', async () => {
    const title = '😀'.repeat(150);
    const { text } = await world.lead.types(`/incident acme ${title}`, team);

    expect(text).toContain(`is registered: ${title}.`);
  });

  test('reasons, tasks, components and comments say when they are missing or too long', async () => {
    const id = await registered(world, 'Words and their lengths');
    expect(await refused(`/incident hold ${id}`)).toBe('The reason is missing: please write it.');
    expect(await refused(`/incident reject ${id} ${'y'.repeat(1001)}`)).toContain(
      'The reason has 1001 characters; at most 1000 fit.',
    );
    expect(await refused(`/incident task ${id} @kim`)).toBe(
      'What is to be done is missing: please write it.',
    );
    expect(await refused(`/incident task ${id} kim look`)).toContain(
      `Write it like /incident task ${id} @somebody what is to be done`,
    );
    expect(await refused(`/incident task ${id} @Ana Ruiz look`)).toContain('is not one of the team');
    expect(await refused(`/incident task ${id} @kim ${'z'.repeat(301)}`)).toContain(
      'What is to be done has 301 characters',
    );
    expect(await refused(`/incident component ${id}`)).toBe('The component is missing: please write it.');
    expect(await refused(`/incident component ${id} a.dll ${'v'.repeat(301)}`)).toContain(
      'has 301 characters; at most 300 fit',
    );
    expect(await refused(`/incident done ${id} all`)).toContain(
      `Write /incident done ${id} for all of yours`,
    );
    expect(await refused(`/incident done ${id} 7`)).toContain(`${id} has no open task 7.`);
    expect(await refused('/incident find')).toContain('What should I look for?');
    expect(await refused('/slipway role @kim pilot')).toContain(
      '"pilot" is not a role. The roles are: admin, release-manager, developer, on-call; or none.',
    );
  });

  test('what is too long in a form is said under the right input, and what was typed stays', async () => {
    await world.lead.types('/incident', team);
    const many = Array.from({ length: 31 }, (_, at) => `requirement ${at}`).join('\n');
    const tooMany = await changesNothing(world, () =>
      world.lead.submits({ Title: 'A form', Requirements: many }),
    );
    const tooLong = await changesNothing(world, () =>
      world.lead.submits({ Title: 'A form', Requirements: 'r'.repeat(301) }),
    );
    const unseen = await changesNothing(world, () =>
      world.lead.submits({ Title: '\u2066\u2069', Requirements: '' }),
    );

    expect(tooMany.errors).toEqual({
      Requirements: 'That is more than 30 requirements; please split the incident.',
    });
    expect(tooLong.errors).toEqual({
      Requirements: 'A requirement has 301 characters; at most 300 fit. Please shorten it.',
    });
    expect(unseen.errors).toEqual({ Title: 'The title is missing: please write it.' });
    await world.lead.closesModal();
  });

  test('a task of unseen characters is refused under its input', async () => {
    const id = await registered(world, 'A task that says nothing');
    await world.lead.clicks('Add task', { ...team, message: new RegExp(`^${id}`) });
    const answer = await changesNothing(world, () =>
      world.lead.submits({ Who: 'kim', 'What is to be done': '\u200B\u202E' }),
    );

    expect(answer.errors).toEqual({
      'What is to be done': 'What is to be done is missing: please write it.',
    });
    await world.lead.closesModal();
  });

  test('a reason of white space is refused under its input', async () => {
    const id = await resolved(world, 'Sent back without a word');
    await world.client.clicks('Send back…', { in: 'acme-shared', message: new RegExp(`^May ${id}`) });
    const answer = await changesNothing(world, () =>
      world.client.submits({ 'What is not right yet?': ' \n\t ' }),
    );

    expect(answer.errors).toEqual({ 'What is not right yet?': 'The reason is missing: please write it.' });
    await world.client.closesModal();
  });

  test('a no without a reason, evidence that is no link, and an unknown role change nothing', async () => {
    expect(await refused('/slipway role @kim')).toContain('Write it like /slipway role @somebody');
    expect(await refused('/slipway role @Ana Ruiz developer')).toContain(
      'is not listed under people in slipway.yaml',
    );
    expect(await refused('/slipway role @bo developer')).toContain(
      'Bo is the only admin. Make somebody else an admin first.',
    );
  });
});
