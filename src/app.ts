import { dirname, join, resolve } from 'node:path';
import bolt from '@slack/bolt';
import { pino } from 'pino';
import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { Environment } from './config/environment.js';
import type { House } from './config/house.js';
import { type Clock, systemClock } from './kernel/clock.js';
import { fingerprint, type Ids, randomIds } from './kernel/ids.js';
import { peopleCommands } from './people/people.commands.js';
import { people as peopleOf } from './people/people.js';
import { permissions as permissionsOf } from './people/permissions.js';
import { roleStore } from './people/roles.store.js';
import { httpRoutes, listen } from './platform/http/server.js';
import { background as backgroundOf } from './platform/jobs/background.js';
import { agendaJobs } from './platform/jobs/jobs.js';
import { reconciler as reconcilerOf } from './platform/jobs/reconciler.js';
import { type SlackApp, slackApp } from './platform/slack/app.js';
import { retryAfter, slackLogger, webClient } from './platform/slack/client.js';
import { freshReceiver } from './platform/slack/receiver.js';
import { slots as slotsOf } from './platform/slack/slots.js';
import { connectStore } from './platform/store/connection.js';
import { counters as countersOf } from './platform/store/counters.js';
import { hosts as hostsOf } from './platform/store/hosts.js';
import { leases as leasesOf } from './platform/store/leases.js';
import { seenRequests } from './platform/store/requests.js';
import { boardCommands } from './process/board.commands.js';
import { checklistCommands, checklistUseCases, lessonStore } from './process/checklist/index.js';
import {
  archive as archiveOf,
  checkSources,
  comparisonCommands,
  comparisonUseCases,
  environmentComparer,
} from './process/comparison/index.js';
import {
  type DeploymentNeeds,
  deploymentCommands,
  deploymentUseCases,
  scriptRunner,
} from './process/deployment/index.js';
import { freezeCommands, freezeUseCases } from './process/freeze/index.js';
import { handoverCommands, handoverUseCases } from './process/handover/index.js';
import { appHome } from './process/home.js';
import { negotiationCommands, negotiationUseCases } from './process/negotiation/index.js';
import { followings } from './process/reactions.js';
import { incidentStore, registerCommands, registerUseCases } from './process/register/index.js';
import { releaseCommands, releaseStore, releaseUseCases } from './process/release/index.js';
import { helpOfAll } from './process/steps.js';
import { verificationCommands, verificationUseCases } from './process/verification/index.js';

/** What the bot is built from, beside its environment and its house. All have their ordinary values. */
export interface Parts {
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** How often everything that waits is looked at again, in milliseconds. */
  readonly sweepEvery?: number;
  /** How long a dead process keeps others waiting, in milliseconds. */
  readonly leaseFor?: number;
  /** After how long a machine that does not answer has lost its attempt, in milliseconds. */
  readonly hostPatience?: number;
  /** How long a person's request may wait for the store before they are told, in milliseconds. */
  readonly storePatience?: number;
}

