import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotProcess, startBotProcess } from './bot-process.js';
import { type Acme, startAcme } from './demo/acme.js';
import { demoHouse, type Pace } from './demo/house.js';
import { demoSeed } from './demo/people.js';
import { type Mongo, startMongo } from './mongo/engine.js';
import { startWorkspace, type Workspace } from './slack/workspace.js';

export interface SandboxOptions {
  readonly port?: number;
  /** Keeps everything here between runs. */
  readonly data?: string;
  readonly failVerification?: boolean;
  readonly socket?: boolean;
  readonly pace: Pace;
  /** Seconds that each step of the demo's deployment takes. */
  readonly stepSeconds: number;
}

/** Everything that a person needs to try Slipway: MongoDB, a workspace, Acme, and the bot as a process of its own. */
export interface Sandbox {
  readonly mongo: Mongo;
  readonly workspace: Workspace;
  readonly acme: Acme;
  readonly gateToken: string;
  bot(): BotProcess;
  /** Ends the bot and starts it anew; the workspace stays. */
  restartBot(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a sandbox on loopback; `stop` ends all that it started, and clears what was not to be kept. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const kept = options.data;
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'slipway-sandbox-')));
  await mkdir(folder, { recursive: true });
  const stops: (() => Promise<unknown>)[] =
    kept === undefined ? [() => rm(folder, { recursive: true, force: true })] : [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return await assembled(options, folder, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function assembled(
  options: SandboxOptions,
  folder: string,
  stops: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<Sandbox> {
  const acme = await startAcme({
    folder: join(folder, 'acme'),
    stepSeconds: options.stepSeconds,
    withDatabases: true,
    ...(options.failVerification ? { failVerification: true } : {}),
  });
  stops.push(acme.stop);
  const mongo = await startMongo(options.data === undefined ? {} : { dataDir: join(folder, 'mongo') });
  stops.push(mongo.stop);
  let ahead = 0;
  const workspace = await startWorkspace({
    seed: demoSeed,
    engine: mongo.engine,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.data === undefined ? {} : { dataDir: join(folder, 'slack') }),
    clock: {
      ahead: () => ahead,
      advance: async (milliseconds) => {
        ahead += milliseconds;
        await bot.putAhead(ahead);
      },
    },
  });
  stops.push(workspace.stop);
  const configPath = join(folder, 'slipway.yaml');
  await writeFile(configPath, demoHouse(workspace, acme, options.pace));
  const gateToken = randomBytes(16).toString('hex');
  const secretKey = await keptSecret(join(folder, 'secret-key'));

  const start = async (): Promise<BotProcess> => {
    const started = await startBotProcess({
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: workspace.signingSecret,
      ...(options.socket ? { SLACK_APP_TOKEN: workspace.appToken } : {}),
      SLACK_API_URL: workspace.apiUrl,
      MONGODB_URI: mongo.uri,
      SLIPWAY_CONFIG: configPath,
      SLIPWAY_DATA: join(folder, 'bot'),
      SLIPWAY_GATE_TOKEN: gateToken,
      SLIPWAY_SECRET_KEY: secretKey,
      SLIPWAY_CLOCK_AHEAD: String(ahead),
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warn',
    });
    if (!options.socket) workspace.deliverTo(`${started.url}/slack/events`);
    return started;
  };
  let bot = await start();
  stops.push(() => bot.stop());
  // Making them takes longer than all the rest, and went on beside it.
  await acme.databases?.ready();
  return {
    mongo,
    workspace,
    acme,
    gateToken,
    stop,
    bot: () => bot,
    restartBot: async () => {
      await bot.stop();
      bot = await start();
    },
  };
}

/** The secret of a file, which is made when it is missing: snapshots of one run are held against those of the next. */
async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const made = randomBytes(32).toString('hex');
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
