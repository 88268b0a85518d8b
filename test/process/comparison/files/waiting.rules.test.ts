import { describe, expect, test } from '@jest/globals';
import { type Ask, waitingList } from '../../../../src/process/comparison/collectors/files/waiting.js';

const [production, staging] = [{}, {}];

function anAsk(of: object, folder: string, source = 'web'): Ask {
  const look = (): never => {
    throw new Error('nobody looks in this test');
  };
  return { of, source, folder, look, done: () => undefined, failed: () => undefined };
}

function waitingFor(...asks: readonly Ask[]): ReturnType<typeof waitingList> {
  const waiting = waitingList();
  for (const ask of asks) waiting.add(ask);
  return waiting;
}

/** All that is taken, one time after the other. */
function allOf(waiting: ReturnType<typeof waitingList>): (readonly Ask[])[] {
  const taken: (readonly Ask[])[] = [];
  for (let next = waiting.take(); next.length > 0; next = waiting.take()) taken.push(next);
  return taken;
}

describe('looks that wait', () => {
  test('both environments look at the same folder together, whoever asked first', () => {
    const [a, b] = [anAsk(production, 'a'), anAsk(production, 'b')];
    const [b2, a2] = [anAsk(staging, 'b'), anAsk(staging, 'a')];
    const waiting = waitingFor(a, b, b2, a2);

    expect(allOf(waiting)).toEqual([
      [a2, a],
      [b2, b],
    ]);
    expect(waiting.size()).toBe(0);
  });

  test('the last one comes first', () => {
    const asks = ['a', 'b', 'c'].map((folder) => anAsk(production, folder));
    expect(allOf(waitingFor(...asks))).toEqual(asks.map((ask) => [ask]).reverse());
  });

  test('parts of a large folder meet their like, and not each other', () => {
    const here = [1, 2, 3].map(() => anAsk(production, 'large'));
    const there = [1, 2].map(() => anAsk(staging, 'large'));
    expect(allOf(waitingFor(...here, ...there))).toEqual([
      [there[1], here[2]],
      [there[0], here[1]],
      [here[0]],
    ]);
  });

  test('folders of different sources have nothing in common', () => {
    const [one, other] = [anAsk(production, 'a'), anAsk(staging, 'a', 'shop')];
    expect(allOf(waitingFor(one, other))).toEqual([[other], [one]]);
  });

  test('whoever leaves takes their own with them, and the others stay', () => {
    const [a, b] = [anAsk(production, 'a'), anAsk(production, 'b')];
    const [a2, c] = [anAsk(staging, 'a'), anAsk(staging, 'c')];
    const waiting = waitingFor(a, b, a2, c);

    expect(waiting.withdraw(production)).toEqual([a, b]);
    expect(waiting.size()).toBe(2);
    expect(allOf(waiting)).toEqual([[c], [a2]]);
  });

  test('one that comes back is taken again, once', () => {
    const ask = anAsk(production, 'a');
    const waiting = waitingFor(ask);
    expect(waiting.take()).toEqual([ask]);
    waiting.add(ask);
    expect(allOf(waiting)).toEqual([[ask]]);
  });
});
