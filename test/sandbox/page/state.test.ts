import { expect, test } from '@jest/globals';
import type { MessageCard, State } from '../../../src/sandbox/slack/contract.js';
import { firstUnread, rowsOf } from '../../../src/sandbox/slack/page/grouping.js';
import { firstModel, type Model, reduce } from '../../../src/sandbox/slack/page/state.js';
import { written } from '../../support/page-messages.js';
import { channelsOf, people } from '../../support/page-people.js';

const state: State = {
  workspace: { name: 'Harbour', teamId: 'T1' },
  me: people.mara,
  people: Object.values(people),
  channels: channelsOf(people.mara),
  commands: [],
  shortcuts: [],
  modals: [],
  bot: people.slipway.id,
};
const start = firstModel(state);
const message = (ts: number, more: Partial<MessageCard> = {}): MessageCard =>
  written({ channel: 'C1', ts: `${ts}.000000`, user: 'U2', text: `said at ${ts}`, ...more });
const arrives = (model: Model, card: MessageCard, reading?: string): Model =>
  reduce(model, { type: 'happening', happening: { type: 'message', message: card }, reading });
const texts = (model: Model): readonly string[] => (model.messages.C1 ?? []).map(({ text }) => text);
const unread = (model: Model): number | undefined =>
  model.state.channels.find(({ id }) => id === 'C1')?.unread;

test('a message counts as unread unless it is read at once, my own, or in a thread', () => {
  expect(unread(arrives(start, message(1)))).toBe(1);
  expect(unread(arrives(start, message(1), 'C1'))).toBe(0);
  expect(unread(arrives(start, message(1, { user: 'U1' })))).toBe(0);
  expect(unread(arrives(start, message(2, { threadTs: '1.000000' })))).toBe(0);
});

test('the same message twice is one message', () => {
  const twice = arrives(arrives(start, message(1)), message(1));
  expect(texts(twice)).toEqual(['said at 1']);
  expect(unread(twice)).toBe(1);
});

test('what arrives while the history is fetched is kept, and in order', () => {
  const later = arrives(start, message(5));
  const model = reduce(later, { type: 'history', channel: 'C1', messages: [message(1), message(3)] });
  expect(texts(model)).toEqual(['said at 1', 'said at 3', 'said at 5']);
});

test('what was deleted while the stream was away is gone after the history came again', () => {
  const before = reduce(start, {
    type: 'history',
    channel: 'C1',
    messages: [message(1), message(2), message(3)],
  });
  expect(
    texts(reduce(before, { type: 'history', channel: 'C1', messages: [message(1), message(3)] })),
  ).toEqual(['said at 1', 'said at 3']);
});

test('an ephemeral message that was put away stays away', () => {
  const whisper = message(2, { ephemeral: true });
  const away = reduce(arrives(start, whisper), { type: 'dismiss-message', message: whisper });
  expect(texts(reduce(away, { type: 'history', channel: 'C1', messages: [message(1), whisper] }))).toEqual([
    'said at 1',
  ]);
});

test.each(['before', 'after'])(
  'a problem said in place is not said again by a notice that comes %s',
  (order) => {
    const inPlace = { type: 'said-in-place', text: "Slipway didn't respond." } as const;
    const notice = {
      type: 'happening',
      happening: { type: 'notice', text: inPlace.text, channel: 'C1' },
    } as const;
    const model = (order === 'before' ? [notice, inPlace] : [inPlace, notice]).reduce(reduce, start);
    expect(model.notices).toEqual([]);
    expect(reduce(model, notice).notices).toHaveLength(1);
  },
);

test('one author in a row goes beneath one name, until somebody else speaks, time passes or the day changes', () => {
  const said = [
    message(0),
    message(60),
    message(120, { user: 'U3' }),
    message(150),
    message(900),
    message(90_000),
  ];
  const continued = rowsOf(said, 'UTC').flatMap((row) => (row.kind === 'message' ? [row.continued] : []));
  expect(continued).toEqual([false, true, false, false, false, false]);
  expect(rowsOf(said, 'UTC').filter(({ kind }) => kind === 'day')).toHaveLength(2);
});

test('the new mark stands before the first unread message outside threads', () => {
  const said = [
    message(1),
    message(2),
    message(3, { user: 'U1' }),
    message(4, { threadTs: '1.000000' }),
    message(5),
  ];
  expect(firstUnread(said, 2, 'U1')).toBe('5.000000');
  expect(firstUnread(said, 3, 'U1')).toBe('2.000000');
  expect(rowsOf(said, 'UTC', '5.000000').at(-2)).toEqual({ kind: 'new' });
});
