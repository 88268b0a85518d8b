import type { KnownBlock } from '@slack/types';
import { modalCard } from '../cards.js';
import type { ViewCard } from '../contract.js';
import type { Ack } from '../delivery/ack.js';
import type { PersonRecord } from '../records.js';
import { type MessageRecord, messagesIn } from '../records.js';
import type { Slack } from '../slack.js';

/** What a person is shown right away after what they did. */
export interface Answer {
  /** The bot took it: it acked, and sent nothing back. */
  readonly ok: boolean;
  /** The bot's HTTP status; over Socket Mode 200 for an ack; 0 when nobody answered or nothing was sent. */
  readonly status: number;
  /** The command's answer, else an ephemeral message that came before the ack. */
  readonly text?: string;
  readonly blocks?: readonly KnownBlock[];
  /** The person's topmost modal now. */
  readonly modal?: ViewCard;
  /** A submission that was sent back: a sentence for each wrong input, by its label (for the page by block_id). */
  readonly errors?: Readonly<Record<string, string>>;
  /** What Slack itself tells the person when something is wrong. */
  readonly notice?: string;
}

/** A mark in time: what comes after it is an answer to what was done. */
export const mark = (slack: Slack): number => slack.records.lastMicros;

/** The ephemeral message that this person got since the mark, the newest one. */
function whisperSince(slack: Slack, person: PersonRecord, since: number): MessageRecord | undefined {
  const all = slack.records.channels.flatMap(({ id }) => messagesIn(slack.records, id));
  return all
    .filter(({ onlyFor, ts }) => onlyFor === person.id && Number(ts.replace('.', '')) > since)
    .toSorted((one, other) => one.ts.localeCompare(other.ts))
    .at(-1);
}

/** Tells the person what Slack itself would say. */
export function noticed(
  slack: Slack,
  person: PersonRecord,
  text: string,
  status = 0,
  channel?: string,
): Answer {
  slack.desk.tell({ type: 'notice', user: person.id, text, ...(channel === undefined ? {} : { channel }) });
  return { ok: false, status, notice: text, ...top(slack, person) };
}

/** The answer when the bot acked. */
export function acked(slack: Slack, person: PersonRecord, { status }: Ack, since: number): Answer {
  const whisper = whisperSince(slack, person, since);
  const shown = whisper === undefined ? {} : { text: whisper.text, blocks: whisper.blocks };
  return { ok: true, status, ...shown, ...top(slack, person) };
}

export function top(slack: Slack, person: PersonRecord): { readonly modal?: ViewCard } {
  const modal = slack.modals.of(person.id).at(-1);
  return modal === undefined ? {} : { modal: modalCard(modal) };
}

/** Slack's words for an interaction that the bot did not take. */
export const unanswered = ({ manifest }: Slack, { problem }: Ack): string =>
  problem === 'operation_timeout' ? `${manifest.botName} didn't respond.` : "That didn't work. Try again.";
