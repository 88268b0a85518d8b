import type { ChannelCard, Happening, MessageCard, PersonCard, State } from '../contract.js';

/** A sentence for the person, shown where the person looks. Without a channel it belongs to the whole workspace. */
interface Notice {
  readonly id: number;
  readonly text: string;
  readonly channel?: string;
}

/** All that one person's page knows. */
export interface Model {
  readonly state: State;
  /** What is known of each channel, threads included, oldest first. */
  readonly messages: Readonly<Record<string, readonly MessageCard[]>>;
  /** The channels whose history has been fetched. */
  readonly loaded: readonly string[];
  /** Ephemeral messages that the person has put away, by key. */
  readonly dismissed: readonly string[];
  readonly notices: readonly Notice[];
  /** Sentences said in place already, beside what was pressed: the same as a notice is not said again. */
  readonly saidInPlace: readonly string[];
}

export type Change =
  | { readonly type: 'state'; readonly state: State }
  | { readonly type: 'history'; readonly channel: string; readonly messages: readonly MessageCard[] }
  | { readonly type: 'happening'; readonly happening: Happening; readonly reading?: string | undefined }
  | { readonly type: 'read'; readonly channel: string }
  | { readonly type: 'dismiss-message'; readonly message: MessageCard }
  | { readonly type: 'notice'; readonly text: string; readonly channel?: string }
  | { readonly type: 'said-in-place'; readonly text: string }
  | { readonly type: 'dismiss-notices'; readonly channel?: string | undefined; readonly id?: number };

export const keyOf = ({ channel, ts, ephemeral }: MessageCard): string =>
  `${channel}/${ts}${ephemeral ? '/only-you' : ''}`;

/** A message that stands in the channel itself rather than in a thread. */
export const isRoot = ({ ts, threadTs }: MessageCard): boolean => threadTs === undefined || threadTs === ts;

const byTime = (one: MessageCard, other: MessageCard): number => Number(one.ts) - Number(other.ts);

export const firstModel = (state: State): Model => ({
  state,
  messages: {},
  loaded: [],
  dismissed: [],
  notices: [],
  saidInPlace: [],
});

/** The page after a change; pure. */
export function reduce(model: Model, change: Change): Model {
  switch (change.type) {
    case 'state':
      return { ...model, state: change.state };
    case 'history':
      return withHistory(model, change.channel, change.messages);
    case 'read':
      return withChannel(model, change.channel, (channel) => ({ ...channel, unread: 0 }));
    case 'dismiss-message':
      return dismissed(model, change.message);
    case 'notice':
      return withNotice(model, change.text, change.channel);
    case 'said-in-place':
      return saidInPlace(model, change.text);
    case 'dismiss-notices':
      return { ...model, notices: model.notices.filter((notice) => !isMeant(notice, change)) };
    case 'happening':
      return happened(model, change.happening, change.reading);
  }
}

function happened(model: Model, happening: Happening, reading: string | undefined): Model {
  switch (happening.type) {
    case 'message':
      return withMessage(model, happening.message, reading);
    case 'message-changed':
      return withCards(model, happening.message.channel, (cards) => replaced(cards, happening.message));
    case 'message-deleted':
      return withCards(model, happening.channel, (cards) => cards.filter(({ ts }) => ts !== happening.ts));
    case 'modals':
      return { ...model, state: { ...model.state, modals: happening.modals } };
    case 'home':
      return { ...model, state: { ...model.state, home: happening.home } };
    case 'channels':
      return {
        ...model,
        state: { ...model.state, channels: happening.channels.map((each) => unreadOf(each, reading)) },
      };
    case 'clock':
      return { ...model, state: { ...model.state, clockAhead: happening.clockAhead } };
    case 'notice':
      return model.saidInPlace.includes(happening.text)
        ? { ...model, saidInPlace: model.saidInPlace.filter((text) => text !== happening.text) }
        : withNotice(model, happening.text, happening.channel);
  }
}

const unreadOf = (channel: ChannelCard, reading: string | undefined): ChannelCard =>
  channel.id === reading ? { ...channel, unread: 0 } : channel;

const cardsOf = (model: Model, channel: string): readonly MessageCard[] => model.messages[channel] ?? [];

