import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { retryAfter, slackError } from '../../src/platform/slack/client.js';
import { type Slot, type Slots, slots as slotsOf } from '../../src/platform/slack/slots.js';
import type { Workspace } from '../../src/sandbox/slack/workspace.js';
import { aGround, aSlack, aStore } from '../support/platform.js';

// A slot is one message, whatever happens to the calls that post and edit it.
const ground = aGround();
let workspace: Workspace;
let connection: Connection;
let slots: Slots;
beforeAll(async () => {
  connection = await aStore(ground);
  const slack = await aSlack(ground);
  workspace = slack.workspace;
  slots = slotsOf(connection, slack.client);
});
afterAll(() => ground.ends());

const slot = (key: string, text: string, more: Partial<Slot> = {}): Slot => ({
  key,
  place: { channel: workspace.channelId('acme-team') },
  content: { text },
  ...more,
});
const texts = (start: string): string[] =>
  workspace.messages('acme-team').flatMap(({ text }) => (text.startsWith(start) ? [text] : []));
const bot = () => workspace.calls().length;

test('a slot is posted once, left alone while it is the same, and edited in place when it is not', async () => {
  await slots.show(slot('a', 'A one'));
  const before = bot();
  await slots.show(slot('a', 'A one'));
  await slots.showAll([slot('a', 'A one')]);
  expect(bot()).toBe(before);

  await slots.show(slot('a', 'A two'));
  expect(texts('A ')).toEqual(['A two']);
  expect(await slots.whereabouts('a')).toMatchObject({ channel: workspace.channelId('acme-team') });
});

test('a post whose connection breaks before it took effect is posted at the next try', async () => {
  workspace.dropNext({ method: 'chat.postMessage' });
  await expect(slots.show(slot('b', 'B'))).rejects.toThrow();
  expect(texts('B')).toEqual([]);
  await slots.show(slot('b', 'B'));
  await slots.show(slot('b', 'B'));

  expect(texts('B')).toEqual(['B']);
});

test('a post whose answer is lost is found again by its key, and not doubled', async () => {
  workspace.dropNext({ method: 'chat.postMessage', afterDoing: true });
  await expect(slots.show(slot('c', 'C'))).rejects.toThrow();
  expect(texts('C')).toEqual(['C']);
  await slots.show(slot('c', 'C'));

  expect(texts('C')).toEqual(['C']);
});

test('one that is found again with words of yesterday is edited', async () => {
  workspace.dropNext({ method: 'chat.postMessage', afterDoing: true });
  await expect(slots.show(slot('d', 'D old'))).rejects.toThrow();
  await slots.show(slot('d', 'D new'));

  expect(texts('D')).toEqual(['D new']);
});

test('a reply whose answer is lost is found again in its thread', async () => {
  await slots.show(slot('e', 'E parent'));
  workspace.dropNext({ method: 'chat.postMessage', afterDoing: true });
  await expect(slots.show(slot('e/1', 'E reply', { thread: 'e' }))).rejects.toThrow();
  await slots.show(slot('e/1', 'E reply', { thread: 'e' }));

  expect(texts('E')).toEqual(['E parent', 'E reply']);
  const [parent, reply] = workspace.messages('acme-team').filter(({ text }) => text.startsWith('E'));
  expect(reply?.threadTs).toBe(parent?.ts);
});

test('a reply waits until the message that it belongs to is posted', async () => {
  await expect(slots.show(slot('f/1', 'F reply', { thread: 'f' }))).rejects.toThrow('not posted yet');
  expect(texts('F')).toEqual([]);
});

test('an edit whose answer is lost is repeated, and the message is right', async () => {
  await slots.show(slot('g', 'G one'));
  workspace.dropNext({ method: 'chat.update', afterDoing: true });
  await expect(slots.show(slot('g', 'G two'))).rejects.toThrow();
  await slots.show(slot('g', 'G two'));

  expect(texts('G')).toEqual(['G two']);
});

test('a message that somebody deleted is posted anew when it has something to say', async () => {
  await slots.show(slot('h', 'H one'));
  const { ts = '' } = (await slots.whereabouts('h')) ?? {};
  await deleted(ts);
  await slots.show(slot('h', 'H two'));

  expect(texts('H')).toEqual(['H two']);
  expect((await slots.whereabouts('h'))?.ts).not.toBe(ts);
});

