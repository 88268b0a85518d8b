import type { MessageRecord } from './records.js';

/** What happened in the workspace; the page's listeners, waiting tests and the journal hear of it. */
export type News =
  | { readonly type: 'message' | 'message-changed' | 'message-deleted'; readonly message: MessageRecord }
  | { readonly type: 'modals' | 'home'; readonly user: string }
  | { readonly type: 'channels' }
  | { readonly type: 'clock'; readonly clockAhead: number }
  | { readonly type: 'notice'; readonly user: string; readonly text: string; readonly channel?: string }
  /** The bot called a method, or its Socket Mode connections changed: for those who wait. */
  | { readonly type: 'call' | 'sockets' };

export interface NewsDesk {
  tell(news: News): void;
  /** Calls the listener for everything told from now on; the answer ends that. */
  listen(listener: (news: News) => void): () => void;
}

export function aNewsDesk(): NewsDesk {
  const listeners = new Set<(news: News) => void>();
  return {
    tell: (news) => {
      for (const listener of [...listeners]) listener(news);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/**
 * Asks again after every happening until there is an answer. Gives undefined when the time
 * (milliseconds) ran out. No polling: nothing happening means nothing can have changed.
 */
export function awaited<T>(desk: NewsDesk, ask: () => T | undefined, within: number): Promise<T | undefined> {
  const now = ask();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => {
      clearTimeout(deadline);
      deaf();
      settle();
    };
    const deadline = setTimeout(() => finish(() => resolve(undefined)), within);
    const deaf = desk.listen(() => {
      try {
        const answer = ask();
        if (answer !== undefined) finish(() => resolve(answer));
      } catch (error) {
        finish(() => reject(error));
      }
    });
  });
}
