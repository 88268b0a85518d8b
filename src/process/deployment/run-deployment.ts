import { slipway } from '../../kernel/by.js';
import { between } from '../../kernel/instants.js';
import { clientOf } from '../../kernel/references.js';
import type { Client } from '../../people/people.js';
import type { Lease } from '../../platform/store/leases.js';
import { changeBySlipway, type Release } from '../release/index.js';
import {
  type Attempt,
  attemptKey,
  beginAttempt,
  type Call,
  callGoOrNoGo,
  callMissed,
  claim,
  endAttempt,
  isTimeToDeploy,
  lastAttempt,
  loseAttempt,
} from './deployment.js';
import { deploymentProgress } from './deployment.views.js';
import type { DeploymentNeeds } from './needs.js';
import { progressOf } from './progress.js';

const inherited = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ'];
/** Slack edits a message at most about once a second in the long run; twice that is kind. */
const editEvery = 2_000;

/** What a deployment depends on besides its time. */
export interface Conditions {
  /** What go or no-go is said by. */
  readonly missing: (release: Release) => Promise<Call['missing']>;
  /** Whether nothing holds it back at the last moment; asked again at the next look when it does. */
  readonly mayStart: (release: Release) => Promise<boolean>;
}

/** What time and dead processes do to a deployment: it is claimed, started, watched and ended here. Safe to repeat. */
export const runDeployment = (needs: DeploymentNeeds) => {
  const { releases, people, clock, runner, background, log } = needs;

  const change = changeBySlipway({ releases, clock });

  /** Starts what evidence says was never started, and watches it to its end. */
  const attend = async (id: string, lease: Lease): Promise<void> => {
    const found = await releases.find(id);
    const attempt = found === undefined ? undefined : lastAttempt(found.state);
    if (found === undefined || found.state.status !== 'deploying' || attempt === undefined) return;
    if (attempt.status !== 'claimed' && attempt.status !== 'running') return;
    if (attempt.host !== runner.host) return abandon(needs, found.state, attempt);
    const { state } =
      attempt.status === 'running'
        ? found
        : await change(id, `started attempt ${attempt.number}`, (release, now) =>
            lastAttempt(release)?.status === 'claimed'
              ? beginAttempt(release, attempt.number, now)
              : undefined,
          );
    const running = lastAttempt(state);
    if (running?.status !== 'running' || !lease.held()) return;
    const key = attemptKey(state, running);
    const evidence = await runner.lookUp(key);
    if (evidence.is === 'never started' && running.stop !== undefined)
      return conclude(needs, id, running, { is: 'ended', code: 143 });
    if (evidence.is === 'never started')
      await runner.start({ key, ...program(people.client(clientOf(id)), state, running) });
    return watch(needs, state, running, lease);
  };

  return {
    /** Looks at a release: claims its deployment when it is time, and sees to it that a running one is watched. */
    attendDeployment: async (id: string, { missing, mayStart }: Conditions): Promise<void> => {
      const client = people.client(clientOf(id));
      const found = await releases.find(id);
      if (found === undefined) return;
      const now = clock.now();
      const open = await missing(found.state);
      await change(id, open.length === 0 ? 'says: go' : 'says: no-go', (release, at) =>
        callGoOrNoGo(release, open, at),
      );
      await change(id, 'says: the agreed time is over', (release, at) =>
        callMissed(release, open, client.deployment.startWithin, at),
      );
      if (isTimeToDeploy(found.state, client.deployment.startWithin, now) && (await mayStart(found.state))) {
        await change(id, 'began the deployment, as agreed', (release, at) =>
          isTimeToDeploy(release, client.deployment.startWithin, at)
            ? claim(release, { kind: 'deploy', host: runner.host, reason: 'the agreed time' }, slipway, at)
            : undefined,
        );
      }
      const { state } = (await releases.find(id)) ?? found;
      if (state.status === 'deploying') background.run(`attempt/${id}`, (lease) => attend(id, lease));
      log.trace({ release: id }, 'looked at its deployment');
    },
  };
};

function program(client: Client, release: Release, attempt: Attempt) {
  const { run, rollBack, folder, pass } = client.deployment;
  const allowed = [...inherited, ...pass].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const variables = {
    ...Object.fromEntries(allowed),
    SLIPWAY_RELEASE: release.id,
    SLIPWAY_ATTEMPT: String(attempt.number),
    SLIPWAY_INCIDENTS: release.scope.join(' '),
  };
  return { command: attempt.kind === 'deploy' ? run : (rollBack ?? run), folder, variables };
}

