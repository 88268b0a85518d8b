import type { ConfirmationDialog } from '@slack/types';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Act, Outcome } from '../contract.js';
import type { Address } from './address.js';
import type { Change, Model } from './state.js';

/** What every part of the page may see and do. */
export interface Desk {
  readonly model: Model;
  readonly address: Address;
  /** The story's present in milliseconds: where the bot's clock was moved, everybody's is. */
  readonly now: number;
  /** Whether the stream of happenings is there; nothing is fetched before it is, lest something fall between the two. */
  readonly stream: 'opening' | 'open' | 'lost';
  readonly act: (act: Act) => Promise<Outcome>;
  readonly change: (change: Change) => void;
  /** Goes somewhere within the page. */
  readonly go: (address: Partial<Address>) => void;
  /** Asks before something happens; true when the person agreed. */
  readonly ask: (question: ConfirmationDialog) => Promise<boolean>;
  /** Says a sentence to people who listen rather than look. */
  readonly announce: (sentence: string) => void;
}

const DeskContext = createContext<Desk | undefined>(undefined);

export const DeskProvider = DeskContext.Provider;

/** The desk that this part of the page stands on. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('This part of the page stands outside the workspace.');
  return desk;
}

/** The sentence of an outcome that did not go well. */
export const problemOf = (outcome: Outcome): string | undefined =>
  outcome.ok || !('problem' in outcome) ? undefined : outcome.problem;
