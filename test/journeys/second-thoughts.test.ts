import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MessageCard } from '../../src/sandbox/slack/contract.js';
import { agreed, authorised, drafted, prepared, proposed, registered, resolved } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// People change their minds, answer late or not at all. Nothing stays claimed, frozen or agreed that should not.
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

const [team, shared] = [{ in: 'acme-team' }, { in: 'acme-shared' }];
const cardOf = (channel: string, pattern: RegExp): MessageCard => {
  const found = world.workspace.messages(channel).findLast(({ text }) => pattern.test(text));
  if (found === undefined) throw new Error(`there is no ${pattern} in ${channel}`);
  return found;
};
const whispered = (pattern: RegExp) =>
  world.workspace.waitFor(() => pattern.test(world.client.lastAnswer() ?? ''), { what: `${pattern} to Ana` });

describe('the scope', () => {
  test('changed after the agreement voids it: the client is asked again, and shown what changed', async () => {
    await agreed(world, await authorised(world, 'The invoice total is wrong'), '4 March 8pm');
    await authorised(world, 'Exports carry the VAT rate');
    const added = await world.lead.types('/release add ACME-R1 ACME-2', team);
    await world.settles();

    expect(added.text).toContain('The client is asked about the date with this scope.');
    expect(world.reads('acme-team', /^ACME-R1 · /)).toContain('negotiating');
    const asked = world.reads('acme-shared', /^Release ACME-R1: is/);
    expect(asked).toContain('Wed 4 Mar, 20:00 Melbourne (09:00 London) right for you?');
    expect(asked).toContain('New since you agreed: + ACME-2');
  });

  test('is not what an earlier message showed: a click on that message decides nothing', async () => {
    const before = cardOf('acme-shared', /^Release ACME-R1: is/);
    await world.lead.types('/release remove ACME-R1 ACME-1', team);
    await world.settles();
    await world.client.clicksStale(before, 'Accept');

    await whispered(/has changed since you were shown this/);
    await world.settles();
    expect(world.reads('acme-team', /^ACME-R1 · /)).toContain('negotiating');
    expect(world.reads('acme-team', /^ACME-1 · /)).toContain('authorised');
  });

  test('accepted as it is now, is agreed', async () => {
    await world.client.clicks('Accept', { ...shared, message: /^Release ACME-R1/ });
    await world.settles();

    expect(world.reads('acme-team', /^ACME-R1 · agreed/)).toContain('1 incident: ACME-2');
  });
});

describe('a cancelled release', () => {
  test('thaws staging, frees its incidents, and the client is told', async () => {
    await prepared(world, 'ACME-1', '5 March 8pm');
    await world.lead.types('/freeze ACME-R2', team);
    await world.settles();
    expect(await world.gate('acme', 'staging')).toMatchObject({ open: false, heldBy: 'ACME-R2' });

    await world.lead.types('/release cancel ACME-R2 the client changed its mind', team);
    await world.settles();
    expect(await world.gate('acme', 'staging')).toMatchObject({ open: true });
    expect(world.reads('acme-team', /^ACME-1 · /)).toContain('authorised');
    expect(world.reads('acme-shared', /^ACME-R2 is cancelled/)).toContain('the client changed its mind');
  });

  test('is not deployed when its time comes', async () => {
    await world.later({ days: 3, hours: 9 });

    expect(world.reads('acme-team', /^ACME-R2 · cancelled/)).toContain('Why: the client changed its mind');
    expect(world.counts('acme-team', /ACME-R2, attempt/)).toBe(0);
  });

  test('of which the client never heard stays unknown to them', async () => {
    await drafted(world, 'ACME-1');
    await world.lead.types('/release cancel ACME-R3 a slip of the finger', team);
    await world.settles();

    expect(world.counts('acme-shared', /ACME-R3/)).toBe(0);
    expect(world.reads('acme-team', /^ACME-1 · /)).toContain('authorised');
  });
});

