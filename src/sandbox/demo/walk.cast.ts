import type { Sandbox } from '../sandbox.js';
import type { MessageCard } from '../slack/contract.js';
import type { Person } from '../slack/workspace.js';

/** One page of the story: what somebody does, and what must be seen afterwards. */
export interface Page {
  readonly tells: string;
  readonly happens: () => Promise<unknown>;
}

export const team = 'acme-team';
export const shared = 'acme-shared';

/** The people of the story, and how to wait for the newest message of a channel that fits. */
export function cast({ workspace }: Sandbox) {
  const seen = (channel: string, pattern: RegExp, within = 10_000): Promise<MessageCard> =>
    workspace.waitFor(() => workspace.messages(channel).findLast(({ text }) => pattern.test(text)), {
      what: `${pattern} in #${channel}`,
      within,
    });
  const person = (key: string): Person => workspace.person(key);
  return {
    seen,
    bo: person('bo'),
    kim: person('kim'),
    sam: person('sam'),
    ola: person('ola'),
    ana: person('ana'),
  };
}

/** The ids that the story's incident and release get on the way; others may have been there before. */
export interface Thread {
  incident: string;
  release: string;
}

/** The text of an answer; throws when what was done was not taken. */
export async function answered(
  promise: Promise<{ ok: boolean; text?: string; notice?: string; errors?: unknown }>,
): Promise<string> {
  const answer = await promise;
  if (!answer.ok) throw new Error(answer.notice ?? JSON.stringify(answer.errors) ?? 'it was not taken');
  return answer.text ?? '';
}

/** The part of a text that fits; throws when there is none. */
export function found(text: string, pattern: RegExp): string {
  const id = pattern.exec(text)?.[0];
  if (id === undefined) throw new Error(`no ${pattern} in "${text}"`);
  return id;
}

/** Fits what begins like this. */
export const starts = (text: string): RegExp => new RegExp(`^${text}`, 'u');
