import type { By } from '../../kernel/by.js';
import { fingerprint } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof priorities)[number];

export interface Requirement {
  readonly text: string;
  readonly checked?: { readonly by: By; readonly at: Instant };
}

export interface Task {
  readonly what: string;
  readonly who: string;
  readonly name: string;
  readonly done?: { readonly by: By; readonly at: Instant };
}

export interface TestDocument {
  /** A link, or words that say where it is or what was tested. */
  readonly text: string;
  readonly by: By;
  readonly at: Instant;
}

/** What was changed in production for an incident: a file with its version, a table, a setting. */
export interface Component {
  readonly name: string;
  readonly change: string;
  readonly by: By;
  readonly at: Instant;
  /** The release whose comparison found it; absent where a person wrote it down. */
  readonly foundFor?: string;
}

export interface Comment {
  readonly by: By;
  readonly at: Instant;
  readonly text: string;
}

/** The client's go-ahead, bound to a fingerprint of what was authorised. */
export interface Authorisation {
  readonly by: By;
  readonly at: Instant;
  readonly covers: string;
}

interface Core {
  readonly id: string;
  readonly client: string;
  readonly title: string;
  readonly description: string;
  /** What the client's users will notice, in the client's words. */
  readonly impact: string;
  readonly priority: Priority;
  readonly registeredBy: By;
  /** Whose wish it is, by name: the client's person where a message of theirs was registered by one of ours. */
  readonly askedBy: string;
  readonly registeredAt: Instant;
  readonly requirements: readonly Requirement[];
  readonly tasks: readonly Task[];
  readonly testDocuments: readonly TestDocument[];
  readonly components: readonly Component[];
  readonly comments: readonly Comment[];
  /** Why the client sent it back last, until it is resolved again. */
  readonly sentBack?: string;
}

type Open = 'registered' | 'analysed' | 'in progress' | 'reopened';

export type Incident = Core &
  (
    | { readonly status: Open }
    | { readonly status: 'resolved'; readonly resolvedAt: Instant }
    | { readonly status: 'authorised'; readonly authorisation: Authorisation }
    | { readonly status: 'scheduled'; readonly authorisation: Authorisation; readonly release: string }
    | {
        readonly status: 'live' | 'closed';
        readonly authorisation: Authorisation;
        readonly release: string;
        readonly liveSince: Instant;
      }
    | { readonly status: 'on hold'; readonly before: Open | 'resolved'; readonly reason: string }
    | { readonly status: 'rejected'; readonly reason: string }
  );

export type IncidentStatus = Incident['status'];

/** Every move that an incident can make; nothing else is legal. */
export const incidentMoves: Readonly<Record<IncidentStatus, readonly IncidentStatus[]>> = {
  registered: ['analysed', 'in progress', 'resolved', 'on hold', 'rejected'],
  analysed: ['in progress', 'resolved', 'on hold', 'rejected'],
  'in progress': ['resolved', 'on hold', 'rejected'],
  resolved: ['authorised', 'reopened', 'on hold', 'rejected'],
  authorised: ['scheduled', 'reopened', 'rejected'],
  scheduled: ['authorised', 'live'],
  live: ['closed', 'reopened', 'authorised'],
  closed: ['reopened'],
  'on hold': ['registered', 'analysed', 'in progress', 'resolved', 'reopened', 'rejected'],
  rejected: ['reopened'],
  reopened: ['in progress', 'resolved', 'on hold', 'rejected'],
};

export interface IncidentRequest {
  readonly title: string;
  readonly description: string;
  readonly impact: string;
  readonly priority: Priority;
  readonly requirements: readonly string[];
  readonly askedBy: string;
}

/** A fresh incident. */
export function register(
  id: string,
  client: string,
  request: IncidentRequest,
  by: By,
  now: Instant,
): Incident {
  const { requirements, ...words } = request;
  return {
    ...words,
    id,
    client,
    status: 'registered',
    registeredBy: by,
    registeredAt: now,
    requirements: requirements.map((text) => ({ text })),
    tasks: [],
    testDocuments: [],
    components: [],
    comments: [],
  };
}

/** Refuses unless the table of moves has it. */
export function mayMove(incident: Incident, to: IncidentStatus): void {
  if (incidentMoves[incident.status].includes(to)) return;
  throw new Refusal(
    'wrong-state',
    `${incident.id} is ${incident.status}${whereTo(incident)}, so it cannot become ${to} now.`,
  );
}

function whereTo(incident: Incident): string {
  return incident.status === 'scheduled' ? ` in ${incident.release}` : '';
}

function core(incident: Incident): Core {
  const { id, client, title, description, impact, priority, registeredBy, askedBy, registeredAt } = incident;
  const { requirements, tasks, testDocuments, components, comments, sentBack } = incident;
  const words = { id, client, title, description, impact, priority, registeredBy, askedBy, registeredAt };
  return {
    ...words,
    requirements,
    tasks,
    testDocuments,
    components,
    comments,
    ...(sentBack === undefined ? {} : { sentBack }),
  };
}