describe('a date', () => {
  test('that the client declines says why on both sides, and waits for another', async () => {
    await proposed(world, 'ACME-1', '11 March 8pm');
    await world.client.clicks('Decline…', { ...shared, message: /^Release ACME-R4/ });
    await world.client.submits({ 'Why does it not suit you?': 'It is quarter end' });
    await world.settles();

    expect(world.reads('acme-shared', /^ACME-R4: /)).toContain(
      'was declined by Ana (Acme): It is quarter end',
    );
    expect(world.reads('acme-team', /^ACME-R4 · negotiating/)).toContain(
      'another date to be proposed (the last one was declined)',
    );
  });

  test('that we take back is withdrawn: its message cannot be accepted any more', async () => {
    await world.lead.types('/release propose ACME-R4 12 March 8pm', team);
    await world.settles();
    const first = cardOf('acme-shared', /^Release ACME-R4: is Thu 12 Mar/);
    await world.lead.types('/release propose ACME-R4 17 March 8pm', team);
    await world.settles();
    await world.client.clicksStale(first, 'Accept');

    await whispered(/This date was withdrawn by Bo already/);
    const asked = cardOf('acme-shared', /^Release ACME-R4: is/);
    expect(asked.text).toContain('Tue 17 Mar');
    expect(asked.ts).toBe(first.ts);
    expect(JSON.stringify(asked.blocks)).toContain('we proposed Thu 12 Mar, 09:00 London, withdrawn');
    expect(JSON.stringify(asked.blocks)).toContain('declined: It is quarter end');
  });

  test('that nobody answers in time expires, and a late click hears so', async () => {
    const asked = cardOf('acme-shared', /^Release ACME-R4: is/);
    await world.later({ days: 2, minutes: 1 });

    expect(world.reads('acme-shared', /^ACME-R4: /)).toContain('nobody answered about Tue 17 Mar');
    expect(world.reads('acme-team', /^ACME-R4 · negotiating/)).toContain('(the last one was expired)');
    await world.client.clicksStale(asked, 'Accept');
    await whispered(/This date was expired already/);
  });
});

describe('an incident', () => {
  test('on hold says why, takes no work, and is taken up where it stood', async () => {
    const id = await registered(world, 'The login text');
    await world.lead.types(`/incident task ${id} @kim mend the text`, team);
    await world.lead.types(`/incident hold ${id} waiting for the new wording`, team);
    await world.settles();
    expect(world.reads('acme-team', new RegExp(`^${id} · `))).toContain('on hold');
    expect(world.reads('acme-team', /put it on hold/)).toContain('waiting for the new wording');
    const refused = await world.dev.types(`/incident done ${id}`, team);
    expect(refused.text).toContain(`Take it up again first: /incident resume ${id}`);

    await world.lead.types(`/incident resume ${id}`, team);
    await world.settles();
    expect(world.reads('acme-team', new RegExp(`^${id} · `))).toContain('analysed');
  });

  test('that waited for the go-ahead when it was held must be resolved anew; the old question is gone', async () => {
    const id = await resolved(world, 'Credit notes too');
    const asked = cardOf('acme-shared', new RegExp(`^May ${id} go live`));
    await world.lead.types(`/incident hold ${id} the client wants to see it first`, team);
    await world.lead.types(`/incident resume ${id}`, team);
    await world.settles();

    expect(world.reads('acme-team', new RegExp(`^${id} · `))).toContain('reopened');
    await world.client.clicksStale(asked, 'Authorise');
    await whispered(/is reopened now, so there is nothing to decide/);
  });

  test('reopened after the go-ahead must prove itself again', async () => {
    const id = await authorised(world, 'The footer');
    await world.dev.types(`/incident reopen ${id} it breaks on phones`, team);
    await world.settles();

    expect(world.reads('acme-team', new RegExp(`^${id} · `))).toContain('reopened');
    const refused = await world.dev.types(`/incident resolve ${id}`, team);
    expect(refused.text).toContain('the requirement "It works" is not checked; there is no test document');
    expect((await world.lead.types(`/release new acme ${id}`, team)).text).toMatch(
      /not authorised|is reopened/,
    );
  });

  test('in a release cannot be reopened under it', async () => {
    const refused = await world.dev.types('/incident reopen ACME-1 one more thing', team);

    expect(refused.text).toBe('ACME-1 is in ACME-R4. Take it out first: /release remove ACME-R4 ACME-1');
  });

  test('that is rejected tells the client why, and can be taken up again', async () => {
    const id = await registered(world, 'A pink logo');
    await world.lead.types(`/incident reject ${id} against the style guide`, team);
    await world.settles();
    expect(world.reads('acme-shared', new RegExp(`^${id} .*A pink logo`))).toContain(
      'against the style guide',
    );
    expect((await world.lead.types('/incident list', team)).text).not.toContain('A pink logo');

    await world.lead.types(`/incident reopen ${id} the style guide has changed`, team);
    await world.settles();
    expect(world.reads('acme-team', new RegExp(`^${id} · `))).toContain('reopened');
  });
});