/** An attempt of another host is not ours to judge, until that host has been silent for too long. */
async function abandon(
  { releases, clock, hosts, hostPatience }: DeploymentNeeds,
  release: Release,
  attempt: Attempt,
): Promise<void> {
  const since = 'startedAt' in attempt ? attempt.startedAt : attempt.claimedAt;
  const now = clock.now();
  const silent = (await hosts.silentFor(attempt.host)) ?? between(since, now);
  if (silent < hostPatience) return;
  const why = `the machine that ran it (${attempt.host}) does not answer`;
  await releases.change(release.id, { by: slipway, now }, (state) => ({
    next: loseAttempt(state, attempt.number, why, now),
    did: `lost sight of attempt ${attempt.number}: ${why}`,
    quiet: true,
  }));
}

/** Follows a running attempt to its end: shows its output, stops it when asked, records how it ended. */
async function watch(
  needs: DeploymentNeeds,
  release: Release,
  attempt: Attempt & { status: 'running' },
  lease: Lease,
): Promise<void> {
  const { releases, runner, background, clock, people, watchEvery } = needs;
  const key = attemptKey(release, attempt);
  const client = people.client(clientOf(release.id));
  let [output, from, shown] = ['', 0, 0];
  while (!background.stopping() && lease.held()) {
    const evidence = await runner.lookUp(key);
    const more = await runner.output(key, from);
    from = more.next;
    output = `${output}${more.text}`.slice(-64 * 1024);
    if (evidence.is === 'ended' || evidence.is === 'unknown')
      return conclude(needs, release.id, attempt, evidence);
    const current = (await releases.find(release.id))?.state ?? release;
    const stop = lastAttempt(current)?.stop;
    const tooLong = between(attempt.startedAt, clock.now()) > client.deployment.timeLimit;
    if (stop !== undefined || tooLong) await runner.stop(key);
    else if (Date.now() - shown >= editEvery) {
      shown = Date.now();
      await show(needs, current, attempt, output);
    }
    await new Promise((wake) => setTimeout(wake, watchEvery));
  }
}

async function show(
  { slots, people, clock, log }: DeploymentNeeds,
  release: Release,
  attempt: Attempt & { status: 'running' },
  output: string,
): Promise<void> {
  const client = people.client(release.client);
  const content = deploymentProgress(release, attempt, progressOf(output), clock.now());
  const board = `release/${release.id}/board`;
  // Nobody must wait for a picture: what Slack refuses now is shown at the next look.
  await slots
    .show({
      key: `release/${release.id}/attempt/${attempt.number}`,
      place: { channel: client.channels.team },
      thread: board,
      content,
    })
    .catch((error: unknown) => log.info({ err: error }, 'progress could not be shown'));
}

async function conclude(
  { releases, people, clock }: DeploymentNeeds,
  id: string,
  attempt: Attempt,
  evidence: { is: 'ended'; code: number } | { is: 'unknown'; why: string },
): Promise<void> {
  const now = clock.now();
  const limit = people.client(clientOf(id)).deployment.timeLimit;
  await releases.change(id, { by: slipway, now }, (release) => {
    const current = lastAttempt(release);
    if (current?.number !== attempt.number || current.status !== 'running') return undefined;
    if (evidence.is === 'unknown') {
      return {
        next: loseAttempt(release, attempt.number, evidence.why, now),
        did: `lost sight of attempt ${attempt.number}: ${evidence.why}`,
        quiet: true,
      };
    }
    const succeeded = evidence.code === 0;
    const late = between(current.startedAt, now) > limit;
    const how =
      current.stop !== undefined && !succeeded
        ? `stopped by ${current.stop.by.name}`
        : late && !succeeded
          ? 'it took longer than it may'
          : `exit code ${evidence.code}`;
    return {
      next: endAttempt(release, attempt.number, { succeeded, how }, now),
      did: `${current.kind === 'deploy' ? 'deployed it' : 'rolled it back'}: ${succeeded ? 'succeeded' : 'failed'}, ${how}`,
      quiet: true,
    };
  });
}