const open: readonly IncidentStatus[] = ['registered', 'analysed', 'in progress', 'reopened'];

export function isOpen(incident: Incident): incident is Incident & { status: Open } {
  return open.includes(incident.status);
}

function openOnly(incident: Incident, verb: string): void {
  if (isOpen(incident)) return;
  const hint =
    incident.status === 'on hold'
      ? ` Take it up again first: /incident resume ${incident.id}`
      : ` Reopen it first: /incident reopen ${incident.id} and why`;
  throw new Refusal(
    'wrong-state',
    `${incident.id} is ${incident.status}${whereTo(incident)}, so ${verb} does not fit.${incident.status === 'scheduled' ? '' : hint}`,
  );
}

/** Allots a task. The first one shows that the incident was analysed. */
export function allot(incident: Incident, task: Task): Incident {
  openOnly(incident, 'a new task');
  const status = incident.status === 'registered' ? 'analysed' : incident.status;
  return { ...incident, status, tasks: [...incident.tasks, task] } as Incident;
}

/** Marks the tasks of these positions (from 0) done. Work has begun with the first. */
export function finishTasks(
  incident: Incident,
  positions: readonly number[],
  by: By,
  now: Instant,
): Incident {
  openOnly(incident, 'finishing a task');
  const tasks = incident.tasks.map((task, at) =>
    positions.includes(at) && !task.done ? { ...task, done: { by, at: now } } : task,
  );
  return { ...core(incident), status: 'in progress', tasks };
}

/** Ticks exactly the requirements of these positions; a tick that was there keeps its person and time. */
export function checkRequirements(
  incident: Incident,
  positions: readonly number[],
  by: By,
  now: Instant,
): Incident {
  openOnly(incident, 'checking requirements');
  const requirements = incident.requirements.map(({ text, checked }, at) =>
    positions.includes(at) ? { text, checked: checked ?? { by, at: now } } : { text },
  );
  return { ...incident, requirements };
}

/** Adds requirements that are not there yet. */
export function addRequirements(incident: Incident, texts: readonly string[]): Incident {
  openOnly(incident, 'a new requirement');
  const fresh = texts.filter((text) => !incident.requirements.some((one) => one.text === text));
  return { ...incident, requirements: [...incident.requirements, ...fresh.map((text) => ({ text }))] };
}

export function fileTestDocument(incident: Incident, text: string, by: By, now: Instant): Incident {
  openOnly(incident, 'a test document');
  return { ...incident, testDocuments: [...incident.testDocuments, { text, by, at: now }] };
}

/** What stands between this incident and resolved, a sentence part each; empty when nothing does. */
export function whatResolvingMisses(incident: Incident): readonly string[] {
  const missing = incident.tasks
    .filter(({ done }) => !done)
    .map(({ what, name }) => `the task "${what}" (${name}) is not done`);
  if (incident.requirements.length === 0)
    missing.push('it has no requirement yet: what must be true when it is done?');
  const unchecked = incident.requirements.filter(({ checked }) => !checked);
  missing.push(...unchecked.map(({ text }) => `the requirement "${text}" is not checked`));
  if (incident.testDocuments.length === 0) missing.push('there is no test document');
  return missing;
}

export function resolve(incident: Incident, now: Instant): Incident {
  mayMove(incident, 'resolved');
  const missing = whatResolvingMisses(incident);
  if (missing.length > 0) {
    throw new Refusal('incomplete', `${incident.id} cannot be resolved yet: ${missing.join('; ')}.`, {
      wayOut: { label: 'Open what is missing', action: 'incident.work', value: incident.id },
    });
  }
  const { sentBack: _, ...kept } = core(incident);
  return { ...kept, status: 'resolved', resolvedAt: now };
}

/** What an authorisation is bound to: change any of it, and the client is asked again. */
export function authorisedContent(incident: Incident): string {
  const { title, impact, requirements, testDocuments } = incident;
  return fingerprint([
    title,
    impact,
    requirements.map(({ text }) => text),
    testDocuments.map(({ text }) => text),
  ]);
}

/** The client's go-ahead for what they were shown; refuses when that is no longer what would go live. */
export function authorise(incident: Incident, shown: string, by: By, now: Instant): Incident {
  decidable(incident, shown);
  return { ...core(incident), status: 'authorised', authorisation: { by, at: now, covers: shown } };
}

export function sendBack(incident: Incident, shown: string, reason: string): Incident {
  decidable(incident, shown);
  return { ...afresh(incident), status: 'reopened', sentBack: reason };
}

