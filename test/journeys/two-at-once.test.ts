import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MessageCard } from '../../src/sandbox/slack/contract.js';
import type { Person } from '../../src/sandbox/slack/workspace.js';
import { changesNothing, hears, told } from '../support/records.js';
import { agreed, authorised, drafted, prepared, proposed, registered, resolved } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// Two people at once, one person twice, and clicks on what is no longer true: one thing happens, and everybody hears what is so.
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };
const shared = { in: 'acme-shared' };
const starts = (words: string) => ({ message: new RegExp(`^${words}`) });
const card = (channel: string, start: string): MessageCard => {
  const found = world.workspace.messages(channel).find(({ text }) => text.startsWith(start));
  if (found === undefined) throw new Error(`no message "${start}"`);
  return found;
};
/** Clicks on a copy that has not caught up; nothing may come of it but the words that are given. */
const stale = (person: Person, old: MessageCard, label: string): Promise<string> =>
  changesNothing(world, () => hears(world, person, old.channel, () => person.clicksStale(old, label)));
const whispers = (person: Person, channel: string): string[] =>
  person.sees(channel).flatMap(({ ephemeral, text }) => (ephemeral ? [text] : []));

/** Waits until the person alone was told this. */
const hasHeard = (person: Person, channel: string, words: string): Promise<string> =>
  world.workspace.waitFor(() => whispers(person, channel).find((text) => text.includes(words)), {
    what: `${person.name} to hear "${words}"`,
  });