const deleted = async (ts: string): Promise<void> => {
  const body = new URLSearchParams({ channel: workspace.channelId('acme-team'), ts });
  await fetch(`${workspace.apiUrl}chat.delete`, {
    method: 'POST',
    headers: { authorization: `Bearer ${workspace.botToken}` },
    body,
  });
};

test('one message that Slack refuses does not keep the others back', async () => {
  workspace.refuseNext({ method: 'chat.postMessage', error: 'is_archived' });
  const wanted = [slot('i/1', 'I first'), slot('i/2', 'I second')];
  const error = await slots.showAll(wanted).catch((thrown: unknown) => thrown);
  expect(slackError(error)).toBe('is_archived');
  expect(texts('I')).toEqual(['I second']);
  await slots.showAll(wanted);

  expect(texts('I').sort()).toEqual(['I first', 'I second']);
});

test('a rate limit ends the round, tells how long to wait, and nothing is sent before that is over', async () => {
  const { workspace: limited, client } = await aSlack(ground);
  const mine = slotsOf(connection, client);
  limited.refuseNext({ method: 'chat.postMessage', error: 'is_archived' });
  limited.refuseNext({ method: 'chat.postMessage', status: 429, retryAfter: 1 });
  const wanted = [slot('j/1', 'J 1'), slot('j/2', 'J 2'), slot('j/3', 'J 3')];
  const error = await mine.showAll(wanted).catch((thrown: unknown) => thrown);
  const again = await mine.showAll(wanted).catch((thrown: unknown) => thrown);

  expect(retryAfter(error)).toBe(1_000);
  expect(retryAfter(again)).toBeGreaterThan(0);
  expect(retryAfter(again)).toBeLessThanOrEqual(1_000);
  expect(limited.calls('chat.postMessage')).toHaveLength(2);

  const [, refused] = limited.calls('chat.postMessage');
  while ((await mine.showAll(wanted).catch((thrown: unknown) => thrown)) !== undefined)
    expect(limited.calls('chat.postMessage')).toHaveLength(2);
  const posted = limited.messages('acme-team').map(({ text }) => text);
  const [first] = limited.calls('chat.postMessage').slice(2);
  expect(posted.sort()).toEqual(['J 1', 'J 2', 'J 3']);
  expect((first?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test('a pin that failed is set at the next try, and a message that cannot be pinned is shown all the same', async () => {
  workspace.refuseNext({ method: 'pins.add', error: 'internal_error' });
  await expect(slots.show(slot('k', 'K', { pin: true }))).rejects.toThrow();
  await slots.show(slot('k', 'K', { pin: true }));
  workspace.refuseNext({ method: 'pins.add', error: 'too_many_pins' });
  await slots.show(slot('l', 'L', { pin: true }));

  expect(workspace.messages('acme-team').find(({ text }) => text === 'K')?.pinned).toBe(true);
  expect(texts('K')).toEqual(['K']);
  expect(texts('L')).toEqual(['L']);
});

test('a text of any length can be posted, and edited later', async () => {
  await slots.show(slot('m', `M ${'<&>'.repeat(5_000)}`));
  await slots.show(slot('m', `M2 ${'é'.repeat(50_000)}`));

  expect(texts('M')).toHaveLength(1);
  expect(texts('M2')[0]?.length).toBeLessThanOrEqual(4_000);
});

test('what two tries announce at once is one record, and a message to a person goes into their direct messages', async () => {
  const person = { person: workspace.person('bo').id };
  await slots.show({ ...slot('n', 'N'), place: person });
  await slots.show({ ...slot('n', 'N again'), place: person });

  expect(workspace.messages('@bo').map(({ text }) => text)).toEqual(['N again']);
  expect(texts('N')).toEqual([]);
});

test('a file is shared once, also when the answer was lost', async () => {
  const file = {
    key: 'o',
    place: { channel: workspace.channelId('acme-team') },
    filename: 'log-o.txt',
    title: 'Log',
    text: async () => 'line',
  };
  workspace.dropNext({ method: 'files.completeUploadExternal', afterDoing: true });
  await expect(slots.share(file)).rejects.toThrow();
  await slots.share(file);
  await slots.share(file);

  const files = workspace.messages('acme-team').flatMap((message) => message.files ?? []);
  expect(files.filter(({ name }) => name === 'log-o.txt')).toHaveLength(1);
});
