import { AsyncLocalStorage } from 'node:async_hooks';
import { isUnavailable, neverSent, StoreUnavailable, StoreUncertain } from './connection.js';

interface Request {
  over: boolean;
  writes: number;
}

const requests = new AsyncLocalStorage<Request>();

/**
 * Does what a person asked for, and gives up when the store keeps them waiting for so many milliseconds: with
 * StoreUnavailable when no write was under way (and none will begin), else with StoreUncertain.
 */
export async function inTime<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const request: Request = { over: false, writes: 0 };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      request.over = true;
      reject(
        request.writes > 0
          ? new StoreUncertain('a write takes too long')
          : new StoreUnavailable('no answer in time'),
      );
    }, milliseconds);
  });
  try {
    return await Promise.race([requests.run(request, work), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Does a write; refuses to begin one for somebody who was told already that nothing was recorded. */
export async function written<T>(write: () => Promise<T>): Promise<T> {
  const request = requests.getStore() ?? { over: false, writes: 0 };
  if (request.over) throw new StoreUnavailable('the person was told that nothing was recorded');
  request.writes += 1;
  try {
    return await write();
  } catch (error) {
    if (isUnavailable(error) && !neverSent(error))
      throw new StoreUncertain('no answer to a write', { cause: error });
    throw error;
  } finally {
    request.writes -= 1;
  }
}

/** Does what follows from a request and is no part of it: it has time. */
export function afterwards<T>(work: () => T): T {
  return requests.exit(work);
}
