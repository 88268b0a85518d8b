import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Look, Looked, LookSettings } from './look.js';
import type { Asked } from './worker.js';

/** Those who look at folders, several at once. */
export interface Crew {
  /** How many requests it wants to have before it, so that nobody waits. */
  readonly size: number;
  /**
   * Does several looks in one request, because the way to another thread is long. Answers in their order. `waiting` is how many
   * more there are to do, as far as is known.
   */
  look(looks: readonly Look[], waiting: number): Promise<readonly Looked[]>;
  dismiss(): Promise<void>;
}

interface Hand {
  ask(looks: readonly Look[]): Promise<readonly Looked[]>;
  busy(): number;
  dismiss(): Promise<unknown>;
}

/** Reading blocks the thread it happens in, so it happens in threads of its own. */
function hire(program: URL, settings: LookSettings, source: string): Hand {
  // Small young generations: many short-lived strings would otherwise make each thread's memory grow before they are collected.
  const worker = new Worker(program, {
    workerData: settings,
    execArgv: [], // flags of the program that this is part of are not meant for it
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
  const waiting = new Map<
    number,
    { done: (looked: readonly Looked[]) => void; failed: (error: unknown) => void }
  >();
  let [asked, broken] = [0, undefined as unknown];
  const fail = (error: unknown): void => {
    broken = error;
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  worker.on('message', ({ id, looked }: { id: number; looked: readonly Looked[] }) => {
    waiting.get(id)?.done(looked);
    waiting.delete(id);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error(`${source}: a thread that was reading files has ended.`)));
  return {
    busy: () => waiting.size,
    ask: (looks) =>
      new Promise((done, failed) => {
        if (broken !== undefined) return failed(broken);
        asked += 1;
        waiting.set(asked, { done, failed });
        worker.postMessage({ id: asked, looks } satisfies Asked);
      }),
    dismiss: () => worker.terminate(),
  };
}

/** Does the work in this thread, a piece at a time. */
function alone(settings: LookSettings): Crew {
  // Threads load what looks by themselves.
  const looking = import('./look.js').then(({ looker }) => looker(settings));
  return {
    size: 1,
    look: async (looks) => {
      const lookAt = await looking;
      const looked: Looked[] = [];
      for (const look of looks) {
        await setImmediate();
        looked.push(await lookAt(look));
      }
      return looked;
    },
    dismiss: async () => undefined,
  };
}

const program = new URL('./worker.js', import.meta.url);

/** How many threads all crews have together: several folders are looked at at the same time. */
let hired = 0;

/** One more thread has to start first, which takes a processor as long as reading so many bytes does. */
const worthAThread = 192 * 2 ** 20;
/** What a look at some hundred names is worth beside what it reads. */
const bytesALook = 256 * 2 ** 10;

/**
 * A crew of one thread once there is something to do, which becomes one of up to so many (counted over all crews) while there is
 * much. Where Slipway runs from its TypeScript sources (in tests) there is no program for threads.
 */
export function assemble(settings: LookSettings, threads: number, source: string): Crew {
  if (threads === 0 || !existsSync(program)) return alone(settings);
  const hands: Hand[] = [];
  const add = (): void => {
    hands.push(hire(program, settings, source));
    hired += 1;
  };
  let [done, looked, isDismissed] = [0, 0, false];
  return {
    get size() {
      return Math.max(hands.length, 1) * 2;
    },
    look: async (looks, waiting) => {
      if (hands.length === 0 && !isDismissed) add();
      const freest = hands.reduce((best, hand) => (hand.busy() < best.busy() ? hand : best));
      const answers = await freest.ask(looks);
      looked += looks.length;
      for (const { read } of answers) done += read + bytesALook;
      const isMuch = (done / looked) * waiting > worthAThread;
      if (isMuch && hired < threads && !isDismissed) add();
      return answers;
    },
    dismiss: async () => {
      isDismissed = true;
      const leaving = hands.splice(0);
      hired -= leaving.length;
      await Promise.all(leaving.map((hand) => hand.dismiss()));
    },
  };
}
