import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { agreed, authorised, drafted, proposed, registered, resolved } from '../support/story.js';
import { aWorld, type World } from '../support/world.js';

// Words of people are shown as they were written, and never notify, link or hide anything.
let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(async () => {
  await world?.ends();
});

const team = { in: 'acme-team' };
const shared = { in: 'acme-shared' };
const evil =
  '<!channel> <!here> <!everyone> <!subteam^S1|ops> <@U1> <https://evil.example|Accept> &lt;!channel&gt;';
const shown = evil.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const alive = /<(?!!date\^)/;

/** Every mrkdwn text in blocks, and the text beside them. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (value === null || typeof value !== 'object') return [];
  const { type, text } = value as { type?: unknown; text?: unknown };
  const own = type === 'mrkdwn' && typeof text === 'string' ? [text] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
}

/** What the bot sent to Slack that would notify somebody or make a link. */
function lively(): string[] {
  const sent = world.workspace.calls().filter(({ method }) => /^(chat|views)\./.test(method));
  return sent
    .flatMap(({ arguments: given }) => [
      String(given.text ?? ''),
      ...mrkdwnIn(given.blocks),
      ...mrkdwnIn(given.view),
    ])
    .filter((text) => alive.test(text));
}

const message = (start: string) => ({ message: new RegExp(`^${start}`) });

test('a title stays words in the answer, on the card and in the shared channel', async () => {
  const answer = await world.lead.types(`/incident acme ${evil}`, team);
  await world.settles();

  expect(answer.text).toBe(
    `ACME-1 is registered: ${shown}. Add tasks with /incident task ACME-1 @somebody what`,
  );
  expect(world.reads('acme-team', /^ACME-1 · /)).toBe(`ACME-1 · ${shown} · registered`);
  expect(world.reads('acme-shared', /^ACME-1 is/)).toContain(shown);
  for (const channel of ['acme-team', 'acme-shared']) {
    const card = world.workspace.messages(channel).find(({ text }) => text.startsWith('ACME-1'));
    expect(mrkdwnIn(card?.blocks).join('\n')).toContain(shown);
  }
});

test('refusals, lists and searches say it as it was typed', async () => {
  for (const typed of [
    evil,
    'find <!channel>',
    `show ${evil}`,
    'list <!here>',
    'resolve <@U1>',
    `hold ACME-999 ${evil}`,
  ]) {
    const { text = '', blocks } = await world.lead.types(`/incident ${typed}`, team);

    expect([text, ...mrkdwnIn(blocks)].filter((one) => alive.test(one))).toEqual([]);
    expect(text).not.toBe('');
  }
  expect((await world.lead.types('/incident <!here>', team)).text).toContain('does not know "&lt;!here&gt;"');
});

test('descriptions, requirements, impact, tasks, components, comments and reasons stay words', async () => {
  await world.lead.types('/incident', team);
  await world.lead.submits({ Title: evil, Description: evil, Requirements: evil, 'Impact on users': evil });
  await world.settles();
  await world.lead.types(`/incident task ACME-2 @kim ${evil}`, team);
  await world.lead.types(`/incident component ACME-2 <!here> ${evil}`, team);
  await world.client.clicks('Comment', { ...shared, ...message('ACME-2') });
  await world.client.submits({ 'Your comment': evil });
  await world.lead.types(`/incident hold ACME-2 ${evil}`, team);
  await world.settles();
  await world.lead.types('/incident resume ACME-2', team);
  await world.lead.types(`/incident reject ACME-2 ${evil}`, team);
  await world.settles();
  const full = await world.lead.types('/incident show ACME-2', team);

  expect(mrkdwnIn(full.blocks).join('\n')).toContain(`Ana: ${shown}`);
  expect([full.text ?? '', ...mrkdwnIn(full.blocks)].filter((text) => alive.test(text))).toEqual([]);
  expect(world.reads('acme-team', /commented/)).toContain(shown);
  expect(lively()).toEqual([]);
});

test('sending back, declining, countering, asking and cancelling stay words', async () => {
  const sentBack = await resolved(world, 'Sent back with a mention');
  await world.client.clicks('Send back…', { ...shared, ...message(`May ${sentBack}`) });
  await world.client.submits({ 'What is not right yet?': evil });
  const release = await proposed(world, await authorised(world, evil));
  const date = { ...shared, ...message(`Release ${release}`) };
  await world.client.clicks('Ask a question', date);
  await world.client.submits({ 'Your question': evil });
  await world.client.clicks('Another time…', date);
  await world.client.submits({ Day: '2026-03-05', Time: '09:00', 'A word to us': evil });
  await world.settles();
  await world.lead.types(`/release propose ${release}`, team);
  await world.lead.submits({
    When: '6 March 8pm',
    'What their users notice while it goes live': evil,
    'A word to the client': evil,
  });
  await world.settles();
  await world.client.clicks('Decline…', date);
  await world.client.submits({ 'Why does it not suit you?': evil });
  await world.settles();
  await world.lead.types(`/release cancel ${release} ${evil}`, team);
  await world.settles();

  expect(world.reads('acme-shared', new RegExp(`^${release} is cancelled`))).toContain(shown);
  expect(world.reads('acme-shared', new RegExp(`^${sentBack} is being worked on`))).toContain(shown);
  expect(lively()).toEqual([]);
});

