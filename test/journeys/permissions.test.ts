import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Person } from '../../src/sandbox/slack/workspace.js';
import { changesNothing, hears } from '../support/records.js';
import { withOpenDoors } from '../support/second-client.js';
import { agreed, authorised, proposed, registered, resolved } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// Everybody is in every channel here, and it gives nobody a right. Every refusal says why, and who can.
let world: World;
const ids = { open: '', resolved: '', proposed: '', agreed: '' };
beforeAll(async () => {
  world = await aWorld(withOpenDoors);
  ids.open = await registered(world, 'Still open');
  ids.resolved = await resolved(world, 'Waits for the client');
  ids.proposed = await proposed(world, await authorised(world, 'Waits for a date'));
  ids.agreed = await agreed(world, await authorised(world, 'Has a date'), '5 March 8pm');
}, 60_000);
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };
const shared = { in: 'acme-shared' };
const person = (name: string): Person => world.workspace.person(name);
const fill = (typed: string): string =>
  typed
    .replace('OPEN', ids.open)
    .replace('RESOLVED', ids.resolved)
    .replace('PROPOSED', ids.proposed)
    .replace('AGREED', ids.agreed);

// Who may, as the table of roles has it; what is said to the others.
const builders = 'Only admins, release managers and developers can';
const leads = 'Only admins and release managers can';
const everybody = 'Only admins, release managers, developers and people on call can';
const stoppers = 'Only admins, release managers and people on call can';

test.each([
  [
    '/incident task OPEN @kim look at it',
    ['ola', 'gus'],
    builders,
    'work on incidents. Please ask Bo, Kim or Sam.',
  ],
  ['/incident done OPEN', ['ola', 'gus'], builders, 'work on incidents'],
  ['/incident resolve OPEN', ['ola', 'gus'], builders, 'work on incidents'],
  ['/incident component OPEN a.dll 1 to 2', ['ola', 'gus'], builders, 'work on incidents'],
  ['/incident hold OPEN later', ['ola', 'gus'], builders, 'work on incidents'],
  ['/incident resume OPEN', ['ola', 'gus'], builders, 'work on incidents'],
  ['/incident reopen RESOLVED not good', ['ola', 'gus'], builders, 'work on incidents'],
  ['/incident reject OPEN no', ['ola', 'gus'], builders, 'work on incidents'],
  ['/incident', ['gus'], everybody, 'register incidents'],
  [
    '/incident acme Something is wrong',
    ['gus'],
    everybody,
    'register incidents. Please ask Bo, Kim, Sam or Ola.',
  ],
  ['/incident list', ['gus'], everybody, 'read the work register'],
  ['/incident show OPEN', ['gus'], everybody, 'read the work register'],
  ['/incident find Waits', ['gus'], everybody, 'read the work register'],
  ['/release', ['gus'], everybody, 'read the work register'],
  ['/release show AGREED', ['gus'], everybody, 'read the work register'],
  ['/release new acme', ['kim', 'sam', 'ola', 'gus'], leads, 'create or change releases. Please ask Bo.'],
  ['/release new acme RESOLVED', ['kim', 'sam', 'ola', 'gus'], leads, 'create or change releases'],
  ['/release add AGREED RESOLVED', ['kim', 'ola', 'gus'], leads, 'create or change releases'],
  ['/release remove AGREED OPEN', ['kim', 'ola', 'gus'], leads, 'create or change releases'],
  ['/release propose PROPOSED 6 march 8pm', ['kim', 'ola', 'gus'], leads, 'create or change releases'],
  ['/release propose PROPOSED', ['kim', 'ola', 'gus'], leads, 'create or change releases'],
  ['/release cancel AGREED', ['kim', 'ola', 'gus'], leads, 'create or change releases'],
  ['/release cancel AGREED because', ['kim', 'ola', 'gus'], leads, 'create or change releases'],
  ['/release deploy AGREED', ['kim', 'sam', 'ola', 'gus'], leads, 'start a deployment. Please ask Bo.'],
  ['/release deploy AGREED because I can', ['kim', 'ola', 'gus'], leads, 'override what blocks a release'],
  [
    '/release stop AGREED',
    ['sam', 'gus'],
    stoppers,
    'stop a deployment or roll it back. Please ask Bo, Kim or Ola.',
  ],
  ['/release rollback AGREED it is slow', ['sam', 'gus'], stoppers, 'stop a deployment or roll it back'],
  ['/release rollback AGREED', ['sam', 'gus'], stoppers, 'stop a deployment or roll it back'],
  ['/release notes AGREED', ['kim', 'ola', 'gus'], leads, 'send release notes'],
  ['/checklist AGREED', ['gus'], everybody, 'answer checklist items'],
  ['/checklist', ['gus'], everybody, 'answer checklist items'],
  ['/freeze', ['gus'], everybody, 'read the work register'],
  ['/freeze AGREED', ['kim', 'ola', 'gus'], leads, 'freeze or thaw staging. Please ask Bo.'],
  ['/freeze AGREED because I say so', ['kim', 'ola', 'gus'], leads, 'override what blocks a release'],
  ['/freeze thaw AGREED', ['kim', 'ola', 'gus'], leads, 'freeze or thaw staging'],
  ['/slipway roles', ['gus'], everybody, 'read the work register'],
  ['/slipway clients', ['gus'], everybody, 'read the work register'],
  [
    '/slipway role @gus admin',
    ['kim', 'sam', 'ola', 'gus'],
    'Only admins can',
    'change roles and settings. Please ask Bo.',
  ],
] as const)('%s is refused to %j, with why and who can', async (typed, refused, why, who) => {
  await changesNothing(world, async () => {
    for (const key of refused) {
      const answer = await person(key).types(fill(typed), team);
      expect(`${key}: ${answer.text}`).toContain(why);
      expect(answer.text).toContain(who);
      expect(person(key).modal()).toBeUndefined();
    }
  });
});