function decidable(incident: Incident, shown: string): void {
  if ('authorisation' in incident) {
    throw new Refusal(
      'already-decided',
      `${incident.id} was authorised by ${incident.authorisation.by.name} already. Nothing more is needed.`,
    );
  }
  if (incident.status !== 'resolved') {
    throw new Refusal(
      'outdated',
      `${incident.id} is ${incident.status} now, so there is nothing to decide. You will be asked when it is ready.`,
    );
  }
  if (authorisedContent(incident) !== shown) {
    throw new Refusal(
      'outdated',
      `${incident.id} has changed since this was written. Please read the newest message and decide there.`,
    );
  }
}

// Reopened work must prove itself again: ticks and test documents of the earlier round are void.
function afresh(incident: Incident): Core {
  const { sentBack: _, ...kept } = core(incident);
  return { ...kept, requirements: incident.requirements.map(({ text }) => ({ text })), testDocuments: [] };
}

export function reopen(incident: Incident): Incident {
  if (incident.status === 'scheduled') {
    throw new Refusal(
      'in-another-release',
      `${incident.id} is in ${incident.release}. Take it out first: /release remove ${incident.release} ${incident.id}`,
    );
  }
  mayMove(incident, 'reopened');
  return { ...afresh(incident), status: 'reopened' };
}

export function hold(incident: Incident, reason: string): Incident {
  if (incident.status === 'on hold')
    throw new Refusal('wrong-state', `${incident.id} is on hold already: ${incident.reason}`);
  mayMove(incident, 'on hold');
  if (!isOpen(incident) && incident.status !== 'resolved')
    throw new Refusal('wrong-state', `${incident.id} is ${incident.status}.`);
  return { ...core(incident), status: 'on hold', before: incident.status, reason };
}

/** Takes an incident on hold up again where it stood; a resolved one must be resolved anew. */
export function resume(incident: Incident): Incident {
  if (incident.status !== 'on hold')
    throw new Refusal('wrong-state', `${incident.id} is ${incident.status}, not on hold.`);
  return { ...core(incident), status: incident.before === 'resolved' ? 'reopened' : incident.before };
}

export function reject(incident: Incident, reason: string): Incident {
  mayMove(incident, 'rejected');
  return { ...core(incident), status: 'rejected', reason };
}

export function comment(incident: Incident, text: string, by: By, now: Instant): Incident {
  return { ...incident, comments: [...incident.comments, { by, at: now, text }] };
}

export function recordComponent(incident: Incident, component: Component): Incident {
  const others = incident.components.filter(({ name }) => name !== component.name);
  return { ...incident, components: [...others, component] };
}

/**
 * What the comparison for a release gave to the incident, in the place of what it gave before; what a person wrote down
 * under the same name stays. Undefined when all of it stands there already.
 */
export function settleComponents(
  incident: Incident,
  release: string,
  found: readonly Component[],
): Incident | undefined {
  const others = incident.components.filter(({ foundFor }) => foundFor !== release);
  const written = new Set(others.map(({ name }) => name));
  const given = found
    .filter(({ name }) => !written.has(name))
    .map((component) => ({ ...component, foundFor: release }));
  const told = (components: readonly Component[]): string =>
    components.map(({ name, change, by }) => JSON.stringify([name, change, by.user])).join();
  const before = incident.components.filter(({ foundFor }) => foundFor === release);
  return told(before) === told(given) ? undefined : { ...incident, components: [...others, ...given] };
}

/** What a release makes of an incident in its scope. */
export type Fate =
  /** `before`: the release is live already, so only a go-ahead that was given earlier than that went into it. */
  | { readonly status: 'scheduled'; readonly release: string; readonly before?: Instant }
  /** Free again: it came out of that release. */
  | { readonly status: 'authorised'; readonly from: string }
  | { readonly status: 'live' | 'closed'; readonly release: string; readonly since: Instant };

/** Gives the incident the status that its release gives it; undefined when it has it, or has gone its own way. */
export function settle(incident: Incident, fate: Fate): Incident | undefined {
  if (!('authorisation' in incident)) return undefined;
  const { authorisation } = incident;
  const mine = 'release' in incident && incident.release === ('release' in fate ? fate.release : fate.from);
  switch (fate.status) {
    case 'scheduled':
      if (incident.status !== 'authorised' || (fate.before !== undefined && authorisation.at >= fate.before))
        return undefined;
      return { ...core(incident), status: 'scheduled', authorisation, release: fate.release };
    case 'authorised':
      if (!mine || incident.status === 'closed') return undefined;
      return { ...core(incident), status: 'authorised', authorisation };
    case 'live':
    case 'closed': {
      if (!mine || incident.status !== (fate.status === 'live' ? 'scheduled' : 'live')) return undefined;
      const liveSince = 'liveSince' in incident ? incident.liveSince : fate.since;
      return { ...core(incident), status: fate.status, authorisation, release: fate.release, liveSince };
    }
  }
}
