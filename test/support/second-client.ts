import { parse, stringify } from 'yaml';
import { demoSeed } from '../../src/sandbox/demo/people.js';
import type { Workspace, WorkspaceSeed } from '../../src/sandbox/slack/workspace.js';
import type { WorldOptions } from './world.js';

const umber = { id: 'TUMBERINC', name: 'Umber Foods' };

const seed: WorkspaceSeed = {
  ...demoSeed,
  people: [
    ...demoSeed.people,
    { key: 'uma', name: 'Uma Hale', title: 'Product owner at Umber', zone: 'Europe/Berlin', team: umber },
    {
      key: 'gus',
      name: 'Gus Reed',
      title: 'A guest of Acme in our workspace',
      zone: 'Europe/London',
      restricted: true,
    },
  ],
  channels: [
    ...demoSeed.channels,
    { key: 'umber-team', name: 'umber-team', topic: 'Our side of Umber', members: ['bo', 'kim', 'sam'] },
    {
      key: 'umber-shared',
      name: 'umber-shared',
      topic: 'Shared with Umber',
      shared: true,
      members: ['bo', 'kim', 'uma'],
    },
  ],
};

interface Settings {
  clients: Record<string, Record<string, unknown>>;
}

/** The house with a second client, Umber, whose approver is Uma; and a guest, Gus, who has our team id and no role. */
export const withUmber: WorldOptions = {
  seed,
  house: (yaml: string, workspace: Workspace): string => {
    const house = parse(yaml) as Settings;
    const { acme } = house.clients;
    const uma = workspace.person('uma');
    house.clients.umber = {
      ...acme,
      name: 'Umber',
      zone: 'Europe/Berlin',
      channels: { team: workspace.channelId('umber-team'), shared: workspace.channelId('umber-shared') },
      approvers: [{ team: uma.teamId, user: uma.id, name: 'Uma' }],
    };
    return stringify(house);
  },
};

/** The same, with everybody in every channel: being in a channel gives nobody a right. */
export const withOpenDoors: WorldOptions = {
  ...withUmber,
  seed: {
    ...seed,
    channels: seed.channels.map((channel) => ({ ...channel, members: seed.people.map(({ key }) => key) })),
  },
};