test('people of other organisations have no commands at all', async () => {
  for (const one of [world.client, world.stranger]) {
    const answer = await changesNothing(world, () => one.types('/release list', team));
    expect(answer.notice).toContain('not a valid command');
  }
});

const decides = 'Only people who decide for Acme can do this: Ana or Raj. Nothing was changed.';

test.each([
  ['Authorise', shared, '^May RESOLVED', ['bo', 'kim', 'ola', 'gus', 'max', 'uma'], decides],
  ['Send back…', shared, '^May RESOLVED', ['bo', 'kim', 'ola', 'gus', 'max', 'uma'], decides],
  ['Comment', shared, '^May RESOLVED', ['gus', 'max', 'uma'], `${everybody} register incidents.`],
  ['Accept', shared, '^Release PROPOSED', ['bo', 'kim', 'ola', 'gus', 'max', 'uma'], decides],
  ['Another time…', shared, '^Release PROPOSED', ['bo', 'kim', 'ola', 'gus', 'max', 'uma'], decides],
  ['Decline…', shared, '^Release PROPOSED', ['bo', 'kim', 'ola', 'gus', 'max', 'uma'], decides],
  ['Ask a question', shared, '^Release PROPOSED', ['bo', 'kim', 'ola', 'gus', 'max', 'uma'], decides],
  ['Work on it', team, '^OPEN · ', ['ola', 'ana', 'raj', 'uma', 'max', 'gus'], builders],
  ['Add task', team, '^OPEN · ', ['ola', 'ana', 'uma', 'max', 'gus'], builders],
  ['Resolve', team, '^OPEN · ', ['ola', 'ana', 'uma', 'max', 'gus'], builders],
  ['Show everything', team, '^OPEN · ', ['ana', 'uma', 'max', 'gus'], everybody],
  ['Record a component…', team, '^OPEN · ', ['ola', 'ana', 'uma', 'max', 'gus'], builders],
  ['Answer checklist', team, '^AGREED · agreed', ['ana', 'uma', 'max', 'gus'], everybody],
  ['Full record', team, '^AGREED · agreed', ['ana', 'uma', 'max', 'gus'], everybody],
  ['Change scope…', team, '^AGREED · agreed', ['kim', 'ola', 'ana', 'uma', 'max', 'gus'], leads],
  ['Move the date…', team, '^AGREED · agreed', ['kim', 'ola', 'ana', 'uma', 'max', 'gus'], leads],
  ['Cancel…', team, '^AGREED · agreed', ['kim', 'ola', 'ana', 'uma', 'max', 'gus'], leads],
] as const)('the button %s in %j on %s is refused to %j', async (label, where, message, refused, why) => {
  await changesNothing(world, async () => {
    for (const key of refused) {
      const one = person(key);
      const press = () => one.clicks(label, { ...where, message: new RegExp(fill(message)) });
      expect(`${key}: ${await hears(world, one, where.in, press)}`).toContain(why);
      expect(one.modal()).toBeUndefined();
    }
  });
});

