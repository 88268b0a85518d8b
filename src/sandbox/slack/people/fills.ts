import { awaited } from '../happenings.js';
import { elementsOf, type Placed, valueName, withValue } from '../inputs.js';
import { recordOf, textOf } from '../json.js';
import type { OpenModal } from '../modals.js';
import type { PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import type { Answer } from './answer.js';
import { type Filling, valueFor } from './fill.js';
import { fillable, fillableNames } from './find.js';
import { pressInMessage, pressInModal } from './press.js';
import type { Places, Where } from './where.js';

export interface Filler {
  /** The topmost modal; waits for one to open. */
  openModal(): Promise<OpenModal>;
  fills(name: string, filling: Filling): Promise<Answer>;
  chooses(name: string, filling: Filling, where?: Where): Promise<Answer>;
  /** Errors by label instead of block_id. */
  byLabel(modal: OpenModal, answer: Answer): Answer;
}

export function aFiller(slack: Slack, person: PersonRecord, places: Places, patience: number): Filler {
  const top = () => slack.modals.of(person.id).at(-1);
  const openModal = async (): Promise<OpenModal> => {
    const modal = await awaited(slack.desk, top, patience);
    if (modal === undefined) throw new Error(`${person.name} has no modal open.`);
    return modal;
  };
  const fills = async (name: string, filling: Filling): Promise<Answer> => {
    await openModal();
    const placed = await awaited(slack.desk, () => fillable(top()?.view.blocks, name), patience);
    const modal = top();
    if (placed === undefined || modal === undefined)
      throw new Error(missing(person, name, modal?.view.blocks));
    return put(slack, person, modal, placed, filling);
  };
  return {
    openModal,
    fills,
    byLabel,
    chooses: (name, filling, where = {}) => {
      const modal = where.in === undefined && where.message === undefined ? top() : undefined;
      return modal === undefined
        ? inMessage(slack, person, places, { name, filling, where, patience })
        : fills(name, filling);
    },
  };
}

const missing = (person: PersonRecord, name: string, blocks: unknown): string =>
  `${person.name} finds no input called "${name}". There is: ${fillableNames(blocks).join(', ') || 'none'}.`;

/** Puts a value into the modal; Slack tells the bot unless it is an input without dispatch_action. */
async function put(
  slack: Slack,
  person: PersonRecord,
  modal: OpenModal,
  placed: Placed,
  filling: Filling,
): Promise<Answer> {
  const value = valueFor(slack, person, placed, filling);
  const state = withValue(modal.draft, placed, value);
  if (placed.block.type === 'input' && placed.block.dispatch_action !== true) {
    slack.modals.keepDraft(modal, state);
    return { ok: true, status: 0 };
  }
  return pressInModal(slack, person, modal, { ...pressOf(placed, value), state });
}

interface Choice {
  readonly name: string;
  readonly filling: Filling;
  readonly where: Where;
  readonly patience: number;
}

async function inMessage(
  slack: Slack,
  person: PersonRecord,
  places: Places,
  { name, filling, where, patience }: Choice,
): Promise<Answer> {
  const find = () => {
    for (const place of places.messages(where)) {
      const placed = fillable(place.message.blocks, name);
      if (placed !== undefined) return { place, placed };
    }
    return undefined;
  };
  const found = await awaited(slack.desk, find, patience);
  if (found === undefined) throw new Error(missing(person, name, places.messages(where)[0]?.message.blocks));
  const { place, placed } = found;
  const value = valueFor(slack, person, placed, filling);
  const state = withValue({}, placed, value);
  return pressInMessage(slack, person, place.channel, place.message, { ...pressOf(placed, value), state });
}

const pressOf = ({ blockId, actionId, element }: Placed, value: unknown) => ({
  blockId,
  actionId,
  element: { type: element.type, [valueName(element.type) ?? 'value']: value },
});

function byLabel(modal: OpenModal, answer: Answer): Answer {
  if (answer.errors === undefined) return answer;
  const labels = new Map(
    elementsOf(modal.view.blocks).map(({ blockId, block }) => [blockId, textOf(recordOf(block.label).text)]),
  );
  const errors = Object.entries(answer.errors).map(([block, sentence]) => [
    labels.get(block) || block,
    sentence,
  ]);
  return { ...answer, errors: Object.fromEntries(errors) };
}
