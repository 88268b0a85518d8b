import fc from 'fast-check';
import { frozen, refusalOf } from './refused.js';

/** One turn of a random walk: which move, on what, and after how long. */
export interface Turn {
  readonly pick: number;
  readonly minutes: number;
  readonly yes: boolean;
}

/** A move as people, time or other steps make it; undefined: nothing to do. */
export type Move<S> = (state: S, turn: Turn, at: number) => S | undefined;

interface Walk<S> {
  /** Where a walk may begin: somewhere else each time, so that late states are reached as often as early ones. */
  readonly starts: readonly S[];
  readonly moves: Readonly<Record<string, Move<S>>>;
  /** Called after every turn that changed something. */
  readonly arrived: (before: S, after: S, move: string, at: number) => void;
  /** Called before every turn. */
  readonly stands?: (state: S, at: number) => void;
  readonly longest?: number;
  readonly runs?: number;
}

/**
 * Walks at random, many times. Every state is frozen hard, so a rule that changes its input throws; a refusal must be
 * one for people, and leaves everything as it was.
 */
export function wander<S>({ starts, moves, arrived, stands, longest = 25, runs = 150 }: Walk<S>): void {
  const turns = fc.array(
    fc.record({
      move: fc.constantFrom(...Object.keys(moves)),
      pick: fc.nat(9),
      minutes: fc.nat(60),
      yes: fc.boolean(),
    }),
    { minLength: 1, maxLength: longest },
  );
  fc.assert(
    fc.property(fc.constantFrom(...starts), turns, (start, walk) => {
      let state = frozen(start);
      let minutes = 0;
      for (const { move, ...turn } of walk) {
        minutes += turn.minutes;
        stands?.(state, minutes);
        const after = step(() => moves[move]?.(state, turn, minutes));
        if (after === undefined) continue;
        arrived(state, frozen(after), move, minutes);
        state = after;
      }
    }),
    { numRuns: runs, seed: 20260302 },
  );
}

function step<S>(work: () => S | undefined): S | undefined {
  let result: S | undefined;
  const refusal = refusalOf(() => {
    result = work();
  });
  return refusal === undefined ? result : undefined;
}

/** Every state that one move leads to from one of these, by different turns, early and late: no chance in it. */
export function oneStepFrom<S>(starts: readonly S[], moves: Walk<S>['moves']): { before: S; after: S }[] {
  const turns = [1, 2, 3, 5].flatMap((pick) => [true, false].map((yes) => ({ pick, yes, minutes: 0 })));
  return starts.flatMap((before) =>
    Object.values(moves).flatMap((move) =>
      [0, 3_000].flatMap((at) =>
        turns.flatMap((turn) => {
          const after = step(() => move(frozen(before), turn, at));
          return after === undefined ? [] : [{ before, after }];
        }),
      ),
    ),
  );
}