function withCards(
  model: Model,
  channel: string,
  change: (cards: readonly MessageCard[]) => readonly MessageCard[],
): Model {
  return { ...model, messages: { ...model.messages, [channel]: change(cardsOf(model, channel)) } };
}

/** What arrived while the history was on its way is kept. */
function withHistory(model: Model, channel: string, messages: readonly MessageCard[]): Model {
  const fetched = messages.filter((message) => !model.dismissed.includes(keyOf(message)));
  const keys = new Set(fetched.map(keyOf));
  const last = fetched.at(-1);
  const later = cardsOf(model, channel).filter(
    (card) => !keys.has(keyOf(card)) && (last === undefined || byTime(card, last) > 0),
  );
  const loaded = model.loaded.includes(channel) ? model.loaded : [...model.loaded, channel];
  return { ...withCards(model, channel, () => [...fetched, ...later].sort(byTime)), loaded };
}

const replaced = (cards: readonly MessageCard[], message: MessageCard): readonly MessageCard[] =>
  cards.map((card) => (keyOf(card) === keyOf(message) ? message : card));

function withMessage(model: Model, message: MessageCard, reading: string | undefined): Model {
  const known = cardsOf(model, message.channel).some((card) => keyOf(card) === keyOf(message));
  const placed = withCards(model, message.channel, (cards) =>
    known ? replaced(cards, message) : [...cards, message].sort(byTime),
  );
  const unseen =
    !known && message.user !== model.state.me.id && message.channel !== reading && isRoot(message);
  return unseen
    ? withChannel(placed, message.channel, (channel) => ({ ...channel, unread: channel.unread + 1 }))
    : placed;
}

function withChannel(model: Model, id: string, change: (channel: ChannelCard) => ChannelCard): Model {
  const channels = model.state.channels.map((channel) => (channel.id === id ? change(channel) : channel));
  return { ...model, state: { ...model.state, channels } };
}

function dismissed(model: Model, message: MessageCard): Model {
  const key = keyOf(message);
  const without = withCards(model, message.channel, (cards) => cards.filter((card) => keyOf(card) !== key));
  return { ...without, dismissed: [...model.dismissed, key] };
}

/** The newest three are enough; the same sentence twice in one place is said once. */
function withNotice(model: Model, text: string, channel: string | undefined): Model {
  const others = model.notices.filter((notice) => notice.text !== text || notice.channel !== channel);
  const id = 1 + Math.max(0, ...model.notices.map((notice) => notice.id));
  const notice: Notice = channel === undefined ? { id, text } : { id, text, channel };
  return { ...model, notices: [...others, notice].slice(-3) };
}

/** A problem comes twice, as the answer to what was done and as a notice, in either order. It is said once. */
function saidInPlace(model: Model, text: string): Model {
  const notices = model.notices.filter((notice) => notice.text !== text);
  if (notices.length < model.notices.length) return { ...model, notices };
  return { ...model, saidInPlace: [...model.saidInPlace.filter((each) => each !== text), text].slice(-3) };
}

const isMeant = (
  notice: Notice,
  { channel, id }: { readonly channel?: string | undefined; readonly id?: number },
): boolean => (id === undefined ? notice.channel === channel : notice.id === id);

export const personIn = (state: State, id: string): PersonCard | undefined =>
  state.me.id === id ? state.me : state.people.find((person) => person.id === id);

/** A channel as people say it: `#acme-releases`, or the other person's name. */
export function nameOf(state: State, channel: ChannelCard): string {
  if (channel.kind === 'channel') return `#${channel.name}`;
  return personIn(state, channel.with ?? '')?.name ?? channel.name;
}

/** Channels as they are listed: channels, direct messages with people, the bot's last. */
export function listed({ channels, bot }: State): readonly ChannelCard[] {
  const rank = (channel: ChannelCard): number =>
    channel.kind === 'channel' ? 0 : channel.with === bot ? 2 : 1;
  return [...channels].sort((one, other) => rank(one) - rank(other));
}

/** The messages of a thread: the first one and its replies. */
export function threadOf(cards: readonly MessageCard[], ts: string): readonly MessageCard[] {
  return cards.filter((card) => card.ts === ts || card.threadTs === ts);
}