export interface SlipwayBot {
  /** Where Slack, CI and monitoring reach it. */
  readonly url: string;
  readonly slack: SlackApp;
  /** Looks at everything that waits, and resolves when all of it is done: for tests and for a moved clock. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds and starts the bot: the one place that knows every step and every adapter. */
export async function startBot(
  environment: Environment,
  house: House,
  parts: Parts = {},
): Promise<SlipwayBot> {
  const {
    clock = systemClock,
    ids = randomIds,
    sweepEvery = 5_000,
    leaseFor = 10_000,
    hostPatience = 120_000,
    storePatience = 1_900,
  } = parts;
  const log = pino({
    level: environment.logLevel,
    redact: ['*.token', '*.headers', 'err.config', 'err.original'],
  });
  const connection = await connectStore(environment.mongoUri);
  const client = webClient(environment.botToken, environment.slackApiUrl, log);
  const identity = await client.auth.test();

  const leases = leasesOf(connection, ids.next(), leaseFor);
  const background = backgroundOf(leases, log);
  const slots = slotsOf(connection, client);
  const roles = roleStore(connection);
  const people = peopleOf(house, roles);
  const permissions = permissionsOf(people);
  const runner = await scriptRunner(join(environment.dataFolder, 'attempts'));
  const [incidents, releases, lessons] = [
    incidentStore(connection),
    releaseStore(connection),
    lessonStore(connection),
  ];
  const seen = seenRequests(connection);
  const hosts = hostsOf(connection);
  for (const store of [incidents, releases, lessons, roles.members, seen]) await store.prepare();
  const jobs = await agendaJobs({ connection, clock, log, processEvery: Math.min(sweepEvery, 5_000) });

  const needs: DeploymentNeeds = {
    releases,
    incidents,
    people,
    permissions,
    counters: countersOf(connection),
    clock,
    runner,
    hosts,
    background,
    slots,
    log,
    watchEvery: 500,
    hostPatience,
  };
  const register = registerUseCases(needs);
  const release = releaseUseCases(needs);
  const negotiation = negotiationUseCases(needs);
  const checklist = checklistUseCases({ ...needs, lessons });
  const archive = archiveOf(connection);
  const folder = dirname(resolve(environment.configPath));
  checkSources(people.clients(), folder);
  const comparer = environmentComparer({
    folder,
    secretKey: environment.secretKey ?? fingerprint(environment.botToken),
    cacheFolder: join(environment.dataFolder, 'cache'),
    clock,
  });
  const comparison = comparisonUseCases({ ...needs, comparer, archive, register });
  const freeze = freezeUseCases(needs);
  const deployment = deploymentUseCases(needs);
  const verification = verificationUseCases(needs);
  const handover = handoverUseCases(needs);

  const following = followings({
    ...needs,
    lessons,
    jobs,
    register,
    negotiation,
    checklist,
    comparison,
    archive,
    deployment,
    verification,
    handover,
    refresh: (id) => {
      following.freshen(id);
      reconciler.changed('releases', id);
    },
  });
  const reconciler = reconcilerOf(following.followings, {
    leases,
    log,
    pause: Math.min(1_000, leaseFor / 4),
    wants: retryAfter,
  });
  for (const store of [incidents, releases, lessons]) {
    store.onChange((id) => {
      reconciler.changed(store.kind, id);
      slack.refreshHomes();
    });
  }
  jobs.onWaking(async (id) => reconciler.changed('releases', id));

  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const requests = new Counter({
    name: 'slipway_requests_total',
    help: 'Requests from Slack',
    registers: [metrics],
  });
  const http = httpRoutes({
    gate: freeze.askGate,
    gateToken: environment.gateToken,
    metrics,
    log,
    isHealthy: async () => (await connection.db?.command({ ping: 1 }))?.['ok'] === 1,
  });

  const socket = environment.appToken !== undefined;
  const apiUrl = environment.slackApiUrl === undefined ? {} : { slackApiUrl: environment.slackApiUrl };
  const receiver =
    environment.appToken !== undefined
      ? new bolt.SocketModeReceiver({
          appToken: environment.appToken,
          logger: slackLogger(log),
          installerOptions: { clientOptions: apiUrl },
        })
      : freshReceiver(http, environment.signingSecret ?? '', seen, slackLogger(log));
  const { bot_id: botId, user_id: botUserId, team_id: teamId } = identity;
  const authorised = {
    botToken: environment.botToken,
    ...(botId === undefined ? {} : { botId }),
    ...(botUserId === undefined ? {} : { botUserId }),
    ...(teamId === undefined ? {} : { teamId }),
  };
  const app = new bolt.App({
    receiver,
    convoStore: false,
    logger: slackLogger(log),
    clientOptions: { ...apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
    authorize: async () => authorised,
  });

  const under = new Set<Promise<unknown>>();
  const slack = slackApp({
    app,
    client,
    log,
    storePatience,
    during: (work) => {
      requests.inc();
      under.add(work);
      return work.finally(() => under.delete(work));
    },
  });
  registerCommands({ useCases: register, incidents, people, permissions })(slack);
  const ofRelease = releaseCommands({ ...needs, useCases: release });
  const ofNegotiation = negotiationCommands({ ...needs, useCases: negotiation });
  const ofComparison = comparisonCommands({ ...needs, useCases: comparison });
  const ofDeployment = deploymentCommands({ ...needs, useCases: deployment });
  const ofHandover = handoverCommands({ ...needs, useCases: handover });
  for (const step of [ofRelease, ofNegotiation, ofComparison, ofDeployment, ofHandover]) step.register(slack);
  boardCommands(needs, {
    ...ofRelease.verbs,
    ...ofNegotiation.verbs,
    ...ofComparison.verbs,
    ...ofDeployment.verbs,
    ...ofHandover.verbs,
  })(slack);
  checklistCommands({ ...needs, lessons, useCases: checklist })(slack);
  freezeCommands({ ...needs, useCases: freeze })(slack);
  verificationCommands({ useCases: verification })(slack);
  peopleCommands({ people, permissions, roles, clock }, helpOfAll)(slack);
  slack.home(appHome({ ...needs, lessons }));

  const server = await listen(http, environment.host, environment.port);
  if (socket) await app.start();
  await jobs.start();
  const sweep = (): Promise<void> =>
    hosts
      .isAlive(runner.host)
      .then(reconciler.sweep)
      .catch((error: unknown) => log.warn({ err: error }, 'nothing could be looked at'));
  const sweeping = setInterval(() => void sweep(), sweepEvery);
  await sweep();
  log.info({ url: server.url, mode: socket ? 'Socket Mode' : 'HTTP' }, 'Slipway is running');

  return {
    url: server.url,
    slack,
    settle: async () => {
      await reconciler.sweep();
      for (let round = 0; round < 2; round += 1) {
        await reconciler.idle();
        await background.idle();
      }
      await reconciler.idle();
    },
    stop: async () => {
      clearInterval(sweeping);
      if (socket) await app.stop();
      await server.stop();
      await Promise.allSettled([...under]);
      await jobs.stop();
      await reconciler.stop();
      await background.stop();
      await connection.close();
    },
  };
}