describe('a checklist, one item after the other', () => {
  beforeAll(async () => {
    await world.lead.types(`/checklist ${ids.agreed}`, team);
    await world.settles();
  });
  const item = (start: string) => ({ ...team, message: new RegExp(`^Checklist of ${ids.agreed}: ${start}`) });
  const notOfTheTeam = `${everybody} answer checklist items. Please ask Bo, Kim, Sam or Ola.`;
  const refusedTo = async (key: string, label: string, start: string, why: string) => {
    const press = () => person(key).clicks(label, item(start));
    const heard = await changesNothing(world, () => hears(world, person(key), 'acme-team', press));
    expect(person(key).modal()).toBeUndefined();
    expect(heard).toContain(why);
  };

  test('an item for a developer is refused to everybody else, whichever button they press', async () => {
    for (const label of ['Yes', 'No…', 'Not applicable…']) {
      for (const key of ['max', 'gus', 'uma']) await refusedTo(key, label, 'Are', notOfTheTeam);
      await refusedTo('ana', label, 'Are', 'This item is for a developer to answer: Kim or Sam.');
      await refusedTo('ola', label, 'Are', 'This item is for a developer to answer: Kim or Sam.');
    }
    await world.dev.clicks('Yes', item('Are'));
    await world.dev.submits({ Evidence: 'Compared' });
    await world.settles();
  });

  test('an item for anybody of the team is refused to the client and to strangers', async () => {
    for (const key of ['max', 'gus', 'uma']) await refusedTo(key, 'Yes', 'Does', notOfTheTeam);
    await refusedTo('ana', 'Yes', 'Does', 'This item is for the team to answer');
  });

  test('an answer is changed by who gave it, and by nobody else', async () => {
    await world.dev.clicks('Yes', item('Does'));
    await world.settles();
    const answered = { ...team, message: /^Does everybody/ };
    const heard = await changesNothing(world, () =>
      hears(world, world.otherDev, 'acme-team', () => world.otherDev.clicks('Change', answered)),
    );
    expect(heard).toContain('Kim answered this already: yes. Ask Kim to change it.');
    expect(world.otherDev.modal()).toBeUndefined();

    await world.dev.clicks('Change', answered);
    await world.dev.submits({ Answer: 'no', Why: 'Two are on holiday' });
    await world.settles();
    expect(world.reads('acme-team', /^Does everybody/)).toContain('No · Kim');
  });

  test('an item for a release manager is refused to developers and people on call', async () => {
    for (const key of ['kim', 'ola']) {
      await refusedTo(key, 'Yes', 'Can it', 'This item is for a release manager to answer: Bo.');
    }
  });
});

describe('a person without a role', () => {
  test('is told in App Home what Slipway is and whom to ask', async () => {
    await person('gus').opensHome();
    expect(JSON.stringify(person('gus').home()?.view)).toContain(
      'You have no role in it yet; ask Bo for one.',
    );
  });

  test('is told the process by /slipway, which names no client', async () => {
    const answer = await person('gus').types('/slipway', { in: 'on-call' });
    expect(answer.text).toContain('Slipway runs the release process');
    expect(answer.text).not.toMatch(/umber/i);
  });

  test('has no role either when it is a guest who calls themselves like an approver', async () => {
    const press = () =>
      person('gus').clicks('Accept', { ...shared, message: new RegExp(`^Release ${ids.proposed}`) });
    const heard = await changesNothing(world, () => hears(world, person('gus'), 'acme-shared', press));
    expect(heard).toBe(decides);
  });

  test('may as soon as an admin gives a role, and may not when it is taken', async () => {
    await world.lead.types('/slipway role @sam on-call', team);
    const refused = await changesNothing(world, () =>
      world.otherDev.types(`/incident resolve ${ids.open}`, team),
    );
    await world.lead.types('/slipway role @sam developer', team);
    const answered = await world.otherDev.types(`/incident resolve ${ids.open}`, team);

    expect(refused.text).toContain(builders);
    expect(answered.text).toContain(`${ids.open} cannot be resolved yet`);
  });
});
