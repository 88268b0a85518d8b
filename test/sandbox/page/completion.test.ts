import { expect, test } from '@jest/globals';
import type { State } from '../../../src/sandbox/slack/contract.js';
import { addressOfSlackLink, formatAddress, parseAddress } from '../../../src/sandbox/slack/page/address.js';
import { complete, wordsOfHint } from '../../../src/sandbox/slack/page/completion.js';
import { channelsOf, people } from '../../support/page-people.js';

const state: State = {
  workspace: { name: 'Harbour', teamId: 'T1' },
  me: people.mara,
  people: Object.values(people),
  channels: channelsOf(people.mara),
  commands: [
    { command: '/incident', description: 'Register', usageHint: '[client title] | list | show' },
    { command: '/freeze', description: 'Freeze', usageHint: '[release] | status | thaw' },
  ],
  shortcuts: [],
  modals: [],
  bot: people.slipway.id,
};
const labels = (before: string, commandsToo = true) =>
  complete(before, state, commandsToo).suggestions.map(({ label }) => label);

test.each([
  ['/', ['/incident', '/freeze']],
  ['/fr', ['/freeze']],
  ['/x', []],
  ['/incident ', ['/incident list', '/incident show']],
  ['/incident l', ['/incident list']],
  ['/incident list a', []],
  ['text /', []],
  ['ask @k', ['@Kim Osei']],
  ['@osei', ['@Kim Osei']],
  ['bo@k', []],
  ['see #sh', ['#acme-shared']],
])('behind %j it offers %j', (before, offered) => {
  expect(labels(before)).toEqual(offered);
});

test('Enter takes a suggestion only while what stands there could not be sent', () => {
  expect(complete('/inc', state, true).eager).toBe(true);
  expect(complete('/incident', state, true).eager).toBe(false);
  expect(complete('/incident l', state, true).eager).toBe(false);
});

test('where commands do not work none are offered', () => {
  expect(labels('/', false)).toEqual([]);
});

test('a usage hint offers its plain words, not what one has to fill in', () => {
  expect(wordsOfHint('[client title] | list | show ACME-42 | help')).toEqual(['list', 'show', 'help']);
});

test("an address survives the address bar, and Slack's own links lead into the page", () => {
  const address = { as: 'U1', channel: 'C1', thread: '1.2', tab: undefined, message: '3.4' };
  expect(parseAddress(formatAddress(address))).toEqual(address);
  expect(
    addressOfSlackLink('http://127.0.0.1:1/archives/C1/p1700000000000100?thread_ts=1699.0001&cid=C1'),
  ).toEqual({
    channel: 'C1',
    message: '1700000000.000100',
    thread: '1699.0001',
    tab: undefined,
  });
  expect(addressOfSlackLink('slack://app?team=T1&id=A1&tab=home')).toEqual({ tab: 'home' });
  expect(addressOfSlackLink('https://acme.example/archives/old')).toBeUndefined();
});
