import { randomBytes } from 'node:crypto';
import { ApiError } from './front/api-error.js';

export interface Trigger {
  readonly user: string;
  /** The modal it came from, which `views.push` builds on. */
  readonly viewId?: string;
}

export interface Triggers {
  issue(trigger: Trigger): string;
  /** Gives the trigger once, within its life; throws as Slack answers otherwise. */
  exchange(id: string): Trigger;
}

/** Trigger ids: good once, and for three seconds. https://docs.slack.dev/interactivity/handling-user-interaction */
export function triggersLiving(milliseconds: number, team: string): Triggers {
  const issued = new Map<string, Trigger & { readonly until: number; used: boolean }>();
  return {
    issue: (trigger) => {
      const id = `${Date.now()}.${team}.${randomBytes(16).toString('hex')}`;
      issued.set(id, { ...trigger, until: Date.now() + milliseconds, used: false });
      return id;
    },
    exchange: (id) => {
      const trigger = issued.get(id);
      if (trigger === undefined) throw new ApiError('invalid_trigger_id');
      if (trigger.used) throw new ApiError('exchanged_trigger_id');
      if (trigger.until < Date.now()) throw new ApiError('expired_trigger_id');
      trigger.used = true;
      return trigger;
    },
  };
}
