import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { type BotProcess, startBotProcess } from '../../src/sandbox/bot-process.js';
import { type Acme, startAcme } from '../../src/sandbox/demo/acme.js';
import { demoHouse } from '../../src/sandbox/demo/house.js';
import { demoSeed } from '../../src/sandbox/demo/people.js';
import type { MessageCard } from '../../src/sandbox/slack/contract.js';
import { type Person, startWorkspace, type Workspace } from '../../src/sandbox/slack/workspace.js';
import { aDatabase } from './mongo.js';
import { aWiretap, type Wiretap } from './wiretap.js';

/** A world whose bots are processes that can be killed. Their clocks run, and can be put ahead. */
export interface ProcessWorld {
  readonly workspace: Workspace;
  readonly acme: Acme;
  readonly tap: Wiretap;
  readonly lead: Person;
  readonly dev: Person;
  readonly otherDev: Person;
  readonly onCall: Person;
  readonly client: Person;
  /** Starts a bot; bots of another `host` have a data folder of their own. */
  startsBot(host?: string): Promise<BotProcess>;
  /** Kills a bot as a power cut does, and waits until it is gone. */
  kills(bot: BotProcess): Promise<void>;
  /** Requests go to these in turn from now on. */
  delivers(...bots: readonly BotProcess[]): void;
  /** Puts all clocks ahead, and resolves when what became due is done; bots started later are ahead as well. */
  later(milliseconds: number, ...bots: readonly BotProcess[]): Promise<void>;
  /** Waits for the newest message of a channel that fits. */
  sees(channel: string, pattern: RegExp, within?: number): Promise<MessageCard>;
  /** How many messages of a channel fit. */
  counts(channel: string, pattern: RegExp): number;
  /** What was recorded of an incident or release: its state and what its history tells. */
  record(id: string): Promise<{ status: string; did: readonly string[] } | undefined>;
  /** How many incidents or releases there are. */
  recorded(kind: 'incidents' | 'releases'): Promise<number>;
  /** Deployment scripts wait at their third step from now on, until they are let go. */
  holdsDeployments(): Promise<void>;
  letsDeploymentsGo(): Promise<void>;
  /** The lines of Acme's deployments.log. */
  deployments(): Promise<readonly string[]>;
  /** A file in the records of an attempt; empty when it is not there. */
  attemptNote(key: string, name: string, host?: string): Promise<string>;
  /** What stands twice although it must not: messages by their key, files by their name, lines of history and of deployments.log. */
  doubles(): Promise<readonly string[]>;
  ends(): Promise<void>;
}

export interface ProcessOptions {
  /** After how long a host that is silent has lost its attempt, in milliseconds. */
  readonly hostPatience?: number;
}

const built = new URL('../../dist/sandbox/bot.js', import.meta.url);

