import { slipway } from '../kernel/by.js';
import type { Clock } from '../kernel/clock.js';
import { counted } from '../kernel/text.js';
import type { People } from '../people/people.js';
import type { Jobs } from '../platform/jobs/jobs.js';
import type { Following } from '../platform/jobs/reconciler.js';
import type { Slots } from '../platform/slack/slots.js';
import { type ChecklistUseCases, type Lesson, type Lessons, lessonMessage } from './checklist/index.js';
import type { Archive, ComparisonUseCases } from './comparison/index.js';
import { type DeploymentUseCases, deploymentAppointments, type Runner } from './deployment/index.js';
import type { HandoverUseCases } from './handover/index.js';
import { type NegotiationUseCases, negotiationAppointments } from './negotiation/index.js';
import { type Look, whatIsNext } from './next.js';
import type { Fate, Incidents, RegisterUseCases } from './register/index.js';
import { incidentSlots, welcomeSlot } from './register/index.js';
import type { Missing, Release, Releases } from './release/index.js';
import { releaseMessages } from './release-messages.js';
import { type VerificationUseCases, verificationAppointments } from './verification/index.js';

export interface ReactionNeeds {
  readonly incidents: Incidents;
  readonly releases: Releases;
  readonly lessons: Lessons;
  readonly people: People;
  readonly clock: Clock;
  readonly slots: Slots;
  readonly jobs: Jobs;
  readonly runner: Runner;
  readonly register: RegisterUseCases;
  readonly negotiation: NegotiationUseCases;
  readonly checklist: ChecklistUseCases;
  readonly comparison: ComparisonUseCases;
  readonly archive: Archive;
  readonly deployment: DeploymentUseCases;
  readonly verification: VerificationUseCases;
  readonly handover: HandoverUseCases;
  /** Looks at a release soon, although it was not changed itself. */
  readonly refresh: (release: string) => void;
}

/**
 * What follows in one step from what happened in another. Each is safe to repeat and depends on the state alone, so
 * whatever a dead process left undone is done at the next look.
 */
const reactions: readonly {
  readonly what: string;
  readonly follow: (needs: ReactionNeeds, release: Release) => Promise<void>;
}[] = [
  {
    what: 'an unanswered proposal expires; a date agreed for another scope is asked again',
    follow: ({ negotiation }, { id }) => negotiation.attendNegotiation(id),
  },
  { what: 'incidents take the status that their release gives them', follow: settleIncidents },
  {
    what: 'lessons count what their items have caught',
    follow: ({ checklist }, release) => checklist.countCatches(release),
  },
  {
    what: 'environments are compared when somebody asked, at the freeze, and after verification',
    follow: ({ comparison }, { id }) => comparison.attendComparison(id),
  },
  {
    what: 'go or no-go is said, the deployment starts at the agreed time, a running one is watched',
    follow: (needs, { id }) =>
      needs.deployment.attendDeployment(id, {
        missing: async (release) => missingToDeploy(await lookAt(needs, release)),
        mayStart: needs.comparison.isStagingStill,
      }),
  },
  {
    what: 'production is probed; alerts are raised and escalate',
    follow: ({ verification }, { id }) => verification.attendVerification(id),
  },
  {
    what: 'what is handed over is closed, and staging thaws',
    follow: ({ handover }, { id }) => handover.attendHandover(id),
  },
];

function missingToDeploy(look: Look): Missing[] {
  return look.release.status === 'frozen' ? [] : whatIsNext(look);
}

/** A release as its messages and its next step need it. */
export async function lookAt(
  { incidents, people, clock }: Pick<ReactionNeeds, 'incidents' | 'people' | 'clock'>,
  release: Release,
): Promise<Look> {
  const inside = new Map((await incidents.named(release.scope)).map(({ id, state }) => [id, state]));
  return {
    release,
    incidents: release.scope.flatMap((id) => inside.get(id) ?? []),
    client: people.client(release.client),
    ourZone: people.house.zone,
    now: clock.now(),
  };
}

async function settleIncidents({ incidents, register }: ReactionNeeds, release: Release): Promise<void> {
  for (const fate of fatesOf(release)) {
    for (const id of release.scope) await register.settleIncident(slipway, id, fate);
  }
  // Those that were taken out again.
  const strays = await incidents.where({
    'state.client': release.client,
    'state.status': 'scheduled',
    'state.release': release.id,
  });
  for (const { id } of strays) {
    if (!release.scope.includes(id))
      await register.settleIncident(slipway, id, { status: 'authorised', from: release.id });
  }
}

