import type { ChannelCard, PersonCard } from '../../src/sandbox/slack/contract.js';

const agency = {
  teamId: 'T1',
  teamName: 'Harbour',
  external: false,
  zone: 'Australia/Melbourne',
  bot: false,
};
const acme = { teamId: 'T2', teamName: 'Acme', external: true, zone: 'Europe/London', bot: false };

/** The people of the made-up workspace that the page is tried on. */
export const people = {
  mara: { ...agency, id: 'U1', name: 'Mara Lindqvist', title: 'Release manager' },
  bo: { ...agency, id: 'U2', name: 'Bo Tran', title: 'Developer' },
  kim: { ...agency, id: 'U3', name: 'Kim Osei', title: 'Developer' },
  sam: { ...agency, id: 'U4', name: 'Sam Reyes', title: 'On call' },
  ana: { ...acme, id: 'U5', name: 'Ana Duarte', title: 'Product owner at Acme' },
  raj: { ...acme, id: 'U6', name: 'Raj Mehta', title: 'Visitor in the shared channel' },
  slipway: { ...agency, id: 'UBOT', name: 'Slipway', title: 'Runs the release process', bot: true },
} as const satisfies Record<string, PersonCard>;

const ours = ['U1', 'U2', 'U3', 'U4', 'UBOT'];

const channel = (
  id: string,
  name: string,
  topic: string,
  members: readonly string[],
  shared = false,
): ChannelCard => ({
  id,
  name,
  kind: 'channel',
  shared,
  topic,
  members,
  unread: 0,
});

/** The channels that a person is in, the direct message with the bot last. */
export function channelsOf(person: PersonCard): readonly ChannelCard[] {
  const all = [
    channel('C1', 'acme-team', 'Acme, among ourselves: incidents, releases, what is next', ours),
    channel(
      'C2',
      'acme-shared',
      'Harbour and Acme: requests, dates, release notes',
      [...ours, 'U5', 'U6'],
      true,
    ),
    channel('C3', 'on-call', 'What production tells us', ours),
    channel('C4', 'lunch', '', ours),
  ];
  const direct: ChannelCard = {
    id: `D${person.id}`,
    name: 'slipway',
    kind: 'im',
    shared: false,
    topic: '',
    members: [person.id, 'UBOT'],
    unread: 0,
    with: 'UBOT',
  };
  return [...all.filter(({ members }) => members.includes(person.id)), direct];
}
