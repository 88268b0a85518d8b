/** What a payload is, in Socket Mode's words. */
export type DeliveryKind = 'slash_commands' | 'interactive' | 'events_api';

/** How the bot answered. `body` is what it acked with: an object, a text, or nothing. */
export interface Ack {
  /** HTTP status; over Socket Mode 200 for an ack. 0: nobody answered. */
  readonly status: number;
  readonly body: unknown;
  /** As Slack names it; absent when the bot acked. */
  readonly problem?: 'operation_timeout' | 'dispatch_failed';
}
