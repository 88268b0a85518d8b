import type { Identity } from '../../kernel/by.js';
import { Refusal } from '../../kernel/refusal.js';

interface SlackUser {
  readonly id: string;
  readonly name?: string | undefined;
  readonly username?: string | undefined;
  readonly team_id?: string | undefined;
}

/**
 * The identity in a click, a submission or a shortcut. In shared channels the payload's `team` is not always the person's
 * own, so only `user.team_id` counts; a shortcut is only ever used by people of the team it was sent for.
 */
export function identityOf(user: SlackUser, commandTeam?: string): Identity {
  const team = user.team_id ?? commandTeam;
  if (team === undefined) {
    throw new Refusal(
      'unknown-person',
      'Slack did not say which organisation you belong to, so nothing was done.',
    );
  }
  return { team, user: user.id, name: user.name ?? user.username ?? user.id };
}
