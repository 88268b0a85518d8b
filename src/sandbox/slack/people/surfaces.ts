import type { InputState } from '../contract.js';
import type { OpenModal } from '../modals.js';
import type { PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import type { Answer } from './answer.js';
import { type Press, pressInHome, pressInMessage, pressInModal } from './press.js';
import type { Place, Places, Where } from './where.js';

/** Something with blocks that a person can act on: the open modal, a message, the App Home. */
export interface Surface {
  readonly blocks: unknown;
  /** What the person has chosen here so far. A client keeps it until the surface is gone. */
  draft(): InputState;
  keep(state: InputState): void;
  press(press: Press): Promise<Answer>;
}

/** The surfaces that a person sees, in the order in which they would look: the modal, messages from the newest, the Home. */
export type Surfaces = (where: Where) => readonly Surface[];

export function surfacesOf(slack: Slack, person: PersonRecord, places: Places): Surfaces {
  const drafts = new Map<string, InputState>();
  const kept = (key: string) => ({
    draft: () => drafts.get(key) ?? {},
    keep: (state: InputState) => void drafts.set(key, state),
  });
  const message = ({ channel, message: shown }: Place): Surface => ({
    ...kept(`${channel.id}:${shown.ts}`),
    blocks: shown.blocks,
    press: (press) => pressInMessage(slack, person, channel, shown, press),
  });
  const homes = (): readonly Surface[] => {
    const home = slack.records.homes[person.id];
    if (home === undefined) return [];
    return [
      {
        ...kept(home.id),
        blocks: home.view.blocks,
        press: (press) => pressInHome(slack, person, home, press),
      },
    ];
  };
  return (where) => {
    if (where.in === 'home') return homes();
    const messages = places.messages(where).map(message);
    if (where.in !== undefined || where.message !== undefined) return messages;
    const top = slack.modals.of(person.id).at(-1);
    return [...(top === undefined ? [] : [modalSurface(slack, person, top)]), ...messages, ...homes()];
  };
}

export const modalSurface = (slack: Slack, person: PersonRecord, modal: OpenModal): Surface => ({
  blocks: modal.view.blocks,
  draft: () => modal.draft,
  keep: (state) => slack.modals.keepDraft(modal, state),
  press: (press) => pressInModal(slack, person, modal, press),
});
