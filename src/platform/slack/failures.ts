import type { Logger } from 'pino';
import { Refusal } from '../../kernel/refusal.js';
import { isUnavailable } from '../store/connection.js';
import { apologyText, unavailableText } from './answers.js';

/** What a person is told when their request threw: a refusal as it is, an unreachable store by name, anything else an apology and a log line. */
export function asRefusal(error: unknown, operation: string, log: Logger): Refusal {
  if (error instanceof Refusal) return error;
  if (isUnavailable(error)) {
    log.warn({ err: error, operation }, 'MongoDB is out of reach');
    return new Refusal('busy', unavailableText);
  }
  log.error({ err: error, operation }, 'a request failed');
  return new Refusal('busy', apologyText);
}
