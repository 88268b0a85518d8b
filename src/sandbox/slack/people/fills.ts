import { awaited } from '../happenings.js';
import { elementsOf, type Placed, valueName, withValue } from '../inputs.js';
import { recordOf, textOf } from '../json.js';
import type { OpenModal } from '../modals.js';
import type { PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import type { Answer } from './answer.js';
import { type Filling, valueFor } from './fill.js';
import { fillable, fillableNames } from './find.js';
import { modalSurface, type Surface, type Surfaces } from './surfaces.js';
import type { Where } from './where.js';

export interface Filler {
  /** The topmost modal; waits for one to open. */
  openModal(): Promise<OpenModal>;
  /** Puts a value into the open modal. */
  fills(name: string, filling: Filling): Promise<Answer>;
  chooses(name: string, filling: Filling, where?: Where): Promise<Answer>;
}

export function aFiller(slack: Slack, person: PersonRecord, surfaces: Surfaces, patience: number): Filler {
  const modals = (): readonly Surface[] =>
    slack.modals
      .of(person.id)
      .slice(-1)
      .map((modal) => modalSurface(slack, person, modal));
  const openModal = async (): Promise<OpenModal> => {
    const modal = await awaited(slack.desk, () => slack.modals.of(person.id).at(-1), patience);
    if (modal === undefined) throw new Error(`${person.name} has no modal open.`);
    return modal;
  };
  const fill = async (name: string, filling: Filling, among: () => readonly Surface[]): Promise<Answer> => {
    const find = () => {
      for (const surface of among()) {
        const placed = fillable(surface.blocks, name);
        if (placed !== undefined) return { surface, placed };
      }
      return undefined;
    };
    const found = await awaited(slack.desk, find, patience);
    if (found === undefined) throw new Error(missing(person, name, among()));
    return put(found.surface, found.placed, valueFor(slack, person, found.placed, filling));
  };
  return {
    openModal,
    fills: async (name, filling) => {
      await openModal();
      return fill(name, filling, modals);
    },
    chooses: (name, filling, where = {}) => fill(name, filling, () => surfaces(where)),
  };
}

function missing(person: PersonRecord, name: string, surfaces: readonly Surface[]): string {
  const names = surfaces.slice(0, 10).flatMap(({ blocks }) => fillableNames(blocks));
  return `${person.name} finds no input called "${name}". There is: ${names.join(', ') || 'none'}.`;
}

/** Puts a value where it belongs; Slack tells the bot unless it is an input without dispatch_action. */
async function put(surface: Surface, placed: Placed, value: unknown): Promise<Answer> {
  const { blockId, actionId, element, block } = placed;
  const state = withValue(surface.draft(), placed, value);
  surface.keep(state);
  if (block.type === 'input' && block.dispatch_action !== true) return { ok: true, status: 0 };
  const chosen = { type: element.type, [valueName(element.type) ?? 'value']: value };
  return surface.press({ blockId, actionId, element: chosen, state });
}

/** The answer to a submission with its errors by label instead of block_id. */
export function byLabel(modal: OpenModal, answer: Answer): Answer {
  if (answer.errors === undefined) return answer;
  const placed = elementsOf(modal.view.blocks);
  const labels = new Map(placed.map(({ blockId, block }) => [blockId, textOf(recordOf(block.label).text)]));
  const errors = Object.entries(answer.errors).map(([id, sentence]) => [labels.get(id) || id, sentence]);
  return { ...answer, errors: Object.fromEntries(errors) };
}
