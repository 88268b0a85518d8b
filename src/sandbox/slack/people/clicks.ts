import type { MessageCard } from '../contract.js';
import { awaited } from '../happenings.js';
import { channelNamed, messageAt, type PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { type Answer, noticed } from './answer.js';
import { type Pressable, pressable, pressables } from './find.js';
import { pressInMessage } from './press.js';
import type { Surface, Surfaces } from './surfaces.js';
import type { Where } from './where.js';

export interface Clicker {
  clicks(label: string, where?: Where): Promise<Answer>;
  clicksTwice(label: string, where?: Where): Promise<readonly [Answer, Answer]>;
  clicksStale(card: MessageCard, label: string): Promise<Answer>;
}

interface Target {
  readonly found: Pressable;
  readonly surface: Surface;
}

/** Clicks by label; waits for it to appear, and says what there is when it does not. */
export function aClicker(slack: Slack, person: PersonRecord, surfaces: Surfaces, patience: number): Clicker {
  const find = (label: string, where: Where): Target | undefined => {
    for (const surface of surfaces(where)) {
      const found = pressable(surface.blocks, label, where.item);
      if (found !== undefined) return { found, surface };
    }
    return undefined;
  };
  const target = async (label: string, where: Where): Promise<Target> => {
    const found = await awaited(slack.desk, () => find(label, where), patience);
    if (found !== undefined) return found;
    const there = `There is: ${labels(surfaces(where))}.`;
    throw new Error(`${person.name} finds nothing to click called "${label}"${narrowed(where)}. ${there}`);
  };
  return {
    clicks: async (label, where = {}) => press(await target(label, where)),
    clicksTwice: async (label, where = {}) => {
      const one = await target(label, where);
      return Promise.all([press(one), press(one)]);
    },
    clicksStale: (card, label) => stale(slack, person, card, label),
  };
}

function press({ surface, found: { placed, chosen } }: Target): Promise<Answer> {
  const { blockId, actionId } = placed;
  return surface.press({ blockId, actionId, element: chosen, state: surface.draft() });
}

/** A click on a copy that has not caught up: the payload shows the message as it is now, as Slack's does. */
async function stale(slack: Slack, person: PersonRecord, card: MessageCard, label: string): Promise<Answer> {
  const found = pressable(card.blocks, label);
  if (found === undefined) throw new Error(`The remembered message holds no "${label}".`);
  const channel = channelNamed(slack.records, card.channel);
  const message = messageAt(slack.records, card.channel, card.ts);
  if (channel === undefined || message === undefined) return noticed(slack, person, 'This message is gone.');
  const { blockId, actionId, element } = found.placed;
  const pressed = { ...element, ...found.chosen };
  return pressInMessage(slack, person, channel, message, { blockId, actionId, element: pressed, state: {} });
}

const narrowed = ({ in: channel, message, item }: Where): string =>
  [channel && ` in ${channel}`, message && ` on ${String(message)}`, item && ` beside ${item}`]
    .filter(Boolean)
    .join('');

/** The labels that could have been meant, those of the nearest ten surfaces. */
function labels(surfaces: readonly Surface[]): string {
  const all = surfaces
    .slice(0, 10)
    .flatMap(({ blocks }) => pressables(blocks).map(({ label }) => `"${label}"`));
  return [...new Set(all)].join(', ') || 'nothing';
}
