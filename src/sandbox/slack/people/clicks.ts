import type { MessageCard } from '../contract.js';
import { awaited } from '../happenings.js';
import type { OpenModal } from '../modals.js';
import type { HomeRecord, PersonRecord } from '../records.js';
import { channelNamed } from '../records.js';
import { messageShape } from '../shapes.js';
import type { Slack } from '../slack.js';
import { type Answer, noticed } from './answer.js';
import { type Pressable, pressable, pressables } from './find.js';
import { pressInHome, pressInMessage, pressInModal } from './press.js';
import type { Place, Places, Where } from './where.js';

export interface Clicker {
  clicks(label: string, where?: Where): Promise<Answer>;
  clicksTwice(label: string, where?: Where): Promise<readonly [Answer, Answer]>;
  clicksStale(card: MessageCard, label: string): Promise<Answer>;
}

type Target = { readonly found: Pressable } & (
  | { readonly modal: OpenModal }
  | { readonly home: HomeRecord }
  | { readonly place: Place }
);

/** Clicks by label; waits for it to appear, and says what there is when it does not. */
export function aClicker(slack: Slack, person: PersonRecord, places: Places, patience: number): Clicker {
  const find = (label: string, where: Where): Target | undefined => {
    const modal = slack.modals.of(person.id).at(-1);
    const inModal =
      where.in === undefined && where.message === undefined
        ? pressable(modal?.view.blocks, label, where.item)
        : undefined;
    if (modal !== undefined && inModal !== undefined) return { found: inModal, modal };
    if (where.in !== 'home') {
      for (const place of places.messages(where)) {
        const found = pressable(place.message.blocks, label, where.item);
        if (found !== undefined) return { found, place };
      }
      if (where.in !== undefined || where.message !== undefined) return undefined;
    }
    const home = slack.records.homes[person.id];
    const inHome = pressable(home?.view.blocks, label, where.item);
    return home === undefined || inHome === undefined ? undefined : { found: inHome, home };
  };
  const target = async (label: string, where: Where): Promise<Target> => {
    const found = await awaited(slack.desk, () => find(label, where), patience);
    if (found !== undefined) return found;
    throw new Error(
      `${person.name} finds nothing to click called "${label}"${narrowed(where)}. There is: ${all(slack, person, places, where)}.`,
    );
  };
  return {
    clicks: async (label, where = {}) => press(slack, person, await target(label, where)),
    clicksTwice: async (label, where = {}) => {
      const one = await target(label, where);
      return Promise.all([press(slack, person, one), press(slack, person, one)]);
    },
    clicksStale: async (card, label) => stale(slack, person, card, label),
  };
}

function press(slack: Slack, person: PersonRecord, target: Target): Promise<Answer> {
  const { placed, chosen } = target.found;
  const { blockId, actionId } = placed;
  if ('modal' in target)
    return pressInModal(slack, person, target.modal, {
      blockId,
      actionId,
      element: chosen,
      state: target.modal.draft,
    });
  const what = { blockId, actionId, element: chosen, state: {} };
  if ('home' in target) return pressInHome(slack, person, target.home, what);
  return pressInMessage(slack, person, target.place.channel, target.place.message, what);
}

/** A click on a copy that has not caught up: the payload shows the message as it is now, as Slack's does. */
async function stale(slack: Slack, person: PersonRecord, card: MessageCard, label: string): Promise<Answer> {
  const found = pressable(card.blocks, label);
  if (found === undefined) throw new Error(`The remembered message holds no "${label}".`);
  const channel = channelNamed(slack.records, card.channel);
  const message = slack.records.messages[card.channel]?.find(({ ts }) => ts === card.ts);
  if (channel === undefined || message === undefined) return noticed(slack, person, 'This message is gone.');
  const { blockId, actionId, element } = found.placed;
  return pressInMessage(slack, person, channel, message, {
    blockId,
    actionId,
    element: { ...element, ...found.chosen },
    state: {},
  });
}

const narrowed = ({ in: channel, message, item }: Where): string =>
  [channel && ` in ${channel}`, message && ` on ${String(message)}`, item && ` beside ${item}`]
    .filter(Boolean)
    .join('');

function all(slack: Slack, person: PersonRecord, places: Places, where: Where): string {
  const modal = slack.modals.of(person.id).at(-1);
  const home = slack.records.homes[person.id];
  const messages = where.in === 'home' ? [] : places.messages(where).slice(0, 10);
  const blocks = [modal?.view.blocks, home?.view.blocks, ...messages.map(({ message }) => message.blocks)];
  const labels = blocks.flatMap((one) => pressables(one).map(({ label }) => `"${label}"`));
  const newest =
    messages[0] === undefined
      ? 'no message'
      : `the newest message says ${JSON.stringify(messageShape(slack, messages[0].message).text)}`;
  return `${[...new Set(labels)].join(', ') || 'nothing'}; ${newest}`;
}
