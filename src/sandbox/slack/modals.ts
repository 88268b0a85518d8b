import { randomBytes } from 'node:crypto';
import type { View } from '@slack/types';
import type { InputState } from './contract.js';
import { ApiError } from './front/api-error.js';
import type { NewsDesk } from './happenings.js';

export interface OpenModal {
  readonly id: string;
  readonly user: string;
  readonly rootId: string;
  readonly previousId?: string;
  hash: string;
  view: View;
  /** What the person has filled in so far. */
  draft: InputState;
}

export interface Modals {
  of(user: string): readonly OpenModal[];
  byId(id: string): OpenModal | undefined;
  byExternalId(externalId: string): OpenModal | undefined;
  /** Opens on top of what is open. Slack allows a stack of three. */
  push(user: string, view: View): OpenModal;
  replace(modal: OpenModal, view: View): OpenModal;
  keepDraft(modal: OpenModal, draft: InputState): void;
  close(modal: OpenModal): void;
  clear(user: string): readonly OpenModal[];
}

export const aHash = (): string => `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`;
export const aViewId = (): string => `V${randomBytes(5).toString('hex').toUpperCase()}`;

/** Open modals of everybody. They live in people's clients, so a restart closes them. */
export function noModals(desk: NewsDesk): Modals {
  const stacks = new Map<string, OpenModal[]>();
  const of = (user: string) => stacks.get(user) ?? [];
  const all = () => [...stacks.values()].flat();
  const told = (user: string) => desk.tell({ type: 'modals', user });
  return {
    of,
    byId: (id) => all().find((modal) => modal.id === id),
    byExternalId: (externalId) =>
      all().find(({ view }) => 'external_id' in view && view.external_id === externalId),
    push: (user, view) => {
      const below = of(user);
      if (below.length >= 3) throw new ApiError('push_limit_reached');
      const id = aViewId();
      const top = below.at(-1);
      const previous = top === undefined ? {} : { previousId: top.id };
      const modal: OpenModal = {
        id,
        user,
        rootId: top?.rootId ?? id,
        ...previous,
        hash: aHash(),
        view,
        draft: {},
      };
      stacks.set(user, [...below, modal]);
      told(user);
      return modal;
    },
    replace: (modal, view) => {
      modal.view = view;
      modal.hash = aHash();
      told(modal.user);
      return modal;
    },
    keepDraft: (modal, draft) => {
      modal.draft = draft;
    },
    close: (modal) => {
      stacks.set(
        modal.user,
        of(modal.user).filter(({ id }) => id !== modal.id),
      );
      told(modal.user);
    },
    clear: (user) => {
      const closed = of(user);
      stacks.delete(user);
      told(user);
      return closed;
    },
  };
}
