import type { ConfirmationDialog } from '@slack/types';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Act, Happening, Outcome, State } from '../contract.js';
import type { Address } from './address.js';
import { type Desk, problemOf } from './desk.js';
import { followEvents } from './events.js';
import { fetchMessages, fetchState, sendAct } from './server.js';
import { firstModel, isRoot, listed, type Model, nameOf, personIn, reduce } from './state.js';

export interface Question {
  readonly asked: ConfirmationDialog;
  readonly answer: (agreed: boolean) => void;
}

export interface OwnDesk {
  readonly desk: Desk;
  /** The channel that is open, whether named by the address or chosen for want of a name. */
  readonly open: string | undefined;
  readonly question: Question | undefined;
  readonly announced: string;
}

/** The channel to show: the one in the address, the bot's messages for its home, else the first. */
function openChannel(state: State, { channel, tab }: Address): string | undefined {
  const channels = listed(state);
  if (tab === 'home') return channels.find((each) => each.with === state.bot)?.id;
  return (channels.find((each) => each.id === channel) ?? channels[0])?.id;
}

/** Keeps one person's page: its model, the stream that moves it, and the ways to act. */
export function useOwnDesk(first: State, address: Address, go: Desk['go']): OwnDesk {
  const me = first.me.id;
  const [model, change] = useReducer(reduce, first, firstModel);
  const [stream, setStream] = useState<Desk['stream']>('opening');
  const [announced, announce] = useState('');
  const [question, setQuestion] = useState<Question | undefined>(undefined);
  const now = useNow() + (model.state.clockAhead ?? 0);
  const open = openChannel(model.state, address);
  const act = useCallback(
    async (each: Act): Promise<Outcome> => {
      const outcome = await sendAct(me, each);
      const problem = problemOf(outcome);
      if (problem !== undefined) change({ type: 'said-in-place', text: problem });
      return outcome;
    },
    [me],
  );
  const ask = useCallback(
    (asked: ConfirmationDialog) =>
      new Promise<boolean>((resolve) => {
        const answer = (agreed: boolean): void => {
          setQuestion(undefined);
          resolve(agreed);
        };
        setQuestion({ asked, answer });
      }),
    [],
  );

  const heard = useRef(0);
  const latest = useRef({ model, open });
  latest.current = { model, open };

  useEffect(() => {
    const reading = (): string | undefined => (document.hasFocus() ? latest.current.open : undefined);
    return followEvents(me, {
      onHappening: (happening) => {
        heard.current += 1;
        change({ type: 'happening', happening, reading: reading() });
        const sentence = spoken(latest.current.model, happening);
        if (sentence !== undefined) announce(sentence);
      },
      onOpen: () => {
        setStream('open');
        void catchUp(me, latest.current.model, change, heard);
      },
      onLost: () => setStream('lost'),
    });
  }, [me]);

  const known = open !== undefined && model.loaded.includes(open);
  useEffect(() => {
    if (open === undefined || known || stream === 'opening') return;
    undisturbed(heard, () => fetchMessages(me, open)).then(
      (messages) => change({ type: 'history', channel: open, messages }),
      () =>
        change({ type: 'notice', text: 'The messages of this channel could not be fetched.', channel: open }),
    );
  }, [me, open, known, stream]);

  const desk = useMemo<Desk>(
    () => ({ model, address, now, stream, act, change, go, ask, announce }),
    [model, address, now, stream, act, go, ask],
  );
  return { desk, open, question, announced };
}

type Heard = { readonly current: number };

const TRIES = 5;

/** Fetches again when something happened meanwhile: the answer may be older than what was heard. */
async function undisturbed<Answer>(heard: Heard, fetched: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const before = heard.current;
    const answer = await fetched();
    if (heard.current === before || tries === TRIES) return answer;
  }
}

/** When the stream is there, at first or again: fetches what may have changed before. */
async function catchUp(me: string, model: Model, change: Desk['change'], heard: Heard): Promise<void> {
  try {
    change({ type: 'state', state: await undisturbed(heard, () => fetchState(me)) });
    for (const channel of model.loaded) {
      const messages = await undisturbed(heard, () => fetchMessages(me, channel));
      change({ type: 'history', channel, messages });
    }
  } catch {
    const text = 'The connection came back, but not everything could be fetched. Reload the page.';
    change({ type: 'notice', text });
  }
}

/** What a listener hears of a new message: who, where, and the message's own text. */
function spoken(model: Model, happening: Happening): string | undefined {
  if (happening.type === 'notice') return happening.text;
  if (happening.type !== 'message' || happening.message.user === model.state.me.id) return undefined;
  const { message } = happening;
  const channel = model.state.channels.find(({ id }) => id === message.channel);
  const place = channel === undefined ? '' : ` in ${nameOf(model.state, channel)}`;
  const author = personIn(model.state, message.user)?.name ?? 'Somebody';
  return `${author}${place}${isRoot(message) ? '' : ', in a thread'}: ${message.text}`;
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 30_000);
    return () => window.clearInterval(timer);
  }, []);
  return now;
}
