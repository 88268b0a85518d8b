import { DateTime } from 'luxon';
import type { Instant } from './instants.js';

/** The only source of the time. Rules get `now` as a value; only the composition root holds a clock. */
export interface Clock {
  now(): Instant;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => DateTime.utc().toISO() };

/** A clock that runs with the machine's but can be put ahead: for trying out what happens next Tuesday. */
export interface ShiftedClock extends Clock {
  ahead: number;
}

/** Gives a clock that runs `ahead` milliseconds before the machine's; the field may be set at any time. */
export function shiftedClock(ahead = 0): ShiftedClock {
  const clock = { ahead, now: (): Instant => DateTime.utc().plus(clock.ahead).toISO() };
  return clock;
}

/** A clock that stands still until it is moved by hand: for tests. */
export interface HandClock extends Clock {
  forward(step: { days?: number; hours?: number; minutes?: number; seconds?: number }): void;
}

/** Gives a clock that shows `start` (ISO 8601) until moved. */
export function handClock(start: string): HandClock {
  let shown = DateTime.fromISO(start, { zone: 'utc' });
  return {
    now: () => shown.toISO() ?? start,
    forward: (step) => {
      shown = shown.plus(step);
    },
  };
}