/** Builds a world for bots that are processes; `ends` ends them all and takes the rest down. */
export async function aProcessWorld(options: ProcessOptions = {}): Promise<ProcessWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-processes-'));
  const workspace = await startWorkspace({
    seed: demoSeed,
    ackWithin: 15_000,
    triggerLife: 15_000,
    patience: 15_000,
  });
  const acme = await startAcme({ folder: join(folder, 'acme'), stepSeconds: 0 });
  await makeHoldable(acme);
  const database = aDatabase();
  const tap = await aWiretap(database);
  const mongo = await new MongoClient(database).connect();
  const pace = { bake: '10 minutes', escalateAfter: '10 minutes', probePause: '10 ms' };
  await writeFile(join(folder, 'slipway.yaml'), demoHouse(workspace, acme, pace));
  const alive = new Set<BotProcess>();
  let ahead = 0;

  const dataOf = (host: string): string => join(folder, `data-${host}`);
  const settings = (host: string): Record<string, string> => ({
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: workspace.apiUrl,
    MONGODB_URI: tap.uri,
    SLIPWAY_CONFIG: join(folder, 'slipway.yaml'),
    SLIPWAY_DATA: dataOf(host),
    SLIPWAY_CLOCK_AHEAD: String(ahead),
    SLIPWAY_SWEEP_EVERY: '500',
    SLIPWAY_LEASE_FOR: '2000',
    SLIPWAY_STORE_PATIENCE: '12000',
    SLIPWAY_HOST_PATIENCE: String(options.hostPatience ?? 120_000),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: process.env['SLIPWAY_TEST_LOG'] ?? 'silent',
  });
  const fitting = (channel: string, pattern: RegExp) =>
    workspace.messages(channel).filter(({ text }) => pattern.test(text));
  const deployments = async (): Promise<string[]> =>
    (await readFile(join(acme.folder, 'deployments.log'), 'utf8').catch(() => ''))
      .split('\n')
      .filter(Boolean);
  const histories = async (): Promise<string[]> => {
    const kinds = await Promise.all(
      ['incidents', 'releases', 'lessons'].map((kind) => mongo.db().collection<Kept>(kind).find().toArray()),
    );
    return kinds
      .flat()
      .flatMap(({ _id, history }) => history.map(({ version }) => `${_id} version ${version}`));
  };

  return {
    workspace,
    acme,
    tap,
    lead: workspace.person('bo'),
    dev: workspace.person('kim'),
    otherDev: workspace.person('sam'),
    onCall: workspace.person('ola'),
    client: workspace.person('ana'),
    startsBot: async (host = 'one') => {
      const bot = await startBotProcess(settings(host), built);
      alive.add(bot);
      void bot.ended.then(() => alive.delete(bot));
      workspace.deliverTo(`${bot.url}/slack/events`);
      return bot;
    },
    kills: async (bot) => {
      if (isThere(bot.pid)) process.kill(bot.pid, 'SIGKILL');
      await bot.ended;
    },
    delivers: (...bots) => workspace.deliverTo(bots.map(({ url }) => `${url}/slack/events`)),
    later: async (milliseconds, ...bots) => {
      ahead += milliseconds;
      await Promise.all(bots.map((bot) => bot.putAhead(ahead)));
    },
    sees: (channel, pattern, within = 30_000) =>
      workspace.waitFor(() => fitting(channel, pattern).at(-1), { what: `${pattern} in ${channel}`, within }),
    counts: (channel, pattern) => fitting(channel, pattern).length,
    record: async (id) => {
      const kind = /-R\d+$/u.test(id) ? 'releases' : 'incidents';
      const found = await mongo.db().collection<Kept>(kind).findOne({ _id: id });
      return found === null
        ? undefined
        : { status: found.state.status, did: found.history.map(({ did }) => did) };
    },
    recorded: (kind) => mongo.db().collection(kind).countDocuments(),
    holdsDeployments: () => writeFile(join(acme.folder, 'hold'), ''),
    letsDeploymentsGo: () => rm(join(acme.folder, 'hold'), { force: true }),
    deployments,
    attemptNote: (key, name, host = 'one') =>
      readFile(join(dataOf(host), 'attempts', key, name), 'utf8').catch(() => ''),
    doubles: async () => [
      ...twice(postedKeys(workspace)),
      ...twice(filesIn(workspace)),
      ...twice(await histories()),
      ...twice(await deployments()),
    ],
    ends: async () => {
      await rm(join(acme.folder, 'hold'), { force: true });
      for (const bot of alive) await bot.stop();
      await mongo.close();
      await tap.close();
      await workspace.stop();
      await acme.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Makes the demo's script wait before it copies, for as long as there is a file "hold". */
async function makeHoldable({ folder }: Acme): Promise<void> {
  const script = join(folder, 'deploy.sh');
  const step = 'cp -R staging/. production/';
  const lines = await readFile(script, 'utf8');
  if (!lines.includes(step)) throw new Error(`deploy.sh has no step "${step}" any more.`);
  await writeFile(script, lines.replace(step, `while [ -f hold ]; do sleep 0.05; done\n${step}`));
}

interface Kept {
  _id: string;
  state: { status: string };
  history: { version: number; did: string }[];
}

/** The key that each message was posted with, of all posts that took effect. */
function postedKeys(workspace: Workspace): string[] {
  return workspace
    .calls('chat.postMessage')
    .filter(({ ok }) => ok)
    .map(({ arguments: given }) => JSON.stringify(given['metadata']));
}

function filesIn(workspace: Workspace): string[] {
  const channels = demoSeed.channels.map(({ key }) => key);
  return channels.flatMap((key) =>
    workspace.messages(key).flatMap(({ files }) => files.map(({ name }) => `${name} in ${key}`)),
  );
}

function twice(all: readonly string[]): string[] {
  return [...new Set(all.filter((one, at) => all.indexOf(one) !== at))];
}

/** Takes an incident through to a frozen release, agreed for in two hours, as fast as the rules allow. Gives their ids. */
export async function aFrozenRelease(
  world: ProcessWorld,
  title: string,
): Promise<{ readonly incident: string; readonly release: string }> {
  const [team, shared] = [{ in: 'acme-team' }, { in: 'acme-shared' }];
  const { text: registered = '' } = await world.lead.types(`/incident acme ${title}`, team);
  const incident = /^ACME-\d+/u.exec(registered)?.[0] ?? '';
  await world.sees('acme-team', new RegExp(`^${incident} · ${title} · registered`, 'u'));
  await world.dev.clicks('Work on it', { ...team, message: new RegExp(`^${incident} · `, 'u') });
  await world.dev.submits({
    'Further requirements that are met': 'It works',
    'Test document': 'Tried by hand',
  });
  await world.sees('acme-shared', new RegExp(`^May ${incident} go live`, 'u'));
  await world.client.clicks('Authorise', { ...shared, message: new RegExp(`^May ${incident} `, 'u') });
  const { text: created = '' } = await world.lead.types(`/release new acme ${incident}`, team);
  const release = /^ACME-R\d+/u.exec(created)?.[0] ?? '';
  await world.lead.types(`/release propose ${release} in 2 hours`, team);
  await world.sees('acme-shared', new RegExp(`^Release ${release}: is`, 'u'));
  await world.client.clicks('Accept', { ...shared, message: new RegExp(`^Release ${release}:`, 'u') });
  await world.lead.types(`/checklist ${release}`, team);
  await world.lead.types(`/freeze ${release} because this is about what comes later`, team);
  await world.sees('acme-team', new RegExp(`^${release} · frozen`, 'u'));
  return { incident, release };
}

/** Asks until there is an answer; throws after `within` milliseconds. For what no workspace tells of: files and processes. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  within = 30_000,
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${within} ms in vain: ${what}.`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

/** Whether there is a process of that number; or a process group, when it is negative. */
export function isThere(number: number): boolean {
  try {
    return process.kill(number, 0);
  } catch {
    return false;
  }
}