function fatesOf(release: Release): Fate[] {
  switch (release.status) {
    case 'cancelled':
    case 'rolled back':
      return [{ status: 'authorised', from: release.id }];
    case 'live':
    case 'closed': {
      const { id, liveSince } = release;
      const fates: Fate[] = [
        { status: 'scheduled', release: id, before: liveSince },
        { status: 'live', release: id, since: liveSince },
      ];
      return release.status === 'live'
        ? fates
        : [...fates, { status: 'closed', release: id, since: liveSince }];
    }
    default:
      return [{ status: 'scheduled', release: release.id }];
  }
}

/** How long messages that tell relative times may grow old, in milliseconds. */
const staleAfter = 10 * 60_000;

/** How releases, incidents and lessons are followed: reactions first, then jobs, then messages. */
export function followings(needs: ReactionNeeds): {
  followings: Following[];
  freshen: (release: string) => void;
} {
  const shown = new Map<string, { version: number; at: number }>();
  const release: Following = {
    kind: 'releases',
    waiting: async () => [
      ...new Set([
        ...(await needs.releases.unsettled()),
        ...(await needs.releases.open()).map(({ id }) => id),
      ]),
    ],
    follow: (id) => followRelease(needs, id, shown),
  };
  return {
    followings: [release, incidentFollowing(needs), lessonFollowing(needs), clientFollowing(needs)],
    freshen: (id) => void shown.delete(id),
  };
}

async function followRelease(
  needs: ReactionNeeds,
  id: string,
  shown: Map<string, { version: number; at: number }>,
): Promise<void> {
  const { releases, jobs, slots, people, lessons, runner, clock } = needs;
  const before = await releases.find(id);
  if (before === undefined) return;
  const failures: unknown[] = [];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    await work().catch((error: unknown) => failures.push(error));
  };
  for (const { follow } of reactions) await attempt(() => follow(needs, before.state));

  const stored = (await releases.find(id)) ?? before;
  const client = people.client(stored.state.client);
  const known = shown.get(id);
  if (
    known?.version === stored.version &&
    Date.parse(clock.now()) - known.at < staleAfter &&
    failures.length === 0
  )
    return;
  const appointments = [
    ...negotiationAppointments(stored.state),
    ...deploymentAppointments(stored.state),
    ...verificationAppointments(stored.state, client.bake),
  ];
  await attempt(() => jobs.keep(id, appointments));
  await attempt(async () => {
    const look = await lookAt(needs, stored.state);
    const inside = await needs.incidents.named(stored.state.scope);
    const taught = (await lessons.ofRelease(id)).map(({ state }): Lesson => state);
    const messages = releaseMessages({
      look,
      history: stored.history,
      incidents: inside,
      lessons: taught,
      house: people.house,
      runner,
      archive: needs.archive,
    });
    await slots.showAll(messages.slots);
    for (const file of messages.files) await slots.share(file);
  });
  if (failures.length > 0) throw wait(failures);
  shown.set(id, { version: stored.version, at: Date.parse(clock.now()) });
  await releases.settle(id, stored.version);
}

// The first failure tells how long to wait; the others happened too.
function wait(failures: readonly unknown[]): unknown {
  const [first] = failures;
  return failures.length === 1
    ? first
    : new AggregateError(
        failures,
        `${counted(failures.length, 'reaction')} failed, the first: ${String(first)}`,
      );
}

function incidentFollowing({ incidents, releases, people, slots, refresh }: ReactionNeeds): Following {
  return {
    kind: 'incidents',
    waiting: () => incidents.unsettled(),
    follow: async (id) => {
      const stored = await incidents.find(id);
      if (stored === undefined) return;
      await slots.showAll(incidentSlots(stored, people.client(stored.state.client)));
      await incidents.settle(id, stored.version);
      const release = await releases.claiming(id);
      if (release !== undefined) refresh(release.id);
    },
  };
}

/** Every client has its welcome in the shared channel, from the start. */
function clientFollowing({ people, slots }: ReactionNeeds): Following {
  const welcomed = new Set<string>();
  return {
    kind: 'clients',
    waiting: async () =>
      people
        .clients()
        .map(({ key }) => key)
        .filter((key) => !welcomed.has(key)),
    follow: async (key) => {
      await slots.showAll([welcomeSlot(people.client(key))]);
      welcomed.add(key);
    },
  };
}

function lessonFollowing({ lessons, people, slots, refresh }: ReactionNeeds): Following {
  return {
    kind: 'lessons',
    waiting: () => lessons.unsettled(),
    follow: async (id) => {
      const stored = await lessons.find(id);
      if (stored === undefined) return;
      const place = { channel: people.client(stored.state.client).channels.team };
      await slots.show({
        key: `lesson/${id}`,
        place,
        thread: `release/${stored.state.release}/board`,
        content: lessonMessage(stored.state),
      });
      await lessons.settle(id, stored.version);
      refresh(stored.state.release);
    },
  };
}
