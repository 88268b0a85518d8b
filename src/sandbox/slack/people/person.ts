import { homeCard, messageCard, modalCard } from '../cards.js';
import type { MessageCard, ViewCard } from '../contract.js';
import type { SignedRequest } from '../delivery/signing.js';
import type { PersonRecord } from '../records.js';
import { visibleTo } from '../records.js';
import type { Slack } from '../slack.js';
import type { Answer } from './answer.js';
import { aClicker } from './clicks.js';
import type { Filling } from './fill.js';
import { aFiller, byLabel } from './fills.js';
import { hearing } from './hearing.js';
import { type Replay, replayer } from './replay.js';
import { openHome, useShortcut } from './shortcut.js';
import { close, submit } from './submit.js';
import { surfacesOf } from './surfaces.js';
import { type PickedFile, share, type } from './talk.js';
import { placesOf, type Where } from './where.js';

/** Somebody in the workspace, doing by name and label what people do in Slack. */
export interface Person {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly teamId: string;
  /** Types a message, or a slash command when it starts with "/". */
  types(text: string, where?: { readonly in?: string; readonly thread?: string }): Promise<Answer>;
  /** Shares a file in a channel and gives the file's id. */
  uploads(
    file: PickedFile,
    where?: { readonly in?: string; readonly thread?: string; readonly text?: string },
  ): string;
  /** Presses a button or an overflow option: in the open modal where it holds the label, else in the newest message that does. */
  clicks(label: string, where?: Where): Promise<Answer>;
  /** Presses the same button twice at once. */
  clicksTwice(label: string, where?: Where): Promise<readonly [Answer, Answer]>;
  /** Presses a button of a message as it was when the card was taken. */
  clicksStale(card: MessageCard, label: string): Promise<Answer>;
  /** Chooses in a select, picker, radio or checkbox group; told to the bot where Slack would. */
  chooses(name: string, filling: Filling, where?: Where): Promise<Answer>;
  /** Fills inputs of the open modal by their labels. */
  fills(values: Readonly<Record<string, Filling>>): Promise<void>;
  /** Fills and sends the open modal. Errors come by label. */
  submits(values?: Readonly<Record<string, Filling>>): Promise<Answer>;
  closesModal(): Promise<Answer>;
  /** Uses a shortcut by its name or callback_id; a message shortcut needs a message. */
  usesShortcut(name: string, where?: Where): Promise<Answer>;
  opensHome(): Promise<Answer>;
  /** What stands in a channel for this person, their own ephemeral messages included, oldest first. */
  sees(channel: string): readonly MessageCard[];
  modal(): ViewCard | undefined;
  home(): ViewCard | undefined;
  /** The newest thing that only this person was told: an ephemeral message or a notice of Slack's. */
  lastAnswer(): string | undefined;
  /** The last request sent over HTTP to the bot by anybody. */
  lastRequest(): SignedRequest | undefined;
  /** Sends a request again, byte for byte, or with a forged signature or another time. */
  sends(replay?: Replay): Promise<Answer>;
}

export function aPerson(slack: Slack, record: PersonRecord, patience: number): Person {
  const places = placesOf(slack, record);
  const surfaces = surfacesOf(slack, record, places);
  const clicker = aClicker(slack, record, surfaces, patience);
  const filler = aFiller(slack, record, surfaces, patience);
  const heard = hearing(slack, record);
  const thread = (ts: string | undefined) => (ts === undefined ? {} : { threadTs: ts });
  return {
    id: record.id,
    key: record.key,
    name: record.name,
    teamId: record.teamId,
    types: (text, where = {}) =>
      type(slack, record, { channel: places.channel(where.in), text, ...thread(where.thread) }),
    uploads: (file, where = {}) => {
      const words = { channel: places.channel(where.in), text: where.text ?? '', ...thread(where.thread) };
      return share(slack, record, words, file).id;
    },
    ...clicker,
    chooses: filler.chooses,
    fills: async (values) => {
      for (const [name, value] of Object.entries(values)) await filler.fills(name, value);
    },
    submits: async (values = {}) => {
      for (const [name, value] of Object.entries(values)) await filler.fills(name, value);
      const modal = await filler.openModal();
      return byLabel(modal, await submit(slack, record, modal, modal.draft));
    },
    closesModal: async () => close(slack, record, await filler.openModal()),
    usesShortcut: async (name, where) => {
      const known = slack.manifest.shortcuts.find((one) => one.name === name || one.callbackId === name);
      const at = known?.type === 'message' ? await places.message(where ?? {}, patience) : undefined;
      return useShortcut(slack, record, known?.callbackId ?? name, at);
    },
    opensHome: () => openHome(slack, record),
    sees: (channel) =>
      visibleTo(slack.records, record.id, places.channel(channel)).map((one) => messageCard(slack, one)),
    modal: () => {
      const modal = slack.modals.of(record.id).at(-1);
      return modal === undefined ? undefined : modalCard(modal);
    },
    home: () => {
      const home = slack.records.homes[record.id];
      return home === undefined ? undefined : homeCard(home);
    },
    lastAnswer: heard,
    lastRequest: () => slack.delivery.sent.at(-1),
    sends: replayer(slack),
  };
}
