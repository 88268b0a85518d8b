import { pino } from 'pino';
import { webClient } from '../../src/platform/slack/client.js';
import { connectStore } from '../../src/platform/store/connection.js';
import { demoSeed } from '../../src/sandbox/demo/people.js';
import { startWorkspace, type Workspace } from '../../src/sandbox/slack/workspace.js';
import { aDatabase } from './mongo.js';

/** Takes down what a test file set up, the newest first. */
export interface Ground {
  until(end: () => Promise<unknown>): void;
  ends(): Promise<void>;
}

export function aGround(): Ground {
  const ends: (() => Promise<unknown>)[] = [];
  return {
    until: (end) => void ends.push(end),
    ends: async () => {
      for (const end of ends.splice(0).reverse()) await end();
    },
  };
}

export const quiet = pino({ level: 'silent' });

/** A connection to a database of its own, or to the one given. */
export async function aStore(ground: Ground, uri = aDatabase()) {
  const connection = await connectStore(uri);
  ground.until(() => connection.close());
  return connection;
}

/** A workspace, and the bot's client for it. */
export async function aSlack(
  ground: Ground,
): Promise<{ workspace: Workspace; client: ReturnType<typeof webClient> }> {
  const workspace = await startWorkspace({ seed: demoSeed });
  ground.until(() => workspace.stop());
  return { workspace, client: webClient(workspace.botToken, workspace.apiUrl, quiet) };
}
