import { existsSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Look, Looked } from './look.js';
import type { Asked } from './worker.js';

type Answers = readonly (readonly Looked[])[];

/** Somebody who looks at folders. */
export interface Hand {
  /** Settles once it can be asked, or when it has ended. */
  readonly ready: Promise<void>;
  /**
   * Does several looks in one request, because the way to another thread is long: one or two at the same folder together. Answers in
   * their order. Throws when it has ended.
   */
  ask(looks: readonly (readonly Look[])[]): Promise<Answers>;
  end(): Promise<unknown>;
}

const program = new URL('./worker.js', import.meta.url);

/** Whether there can be threads: where Slipway runs from its TypeScript sources (in tests) there is no program for them. */
export const canHaveThreads = (): boolean => existsSync(program);

/** Reading blocks the thread it happens in, so it happens in a thread of its own. */
export function aThread(): Hand {
  // Small young generations: many short-lived strings would otherwise make each thread's memory grow before they are collected.
  const worker = new Worker(program, {
    execArgv: [], // flags of the program that this is part of are not meant for it
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
  const waiting = new Map<number, { done: (looked: Answers) => void; failed: (error: unknown) => void }>();
  let [asked, broken] = [0, undefined as unknown];
  const ready = new Promise<void>((done) => {
    worker.once('message', () => done());
    worker.once('exit', () => done());
  });
  const fail = (error: unknown): void => {
    broken ??= error;
    for (const { failed } of waiting.values()) failed(broken);
    waiting.clear();
  };
  worker.on('message', (said: 'ready' | { id: number; looked: Answers }) => {
    if (said === 'ready') return;
    waiting.get(said.id)?.done(said.looked);
    waiting.delete(said.id);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('the thread has ended')));
  return {
    ready,
    ask: (looks) =>
      new Promise((done, failed) => {
        if (broken !== undefined) return failed(broken);
        asked += 1;
        waiting.set(asked, { done, failed });
        worker.postMessage({ id: asked, looks } satisfies Asked);
      }),
    end: () => worker.terminate(),
  };
}

/** Looks in this thread, a folder at a time. */
export function thisThread(): Hand {
  let hasEnded = false;
  return {
    ready: Promise.resolve(),
    ask: async (looks) => {
      const { lookAt } = await import('./look.js'); // threads load what looks by themselves
      const answers = [];
      for (const together of looks) {
        await setImmediate();
        if (hasEnded) throw new Error('reading files was ended');
        answers.push(await lookAt(together));
      }
      return answers;
    },
    end: async () => {
      hasEnded = true;
    },
  };
}
