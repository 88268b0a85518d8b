import type { Logger } from 'pino';
import { Refusal } from '../../kernel/refusal.js';
import { isUnavailable, StoreUncertain } from '../store/connection.js';
import { apologyText, unavailableText, uncertainText } from './answers.js';

/** What a person is told when their request threw: a refusal as it is, an unreachable or silent store by name, anything else an apology and a log line. */
export function asRefusal(error: unknown, operation: string, log: Logger): Refusal {
  if (error instanceof Refusal) return error;
  if (isUnavailable(error)) {
    log.warn({ err: error, operation }, 'MongoDB is out of reach');
    return new Refusal('busy', unavailableText);
  }
  if (error instanceof StoreUncertain) {
    log.warn({ err: error, operation }, 'MongoDB did not answer a write');
    return new Refusal('busy', uncertainText);
  }
  log.error({ err: error, operation }, 'a request failed');
  return new Refusal('busy', apologyText);
}
