import type { House } from '../../config/house.js';
import type { Instant } from '../../kernel/instants.js';
import type { Client } from '../../people/people.js';
import type { Slot } from '../../platform/slack/slots.js';
import type { Release } from '../release/index.js';
import { verificationOf } from './verification.js';
import { alertMessage, roundMessage } from './verification.views.js';

/** The looks at production in the thread; alerts in the on-call channel, and in the direct messages of everybody called. */
export function verificationSlots(
  release: Release,
  client: Client,
  house: House,
  board: string,
  now: Instant,
): Slot[] {
  const { rounds, alerts } = verificationOf(release);
  const looks = rounds.map(
    (round, at): Slot => ({
      key: `release/${release.id}/round/${at + 1}`,
      place: { channel: client.channels.team },
      thread: board,
      content: roundMessage(release, round),
    }),
  );
  const calls = alerts.flatMap((alert): Slot[] => {
    const key = `release/${release.id}/alert/${alert.number}`;
    const content = alertMessage(release, alert, house.zone, now);
    const people = [...new Set(alert.called.map(({ user }) => user))];
    return [
      { key, place: { channel: house.onCall.channel }, content },
      ...people.map((person): Slot => ({ key: `${key}/${person}`, place: { person }, content })),
    ];
  });
  return [...looks, ...calls];
}
