import type { WorkspaceSeed } from '../slack/workspace.js';

const acme = { id: 'TACMECORP', name: 'Acme Trading' };
const elsewhere = { id: 'TELSEWHERE', name: 'Elsewhere Ltd' };
const [melbourne, london] = ['Australia/Melbourne', 'Europe/London'];

/** The agency and its client Acme: everybody in the story. */
export const demoSeed: WorkspaceSeed = {
  name: 'Harbour Studio',
  zone: melbourne,
  people: [
    { key: 'bo', name: 'Bo Lindqvist', title: 'Release manager', zone: melbourne },
    { key: 'kim', name: 'Kim Tanaka', title: 'Developer', zone: melbourne },
    { key: 'sam', name: 'Sam Okoye', title: 'Developer', zone: melbourne },
    { key: 'ola', name: 'Ola Berg', title: 'On call', zone: melbourne },
    { key: 'ana', name: 'Ana Ruiz', title: 'Product owner at Acme', zone: london, team: acme },
    { key: 'raj', name: 'Raj Patel', title: 'Head of operations at Acme', zone: london, team: acme },
    {
      key: 'max',
      name: 'Max Stern',
      title: 'A stranger in the shared channel',
      zone: london,
      team: elsewhere,
    },
  ],
  channels: [
    {
      key: 'acme-team',
      name: 'acme-team',
      topic: 'Our side of Acme: incidents and release boards',
      members: ['bo', 'kim', 'sam', 'ola'],
    },
    {
      key: 'acme-shared',
      name: 'acme-shared',
      topic: 'Shared with Acme',
      shared: true,
      members: ['bo', 'kim', 'sam', 'ana', 'raj', 'max'],
    },
    { key: 'on-call', name: 'on-call', topic: 'Alerts', members: ['bo', 'ola', 'kim', 'sam'] },
  ],
};

/** Roles of our people, by key. */
export const demoRoles: Readonly<Record<string, readonly string[]>> = {
  bo: ['admin', 'release manager'],
  kim: ['developer', 'on-call'],
  sam: ['developer'],
  ola: ['on-call'],
};

export const demoRota: readonly string[] = ['ola', 'kim'];
export const demoApprovers: readonly string[] = ['ana', 'raj'];
