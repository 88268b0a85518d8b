import type { Instant } from '../../kernel/instants.js';
import type { Client } from '../../people/people.js';
import type { Slot } from '../../platform/slack/slots.js';
import type { Release } from '../release/index.js';
import { answerOf, itemsOf } from './checklist.js';
import { checklistItem } from './checklist.views.js';

/** The answered items, and the next open one of each side: item by item, never all at once. */
export function checklistSlots(
  release: Release,
  client: Client,
  ourZone: string,
  board: string,
  now: Instant,
): Slot[] {
  const items = itemsOf(release);
  const open = items.filter((item) => answerOf(item) === undefined);
  const prompted =
    release.status === 'preparing'
      ? [
          open.find(({ answeredBy }) => answeredBy !== 'client'),
          open.find(({ answeredBy }) => answeredBy === 'client'),
        ]
      : [];
  return items
    .filter((item) => answerOf(item) !== undefined || prompted.includes(item))
    .map((item): Slot => {
      const key = `release/${release.id}/item/${item.id}`;
      const toClient = item.answeredBy === 'client';
      const content = checklistItem(
        release.id,
        item,
        toClient ? client.zone : ourZone,
        now,
        release.status === 'preparing',
      );
      return toClient
        ? { key, place: { channel: client.channels.shared }, content }
        : { key, place: { channel: client.channels.team }, thread: board, content };
    });
}
