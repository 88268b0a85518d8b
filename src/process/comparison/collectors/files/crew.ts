import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { type Look, type Looked, type LookSettings, looker } from './look.js';
import type { Asked } from './worker.js';

/** Those who look at folders, several at once. */
export interface Crew {
  /** How many requests it wants to have before it, so that nobody waits. */
  readonly size: number;
  /** Does several looks in one request, because the way to another thread is long. Answers in their order. */
  look(looks: readonly Look[]): Promise<readonly Looked[]>;
  dismiss(): Promise<void>;
}

interface Hand {
  ask(looks: readonly Look[]): Promise<readonly Looked[]>;
  busy(): number;
  dismiss(): Promise<unknown>;
}

/** Reading blocks the thread it happens in, so it happens in threads of its own. */
function hire(program: URL, settings: LookSettings): Hand {
  // Small young generations: many short-lived strings would otherwise make each thread's memory grow before they are collected.
  const worker = new Worker(program, {
    workerData: settings,
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
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
  worker.on('exit', () => fail(new Error('A thread that was reading files has ended.')));
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
  const lookAt = looker(settings);
  return {
    size: 1,
    look: async (looks) => {
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

/** A crew of so many threads. Where Slipway runs from its TypeScript sources (in tests) there is no program for them. */
export function assemble(settings: LookSettings, threads: number): Crew {
  if (threads === 0 || !existsSync(program)) return alone(settings);
  const hands = Array.from({ length: threads }, () => hire(program, settings));
  return {
    size: threads * 2,
    look: (looks) => {
      const freest = hands.reduce((best, hand) => (hand.busy() < best.busy() ? hand : best));
      return freest.ask(looks);
    },
    dismiss: async () => {
      await Promise.all(hands.map((hand) => hand.dismiss()));
    },
  };
}