describe('a double click', () => {
  test('on Authorise authorises once, and the other click is told', async () => {
    const id = await resolved(world, 'Authorised twice');
    await world.client.clicksTwice('Authorise', { ...shared, ...starts(`May ${id}`) });
    await world.settles();

    expect(await told(world, id, /^authorised it/)).toBe(1);
    await hasHeard(world.client, 'acme-shared', `Thank you. ${id} is authorised`);
    await hasHeard(
      world.client,
      'acme-shared',
      `${id} was authorised by Ana already. Nothing more is needed.`,
    );
  });

  test('on Resolve resolves once', async () => {
    const id = await registered(world, 'Resolved twice');
    await world.dev.clicks('Work on it', { ...team, ...starts(`${id} · `) });
    await world.dev.submits({
      'Further requirements that are met': 'It works',
      'Test document': 'Tried',
      'And then': null,
    });
    await world.settles();
    await world.dev.clicksTwice('Resolve', { ...team, ...starts(`${id} · `) });
    await world.settles();

    expect(await told(world, id, /^resolved it/)).toBe(1);
    await hasHeard(world.dev, 'acme-team', `${id} is resolved`);
  });

  test('on Accept agrees once', async () => {
    const id = await proposed(world, await authorised(world, 'Accepted twice'), '4 March 8pm');
    await world.client.clicksTwice('Accept', { ...shared, ...starts(`Release ${id}`) });
    await world.settles();

    expect(await told(world, id, /^accepted the date/)).toBe(1);
    await hasHeard(
      world.client,
      'acme-shared',
      'This date was accepted by Ana already. Nothing was changed.',
    );
  });

  test('on a checklist’s Yes answers once, and on Freeze freezes once', async () => {
    const id = await agreed(world, await authorised(world, 'Answered twice'), '4 March 3am');
    await world.lead.types(`/checklist ${id}`, team);
    await world.settles();
    await world.dev.clicks('Yes', { ...team, ...starts(`Checklist of ${id}: Are`) });
    await world.dev.submits({ Evidence: 'Compared' });
    await world.settles();
    await world.dev.clicksTwice('Yes', { ...team, ...starts(`Checklist of ${id}: Does`) });
    await world.settles();
    await world.lead.clicksTwice('Yes', { ...team, ...starts(`Checklist of ${id}: Can`) });
    await world.settles();
    expect(await told(world, id, /^answered "Does/)).toBe(1);
    expect(await told(world, id, /^answered "Can/)).toBe(1);
    await hasHeard(world.dev, 'acme-team', 'Kim answered this already: yes');

    await world.lead.clicksTwice('Freeze staging', { ...team, ...starts(`${id} · preparing`) });
    await world.settles();
    expect(await told(world, id, /^froze acme\/staging/)).toBe(1);
    await hasHeard(world.lead, 'acme-team', `Staging is frozen for ${id} already, since Bo froze it.`);
    await world.lead.types(`/freeze thaw ${id}`, team);
  });

  test('on a command’s Return registers two incidents with two numbers, because two were asked for', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((at) => world.lead.types(`/incident acme At once ${at}`, team)),
    );
    await world.settles();

    const ids = answers.map(({ text }) => /^ACME-\d+/.exec(text ?? '')?.[0]);
    expect(new Set(ids).size).toBe(5);
    expect(world.counts('acme-team', /^ACME-\d+ · At once \d · registered/)).toBe(5);
  });
});

describe('two people at once', () => {
  test('who accept and decline one date: one of them decides, the other hears who did', async () => {
    const id = await proposed(world, await authorised(world, 'Accepted and declined'), '5 March 1am');
    await world.otherApprover.clicks('Decline…', { ...shared, ...starts(`Release ${id}`) });
    await world.otherApprover.fills({ 'Why does it not suit you?': 'Stocktaking' });
    const [, declined] = await Promise.all([
      world.client.clicks('Accept', { ...shared, ...starts(`Release ${id}`) }),
      world.otherApprover.submits(),
    ]);
    await world.settles();

    const accepted = await told(world, id, /^accepted the date/);
    expect(accepted + (await told(world, id, /^declined the date/))).toBe(1);
    const loser =
      accepted === 1 ? JSON.stringify(declined.modal) : whispers(world.client, 'acme-shared').join('\n');
    expect(loser).toMatch(
      accepted === 1 ? /This date was accepted by Ana already/ : /This date was declined by Raj already/,
    );
    expect(world.counts('acme-shared', new RegExp(`^(Release )?${id}`))).toBe(1);
  });

  test('who authorise and send back one incident: one of them decides', async () => {
    const id = await resolved(world, 'Authorised and sent back');
    await world.otherApprover.clicks('Send back…', { ...shared, ...starts(`May ${id}`) });
    await world.otherApprover.fills({ 'What is not right yet?': 'The rate' });
    await Promise.all([
      world.client.clicks('Authorise', { ...shared, ...starts(`May ${id}`) }),
      world.otherApprover.submits(),
    ]);
    await world.settles();

    expect((await told(world, id, /^authorised it/)) + (await told(world, id, /^sent it back/))).toBe(1);
    while (world.otherApprover.modal() !== undefined) await world.otherApprover.closesModal();
  });

  test('developers who resolve one incident: it is resolved once, and the ticks of both count', async () => {
    const id = await registered(world, 'Resolved by two');
    for (const [one, words] of [
      [world.dev, 'First'],
      [world.otherDev, 'Second'],
    ] as const) {
      await one.clicks('Work on it', { ...team, ...starts(`${id} · `) });
      await one.fills({
        'Further requirements that are met': words,
        'Test document': `${words} document`,
        'And then': null,
      });
    }
    await Promise.all([world.dev.submits(), world.otherDev.submits()]);
    await world.settles();
    const both = await world.dev.types(`/incident show ${id}`, team);
    expect(both.text).toContain('✓ First (Kim)');
    expect(both.text).toContain('✓ Second (Sam)');

    const answers = await Promise.all([
      world.dev.types(`/incident resolve ${id}`, team),
      world.otherDev.types(`/incident resolve ${id}`, team),
    ]);
    await world.settles();
    expect(await told(world, id, /^resolved it/)).toBe(1);
    expect(answers.map(({ text }) => text).sort()).toEqual([
      expect.stringMatching(new RegExp(`^${id} is resolved`)),
      `${id} · Resolved by two · resolved`,
    ]);
  });

  test('who have one form open: what one ticks, the other does not take away', async () => {
    await world.lead.types('/incident', team);
    await world.lead.submits({ Title: 'Two forms', Requirements: 'One\nTwo' });
    await world.settles();
    const [id = ''] = /^ACME-\d+/.exec(world.reads('acme-team', /Two forms/) ?? '') ?? [];
    for (const one of [world.dev, world.otherDev])
      await one.clicks('Work on it', { ...team, ...starts(`${id} · `) });
    const filled = { 'Test document': 'Tried', 'And then': null };
    await world.dev.submits({ 'Requirements that are met': ['One'], ...filled });
    await world.otherDev.submits({ 'Requirements that are met': ['Two'], ...filled });
    await world.settles();

    const { text } = await world.dev.types(`/incident show ${id}`, team);
    expect(text).toContain('✓ One (Kim)');
    expect(text).toContain('✓ Two (Sam)');
  });

  test('who put one incident into two releases: it is in one, and the other is told which', async () => {
    const id = await authorised(world, 'Wanted by two');
    const answers = await Promise.all([
      world.lead.types(`/release new acme ${id}`, team),
      world.lead.types(`/release new acme ${id}`, team),
    ]);
    await world.settles();

    const texts = answers.map(({ text = '' }) => text);
    const [created = ''] = texts.flatMap((text) => /^(ACME-R\d+) is created/.exec(text)?.[1] ?? []);
    expect(texts.filter((text) => text.includes('is created'))).toHaveLength(1);
    expect(texts.find((text) => !text.includes('is created'))).toMatch(
      new RegExp(
        `${id} is in ${created} already|Somebody else was putting these incidents into a release. Nothing was recorded`,
      ),
    );
    expect(world.reads('acme-team', new RegExp(`^${id} · `))).toContain(`scheduled in ${created}`);
  });

  test('who add one incident to two releases: one has it, and the other is told', async () => {
    const releases = [
      await drafted(world, await authorised(world, 'In the first')),
      await drafted(world, await authorised(world, 'In the second')),
    ];
    const id = await authorised(world, 'Added by two');
    const answers = await Promise.all(
      releases.map((release) => world.lead.types(`/release add ${release} ${id}`, team)),
    );
    await world.settles();

    const texts = answers.map(({ text = '' }) => text);
    expect(texts.filter((text) => /holds/.test(text))).toHaveLength(1);
    expect(texts.find((text) => !/holds/.test(text))).toMatch(
      new RegExp(`^${id} is in ACME-R\\d+ already. Take it out there first`),
    );
    const board = world.workspace
      .messages('acme-team')
      .filter(({ text }) => text.includes(`2 incidents`) && text.includes(id));
    expect(board).toHaveLength(1);
  });

  test('who freeze one staging for two releases: one holds it, and the other is told who and since when', async () => {
    const one = await prepared(world, await authorised(world, 'Frozen first'), '5 March 10am');
    const other = await prepared(world, await authorised(world, 'Frozen second'), '5 March 4pm');
    const answers = await Promise.all([one, other].map((id) => world.lead.types(`/freeze ${id}`, team)));
    await world.settles();

    const texts = answers.map(({ text = '' }) => text);
    const { heldBy } = await world.gate('acme', 'staging');
    expect(texts.filter((text) => text.includes('The gate is closed'))).toHaveLength(1);
    expect(texts.find((text) => !text.includes('The gate is closed'))).toBe(
      `Staging is frozen for ${heldBy} until it is verified (Bo, since Mon 2 Mar, 12:00 Melbourne). Wait for its thaw, or ask Bo.`,
    );
  });
});

describe('a click on what is no longer so', () => {
  test('on a decided go-ahead hears who decided', async () => {
    const id = await resolved(world, 'Decided meanwhile');
    const old = card('acme-shared', `May ${id}`);
    await world.otherApprover.clicks('Authorise', { ...shared, ...starts(`May ${id}`) });
    await world.settles();
    expect(await stale(world.client, old, 'Authorise')).toBe(
      `${id} was authorised by Raj already. Nothing more is needed.`,
    );
  });

  test('on a go-ahead for what has changed since hears that it has', async () => {
    const id = await resolved(world, 'Changed meanwhile');
    const old = card('acme-shared', `May ${id}`);
    await world.dev.types(`/incident reopen ${id} one more thing`, team);
    await world.settles();
    expect(await stale(world.client, old, 'Authorise')).toContain(
      `${id} is reopened now, so there is nothing to decide.`,
    );

    await world.dev.clicks('Work on it', { ...team, ...starts(`${id} · `) });
    await world.dev.submits({
      'Requirements that are met': ['It works'],
      'Further requirements that are met': 'One more thing',
      'Test document': 'Tried again',
    });
    await world.settles();
    expect(await stale(world.client, old, 'Authorise')).toContain(
      `${id} has changed since this was written.`,
    );
  });

  test('on a date whose release has another scope now is asked to read again, and decides nothing', async () => {
    const id = await proposed(world, await authorised(world, 'Scope at first'), '6 March 8pm');
    const old = card('acme-shared', `Release ${id}`);
    await world.lead.types(`/release add ${id} ${await authorised(world, 'Scope later')}`, team);
    await world.settles();
    expect(await stale(world.client, old, 'Accept')).toContain(
      `${id} has changed since you were shown this.`,
    );
    await world.client.clicks('Accept', { ...shared, ...starts(`Release ${id}`) });
    await world.settles();
    expect(await told(world, id, /^accepted the date/)).toBe(1);
  });

  test('on a date that was withdrawn for another hears so', async () => {
    const id = await proposed(world, await authorised(world, 'Withdrawn'), '9 March 8pm');
    const old = card('acme-shared', `Release ${id}`);
    await world.lead.types(`/release propose ${id} 10 march 8pm`, team);
    await world.settles();
    for (const label of ['Accept', 'Another time…']) {
      const heard = await stale(world.client, old, label);
      expect(world.client.modal()).toBeUndefined();
      expect(heard).toMatch(/This date was withdrawn by Bo already|This date is decided already/);
    }
    await world.client.clicksStale(old, 'Decline…');
    if (world.client.modal() !== undefined) {
      const answer = await changesNothing(world, () =>
        world.client.submits({ 'Why does it not suit you?': 'Too late' }),
      );
      expect(JSON.stringify(answer.modal)).toContain('This date was withdrawn by Bo already.');
      while (world.client.modal() !== undefined) await world.client.closesModal();
    }
  });

  test('on the buttons of a release that is cancelled hears that it is', async () => {
    const id = await proposed(world, await authorised(world, 'Cancelled meanwhile'), '11 March 8pm');
    const [date, board] = [card('acme-shared', `Release ${id}`), card('acme-team', `${id} · `)];
    await world.lead.types(`/release cancel ${id} no longer wanted`, team);
    await world.settles();
    expect(await stale(world.client, date, 'Accept')).toContain(`${id} is cancelled`);

    await changesNothing(world, () => world.lead.clicksStale(board, 'Cancel…'));
    await changesNothing(world, async () => {
      if (world.lead.modal() !== undefined) await world.lead.submits({ Why: 'again' });
    });
    while (world.lead.modal() !== undefined) await world.lead.closesModal();
    expect(await told(world, id, /^cancelled it/)).toBe(1);
  });

  test('on an answered checklist item hears who answered', async () => {
    const id = await agreed(world, await authorised(world, 'Answered meanwhile'), '12 March 8pm');
    await world.lead.types(`/checklist ${id}`, team);
    await world.settles();
    const old = card('acme-team', `Checklist of ${id}: Are`);
    await world.dev.clicks('No…', { ...team, ...starts(`Checklist of ${id}: Are`) });
    await world.dev.submits({ Why: 'Not yet' });
    await world.settles();
    for (const label of ['Yes', 'No…', 'Not applicable…']) {
      expect(await stale(world.otherDev, old, label)).toBe(
        'Kim answered this already: no. Ask Kim to change it.',
      );
      expect(world.otherDev.modal()).toBeUndefined();
    }
  });

  test('on a date whose time to answer is over hears that it is', async () => {
    const id = await proposed(world, await authorised(world, 'Answered too late'), '13 March 8pm');
    const old = card('acme-shared', `Release ${id}`);
    await world.later({ days: 3 });
    expect(await stale(world.client, old, 'Accept')).toMatch(
      /This date was expired already|The time to answer this proposal/,
    );
  });
});
