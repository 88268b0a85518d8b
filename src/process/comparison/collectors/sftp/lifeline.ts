/** Work over a connection that can break at any moment: it fails at that moment, and waits for no answer that never comes. */
export interface Lifeline {
  /** The work's result; what a connection gave that has been lost since is not believed. */
  whole<T>(work: Promise<T>): Promise<T>;
  /** Throws when the connection was lost or the collection ended. */
  check(): void;
  /** Tells that the connection is of no use any more, and why. The first reason stands. */
  lose(error: unknown): void;
  /** Stops listening for the end of the collection. */
  release(): void;
}

/** `failure` puts a reason into words; `hangUp` ends the connection and may be called more than once. */
export function lifelineOf(
  signal: AbortSignal,
  failure: (error: unknown) => Error,
  hangUp: () => void,
): Lifeline {
  // A promise of the loss would keep everything alive that was ever raced with it.
  const waiting = new Set<(reason: unknown) => void>();
  let lost: Error | undefined;
  const check = (): void => {
    signal.throwIfAborted();
    if (lost !== undefined) throw lost;
  };
  const why = (): unknown => (signal.aborted ? signal.reason : lost);
  const lose = (error: unknown): void => {
    lost ??= failure(error);
    for (const fail of [...waiting]) fail(why());
    hangUp();
  };
  const end = (): void => lose(signal.reason);
  signal.addEventListener('abort', end);
  return {
    check,
    lose,
    release: () => signal.removeEventListener('abort', end),
    whole: async (work) => {
      const { promise: loss, reject: fail } = withReject();
      waiting.add(fail);
      if (why() !== undefined) fail(why()); // a lost connection takes orders, and never answers
      try {
        return await Promise.race([work, loss]);
      } finally {
        waiting.delete(fail);
        check();
      }
    },
  };
}

function withReject(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, failed) => {
    reject = failed;
  });
  return { promise, reject };
}
