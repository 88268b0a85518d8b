import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SlipwayBot, startBot } from '../../src/app.js';
import type { Environment } from '../../src/config/environment.js';
import type { House } from '../../src/config/house.js';
import { parseHouse } from '../../src/config/read-house.js';
import { type HandClock, handClock } from '../../src/kernel/clock.js';
import { type Acme, startAcme } from '../../src/sandbox/demo/acme.js';
import { demoHouse } from '../../src/sandbox/demo/house.js';
import { demoSeed } from '../../src/sandbox/demo/people.js';
import {
  type Person,
  startWorkspace,
  type Workspace,
  type WorkspaceSeed,
} from '../../src/sandbox/slack/workspace.js';
import { aDatabase } from './mongo.js';

/** The world that tests stand in: a workspace with its people, Acme, and the bot, with a clock that is moved by hand. */
export interface World {
  readonly workspace: Workspace;
  readonly bot: SlipwayBot;
  readonly acme: Acme;
  readonly clock: HandClock;
  readonly database: string;
  /** What the bot was started with, for starting it again or a second one beside it. */
  readonly environment: Environment;
  readonly house: House;
  /** Keys of the channels, for looking at all of them. */
  readonly channels: readonly string[];
  readonly lead: Person;
  readonly dev: Person;
  readonly otherDev: Person;
  readonly onCall: Person;
  readonly client: Person;
  readonly otherApprover: Person;
  readonly stranger: Person;
  /** Waits until everything that follows from what was done is done. */
  settles(): Promise<void>;
  /** Moves the clock and lets everything happen that has become due. */
  later(step: Parameters<HandClock['forward']>[0]): Promise<void>;
  /** Asks the gate over HTTP, as CI does. */
  gate(
    client: string,
    environment: string,
    token?: string,
  ): Promise<{ status: number; open?: boolean; heldBy?: string; by?: string; since?: string }>;
  /** The text of the newest message of a channel that fits, threads included. */
  reads(channel: string, pattern: RegExp): string | undefined;
  /** How many messages of a channel fit. */
  counts(channel: string, pattern: RegExp): number;
  ends(): Promise<void>;
}

export interface WorldOptions {
  /** A Monday noon in Melbourne, winter in London, when absent. */
  readonly startsAt?: string;
  readonly failVerification?: boolean;
  readonly socket?: boolean;
  readonly database?: string;
  readonly stepSeconds?: number;
  /** How often the bot looks at everything by itself, in milliseconds; hardly ever when absent. */
  readonly sweepEvery?: number;
  /** Holds the bot to the seconds that Slack gives it. */
  readonly hurried?: boolean;
  /** Who and what the workspace starts with, instead of the demo's. */
  readonly seed?: WorkspaceSeed;
  /** Changes the house (slipway.yaml as text) before the bot reads it. */
  readonly house?: (yaml: string, workspace: Workspace) => string;
}

export const gateToken = 'gate-token-for-tests';

/** Builds a world; every world has its own database, folder and ports, and `ends` takes all of it down. */
export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-world-'));
  const clock = handClock(options.startsAt ?? '2026-03-02T01:00:00Z');
  const database = options.database ?? aDatabase();
  const seed = options.seed ?? demoSeed;
  // On a busy machine only the tests of these very promises hold to Slack's own seconds.
  const unhurried = options.hurried ? {} : { ackWithin: 15_000, triggerLife: 15_000, patience: 15_000 };
  const workspace = await startWorkspace({ seed, ...unhurried });
  const acme = await startAcme({
    folder: join(folder, 'acme'),
    stepSeconds: options.stepSeconds ?? 0,
    ...(options.failVerification ? { failVerification: true } : {}),
  });
  const yaml = demoHouse(workspace, acme, {
    bake: '10 minutes',
    escalateAfter: '10 minutes',
    probePause: '1 ms',
  });
  const house: House = parseHouse(options.house?.(yaml, workspace) ?? yaml, folder);
  const environment: Environment = {
    botToken: workspace.botToken,
    signingSecret: workspace.signingSecret,
    appToken: options.socket ? workspace.appToken : undefined,
    slackApiUrl: workspace.apiUrl,
    mongoUri: database,
    configPath: '',
    dataFolder: join(folder, 'data'),
    gateToken,
    port: 0,
    host: '127.0.0.1',
    logLevel: process.env['SLIPWAY_TEST_LOG'] ?? 'silent',
  };
  const bot = await startBot(environment, house, {
    clock,
    sweepEvery: options.sweepEvery ?? 60_000,
    ...(options.hurried ? {} : { storePatience: 12_000 }),
  });
  if (!options.socket) workspace.deliverTo(`${bot.url}/slack/events`);
  const person = (key: string): Person => workspace.person(key);
  const fitting = (channel: string, pattern: RegExp) =>
    workspace.messages(channel).filter(({ text }) => pattern.test(text));

  return {
    workspace,
    bot,
    acme,
    clock,
    database,
    environment,
    house,
    channels: seed.channels.map(({ key }) => key),
    lead: person('bo'),
    dev: person('kim'),
    otherDev: person('sam'),
    onCall: person('ola'),
    client: person('ana'),
    otherApprover: person('raj'),
    stranger: person('max'),
    settles: () => bot.settle(),
    later: async (step) => {
      clock.forward(step);
      await bot.settle();
    },
    gate: async (client, name, token = gateToken) => {
      const response = await fetch(`${bot.url}/gate/${client}/${name}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
    reads: (channel, pattern) => fitting(channel, pattern).at(-1)?.text,
    counts: (channel, pattern) => fitting(channel, pattern).length,
    ends: async () => {
      await bot.stop();
      await workspace.stop();
      await acme.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
