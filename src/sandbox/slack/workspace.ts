import { assembled, type WorkspaceOptions } from './assembly.js';
import type { ApiCall, Drop, Refusal } from './calls.js';
import { messageCard } from './cards.js';
import type { MessageCard } from './contract.js';
import { serve } from './front/server.js';
import { awaited } from './happenings.js';
import { aPerson, type Person } from './people/person.js';
import { channelNamed, messagesIn } from './records.js';
import type { Slack } from './slack.js';

export type { WorkspaceOptions } from './assembly.js';
export type { Person } from './people/person.js';
export type { WorkspaceSeed } from './seed.js';

/** A Slack workspace on this machine: Web API, people, and the page. */
export interface Workspace {
  /** The page. */
  readonly url: string;
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  person(key: string): Person;
  channelId(key: string): string;
  /** All messages of a channel, threads included, ephemeral ones not, oldest first. */
  messages(channelKeyOrId: string): readonly MessageCard[];
  /** Every Web API call that the bot made, oldest first; of one method when named. */
  calls(method?: string): readonly ApiCall[];
  /** The next call of this method ("*": any) is refused: by an error, a status, or 429 with retryAfter (seconds). */
  refuseNext(refusal: Refusal): void;
  /** The connection of the next call of this method breaks, before or after it took effect. */
  dropNext(drop: Drop): void;
  /** The bot's HTTP endpoint, or several that take turns; undefined: its Socket Mode connections. */
  deliverTo(url: string | readonly string[] | undefined): void;
  /** Open Socket Mode connections; ask them to connect anew; break them. */
  readonly sockets: { count(): number; refresh(): void; breakOff(): void };
  /** Waits until there is an answer, asking after every happening. Throws after `within` milliseconds (5000). */
  waitFor<T>(
    ask: (workspace: Workspace) => T | undefined | false,
    options: { readonly what: string; readonly within?: number },
  ): Promise<T>;
  stop(): Promise<void>;
}

/** Starts a workspace on loopback. What it starts, `stop` ends. */
export async function startWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const address = { url: '' };
  const timers = new Set<NodeJS.Timeout>();
  const slack = assembled(options, address, timers);
  const server = await serve(slack, options.port ?? 0);
  address.url = `http://127.0.0.1:${server.port}`;
  const stop = async () => {
    for (const timer of timers) clearTimeout(timer);
    await slack.sockets.close();
    await server.stop();
    slack.journal.flush(slack.records);
  };
  return asWorkspace(slack, options.patience ?? 3000, stop);
}

function asWorkspace(slack: Slack, patience: number, stop: () => Promise<void>): Workspace {
  const { records, calls, sockets } = slack;
  const people = new Map(records.people.map((record) => [record.key, aPerson(slack, record, patience)]));
  const channel = (key: string) => {
    const found = channelNamed(records, key);
    if (found === undefined)
      throw new Error(
        `There is no channel "${key}"; there are: ${records.channels.map((one) => one.key).join(', ')}.`,
      );
    return found;
  };
  const workspace: Workspace = {
    url: slack.url(),
    apiUrl: `${slack.url()}/api/`,
    ...{
      botToken: records.secrets.botToken,
      appToken: records.secrets.appToken,
      signingSecret: records.secrets.signingSecret,
    },
    teamId: records.team.id,
    botUserId: records.bot.userId,
    person: (key) => {
      const person = people.get(key);
      if (person === undefined)
        throw new Error(`There is nobody called "${key}"; there are: ${[...people.keys()].join(', ')}.`);
      return person;
    },
    channelId: (key) => channel(key).id,
    messages: (key) =>
      messagesIn(records, channel(key).id)
        .filter(({ onlyFor }) => onlyFor === undefined)
        .map((message) => messageCard(slack, message)),
    calls: (method) => calls.made.filter((call) => method === undefined || call.method === method),
    refuseNext: calls.refuseNext,
    dropNext: calls.dropNext,
    deliverTo: slack.delivery.deliverTo,
    sockets,
    waitFor: async (ask, { what, within = 5000 }) => {
      const answer = await awaited(slack.desk, () => ask(workspace) || undefined, within);
      if (answer === undefined) throw new Error(`Waited ${within} ms for ${what}. ${lastWords(slack)}`);
      return answer;
    },
    stop,
  };
  return workspace;
}

/** The newest messages anywhere, for telling why a wait was in vain. */
function lastWords(slack: Slack): string {
  const { records } = slack;
  const all = records.channels.flatMap((one) =>
    messagesIn(records, one.id).map((message) => ({ where: one.name || one.key, message })),
  );
  const newest = all.toSorted((one, other) => one.message.ts.localeCompare(other.message.ts)).slice(-8);
  const lines = newest.map(
    ({ where, message }) =>
      `  ${where}${message.onlyFor === undefined ? '' : ' (ephemeral)'}: ${message.text}`,
  );
  return lines.length === 0 ? 'No message was posted.' : `The last messages:\n${lines.join('\n')}`;
}
