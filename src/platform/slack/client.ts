import { LogLevel, type Logger as SlackLogger, WebClient } from '@slack/web-api';
import type { Logger } from 'pino';

/**
 * The Web API client. It never retries by itself (a repeated post would be a second message) and never queues behind
 * a rate limit: both are the reconciler's to repeat, which looks before it repeats.
 */
export function webClient(token: string, apiUrl: string | undefined, log: Logger): WebClient {
  return new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    allowAbsoluteUrls: false,
    logger: slackLogger(log),
  });
}

/** Slack's libraries log through pino; their errors are warnings here, because whoever called decides what they mean. */
export function slackLogger(log: Logger): SlackLogger {
  const say =
    (level: 'debug' | 'info' | 'warn') =>
    (...words: unknown[]) =>
      log[level](words.map(String).join(' '));
  return {
    debug: () => undefined,
    info: say('debug'),
    warn: say('info'),
    error: say('warn'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

/** Slack's own word for what went wrong (`message_not_found`), where the error carries one. */
export function slackError(error: unknown): string | undefined {
  const answer = error instanceof Error && 'data' in error ? (error.data as { error?: unknown }) : undefined;
  return typeof answer?.error === 'string' ? answer.error : undefined;
}

/** Milliseconds after which Slack wants to be asked again, when it said so. */
export function retryAfter(error: unknown): number | undefined {
  if (error instanceof AggregateError) {
    const waits = error.errors.map(retryAfter).filter((wait) => wait !== undefined);
    return waits.length === 0 ? undefined : Math.max(...waits);
  }
  const seconds = error instanceof Error && 'retryAfter' in error ? error.retryAfter : undefined;
  return typeof seconds === 'number' ? seconds * 1_000 : undefined;
}