test('evidence, overrides and their announcements stay words', async () => {
  const release = await agreed(world, await authorised(world, 'Frozen for a reason'));
  await world.lead.types(`/checklist ${release}`, team);
  await world.settles();
  await world.dev.clicks('Yes', { ...team, ...message(`Checklist of ${release}: Are`) });
  await world.dev.submits({ Evidence: evil });
  await world.dev.clicks('No…', { ...team, ...message(`Checklist of ${release}: Does`) });
  await world.dev.submits({ Why: evil });
  await world.settles();
  const frozen = await world.lead.types(`/freeze ${release} because ${evil}`, team);
  await world.settles();

  expect(frozen.text).toContain(`is frozen for ${release}`);
  expect(world.reads('acme-team', /although something was missing/)).toContain(shown);
  expect(lively()).toEqual([]);
});

test('nothing is ever sent that would link names or unfurl links of people', () => {
  const posts = world.workspace.calls('chat.postMessage');

  expect(posts.length).toBeGreaterThan(20);
  for (const { arguments: given } of posts) {
    expect(given.link_names).toBeUndefined();
    expect(given.parse).toBeUndefined();
    expect([given.unfurl_links, given.unfurl_media].map(String)).toEqual(['false', 'false']);
  }
});

test('characters that turn, hide or break text are taken out, and a title is one line', async () => {
  await world.lead.types('/incident', team);
  await world.lead.submits({ Title: 'In\u202Evoice\u200B total\u0007\u2066 is\t wrong\u2069\uFEFF' });
  await world.settles();
  const id = await registered(world, 'two\nlines');

  expect(world.reads('acme-team', /Invoice/)).toMatch(/ · Invoice total is wrong · registered$/);
  expect(world.reads('acme-team', new RegExp(`^${id}`))).toBe(`${id} · two lines · registered`);
});

test('a shortcut on a message that mentions everybody and is very long fills the form with words', async () => {
  await world.client.types(`${evil} ${'😀'.repeat(1_700)}`, shared);
  const answer = await world.lead.usesShortcut('Make this an incident', { ...shared, message: /😀😀/ });
  expect(answer.text).toBeUndefined();
  await world.lead.submits({ Title: 'From a long message' });
  await world.settles();

  expect(world.reads('acme-team', /From a long message/)).toContain('registered');
  expect(lively()).toEqual([]);
});

test.each(['&', '😀', '*`_~'])('words as long as they may be are shown, made of %s', async (part) => {
  const full = (most: number): string =>
    part.repeat(Math.ceil(most / part.length)).slice(0, most - (most % 2));
  await world.lead.types('/incident', team);
  await world.lead.submits({
    Title: full(140),
    Description: full(3_000),
    Requirements: Array.from({ length: 9 }, (_, at) => `${at} ${full(290)}`).join('\n'),
    'Impact on users': full(1_000),
  });
  await world.settles();
  const card = world.workspace.messages('acme-team').findLast(({ threadTs }) => threadTs === undefined);
  const id = /^ACME-\d+/.exec(card?.text ?? '')?.[0] ?? '';
  await world.dev.clicks('Work on it', { ...team, message: new RegExp(`^${id} · `) });
  await world.dev.submits({
    'Further requirements that are met': 'And it works',
    'Test document': full(1_000),
    'And then': null,
  });
  await world.settles();
  const again = await world.lead.types(`/incident show ${id}`, team);

  expect(card?.text).toMatch(/registered$/);
  expect(again.ok).toBe(true);
  expect(again.text).toContain(id);
  expect((await world.lead.types(`/incident resolve ${id}`, team)).text).toContain('is not checked');
});

test('a release with long titles is still announced, and its message can be edited later', async () => {
  const ids: string[] = [];
  for (let at = 0; at < 7; at += 1) ids.push(await authorised(world, `${at} ${'&'.repeat(148)}`));
  const release = await drafted(world, ...ids);
  await world.lead.types(`/release propose ${release} 5 march 8pm`, team);
  await world.settles();
  const asked = world.reads('acme-shared', new RegExp(`^Release ${release}: is`)) ?? '';
  await world.client.clicks('Accept', { ...shared, ...message(`Release ${release}`) });
  await world.settles();

  expect(asked.length).toBeLessThanOrEqual(4_000);
  expect(world.reads('acme-shared', new RegExp(`^${release}: agreed`))).toContain('Accepted by Ana');
});
