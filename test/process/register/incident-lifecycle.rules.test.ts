import { expect, test } from '@jest/globals';
import { later } from '../../../src/kernel/instants.js';
import {
  addRequirements,
  allot,
  authorise,
  authorisedContent,
  checkRequirements,
  comment,
  type Fate,
  fileTestDocument,
  finishTasks,
  hold,
  type Incident,
  type IncidentStatus,
  incidentMoves,
  mayMove,
  recordComponent,
  reject,
  reopen,
  resolve,
  resume,
  sendBack,
  settle,
  whatResolvingMisses,
} from '../../../src/process/register/incident.js';
import { ana, kim, minute, start } from '../given.js';
import { frozen, refusalOf, refused } from '../refused.js';
import { type Move, oneStepFrom, wander } from '../wander.js';
import { anIncident } from './given.js';

const starts = (Object.keys(incidentMoves) as IncidentStatus[]).map((status) => anIncident(status));
const now = (at: number): string => later(start, at * minute);
const fates = (at: number): readonly Fate[] => [
  { status: 'scheduled', release: 'ACME-R1' },
  { status: 'scheduled', release: 'ACME-R2', before: now(at - 300) },
  { status: 'authorised', from: 'ACME-R1' },
  { status: 'live', release: 'ACME-R1', since: now(at) },
  { status: 'live', release: 'ACME-R2', since: now(at) },
  { status: 'closed', release: 'ACME-R1', since: now(at) },
];

const moves: Readonly<Record<string, Move<Incident>>> = {
  allot: (incident) => allot(incident, { what: 'Mend', who: 'U3', name: 'Kim' }),
  finish: (incident, _, at) =>
    finishTasks(
      incident,
      incident.tasks.map((__, position) => position),
      kim,
      now(at),
    ),
  check: (incident, { yes }, at) =>
    checkRequirements(
      incident,
      yes ? incident.requirements.map((_, position) => position) : [],
      kim,
      now(at),
    ),
  demand: (incident, { pick }) => addRequirements(incident, [`Requirement ${pick}`]),
  document: (incident, { pick }, at) => fileTestDocument(incident, `Document ${pick}`, kim, now(at)),
  resolve: (incident, _, at) => resolve(incident, now(at)),
  // As the use case does it: everything ticked, finished and filed in one sitting.
  work: (incident, _, at) => {
    const all = (list: readonly unknown[]): number[] => list.map((__, position) => position);
    const ticked = checkRequirements(incident, all(incident.requirements), kim, now(at));
    return resolve(
      fileTestDocument(finishTasks(ticked, all(ticked.tasks), kim, now(at)), 'doc', kim, now(at)),
      now(at),
    );
  },
  authorise: (incident, { yes }, at) =>
    authorise(incident, yes ? authorisedContent(incident) : 'stale', ana, now(at)),
  'send back': (incident) => sendBack(incident, authorisedContent(incident), 'Not yet'),
  reopen,
  hold: (incident) => hold(incident, 'Waiting'),
  resume,
  reject: (incident) => reject(incident, 'No'),
  comment: (incident, _, at) => comment(incident, 'Hm', ana, now(at)),
  component: (incident, { pick }, at) =>
    recordComponent(incident, { name: `file ${pick}`, change: '', by: kim, at: now(at) }),
  settle: (incident, { pick }, at) => {
    const choices = fates(at);
    const fate = choices[pick % choices.length];
    return fate === undefined ? undefined : settle(incident, fate);
  },
};

const always = [
  'id',
  'client',
  'title',
  'description',
  'impact',
  'priority',
  'registeredBy',
  'askedBy',
  'registeredAt',
  'requirements',
  'tasks',
  'testDocuments',
  'components',
  'comments',
  'status',
];
const own: Readonly<Record<IncidentStatus, readonly string[]>> = {
  registered: [],
  analysed: [],
  'in progress': [],
  reopened: [],
  resolved: ['resolvedAt'],
  authorised: ['authorisation'],
  scheduled: ['authorisation', 'release'],
  live: ['authorisation', 'release', 'liveSince'],
  closed: ['authorisation', 'release', 'liveSince'],
  'on hold': ['before', 'reason'],
  rejected: ['reason'],
};

const table = Object.entries(incidentMoves).flatMap(([from, to]) => to.map((one) => `${from} → ${one}`));

test('however an incident is moved about, it only ever makes moves of the table', () => {
  const made = new Set<string>();
  wander({
    starts,
    moves,
    runs: 500,
    arrived: (before, after) => {
      if (before.status !== after.status) made.add(`${before.status} → ${after.status}`);
    },
  });
  expect([...made].filter((move) => !table.includes(move))).toEqual([]);
  expect(made.size).toBeGreaterThan(25);
});

test('every move of the table is one that somebody makes', () => {
  const held = starts.flatMap((incident) =>
    incidentMoves[incident.status].includes('on hold') ? [frozen(hold(incident, 'Waiting'))] : [],
  );
  const made = new Set(
    oneStepFrom([...starts, ...held], moves).map(({ before, after }) => `${before.status} → ${after.status}`),
  );
  expect(table.filter((move) => !made.has(move))).toEqual([]);
});

test('however an incident is moved about, it has exactly the fields of its status, and keeps its id and client', () => {
  wander({
    starts,
    moves,
    arrived: (before, after) => {
      const { sentBack: _, ...rest } = after;
      expect(Object.keys(rest).sort()).toEqual([...always, ...own[after.status]].sort());
      expect([after.id, after.client, after.title]).toEqual([before.id, before.client, before.title]);
      expect(after.comments.length).toBeGreaterThanOrEqual(before.comments.length);
    },
  });
});

test('nothing is authorised, scheduled or live without the go-ahead for just what it is', () => {
  wander({
    starts,
    moves,
    arrived: (_, after) => {
      if ('authorisation' in after) expect(after.authorisation.covers).toBe(authorisedContent(after));
    },
  });
});

test('what resolving is said to miss and what it refuses never disagree', () => {
  let both = 0;
  wander({
    starts,
    moves,
    arrived: () => undefined,
    stands: (incident) => {
      if (!incidentMoves[incident.status].includes('resolved') || incident.status === 'on hold') return;
      const refusal = refusalOf(() => resolve(incident, start));
      expect(refusal === undefined).toBe(whatResolvingMisses(incident).length === 0);
      both |= refusal === undefined ? 1 : 2;
    },
  });
  expect(both).toBe(3);
});

test('a move that the table does not have is refused with where the incident stands', () => {
  const statuses = Object.keys(incidentMoves) as IncidentStatus[];
  for (const from of statuses) {
    for (const to of statuses.filter((one) => !incidentMoves[from].includes(one))) {
      expect(refused(() => mayMove(anIncident(from), to)).message).toContain(`ACME-1 is ${from}`);
    }
  }
});
