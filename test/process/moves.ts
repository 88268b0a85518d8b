import { type Instant, later } from '../../src/kernel/instants.js';
import { answer, begin, itemsOf } from '../../src/process/checklist/checklist.js';
import {
  beginAttempt,
  callGoOrNoGo,
  callMissed,
  claim,
  endAttempt,
  isTimeToDeploy,
  lastAttempt,
  loseAttempt,
  requestStop,
} from '../../src/process/deployment/deployment.js';
import { freeze, thaw } from '../../src/process/freeze/freeze.js';
import { close, sendNotes } from '../../src/process/handover/handover.js';
import {
  accept,
  counter,
  decline,
  expire,
  latest,
  propose,
  proposeAgain,
  shownOf,
} from '../../src/process/negotiation/negotiation.js';
import { cancel, changeScope, type Release } from '../../src/process/release/release.js';
import {
  acknowledge,
  alertOfAttempt,
  dueRound,
  escalate,
  leaveAlerts,
  recordRound,
  verificationOf,
  wantRound,
} from '../../src/process/verification/verification.js';
import {
  ana,
  bo,
  calling,
  failing,
  hour,
  incidentsOf,
  kim,
  minute,
  passing,
  rota,
  start,
  templates,
  wallIn,
} from './given.js';
import type { Move, Turn } from './wander.js';

/** The moment so many minutes into a walk; walks begin two hours before the agreed moment. */
export const nowAt = (at: number): Instant => later(start, 22 * hour + at * minute);

const scopes = [['ACME-1'], ['ACME-1', 'ACME-2'], ['ACME-2', 'ACME-3'], []];
const attemptOf = (release: Release): number => lastAttempt(release)?.number ?? 1;
const shown = (release: Release, { yes, pick }: Turn): string => {
  const proposal = latest(release);
  return proposal === undefined || pick === 0
    ? '7|stale'
    : yes
      ? shownOf(release, proposal)
      : `${proposal.number}|stale`;
};
const request = (at: number, { pick }: Turn, side: 'us' | 'client') => ({
  wall: wallIn(22 * hour + at * minute + pick * hour),
  side,
  by: side === 'us' ? bo : ana,
  words: '',
  answerBy: later(nowAt(at), pick * hour),
});
const withComponents = (release: Release) =>
  incidentsOf(release).map((one) => ({
    ...one,
    components: [{ name: 'a.js', change: '', by: kim, at: start }],
  }));

/** Everything that people, time and processes do to a release, as the use cases do it. */
export const releaseMovesAtRandom: Readonly<Record<string, Move<Release>>> = {
  rescope: (release, { pick }) => changeScope(release, scopes[pick % scopes.length] ?? []),
  cancel: (release, { pick }) => (pick < 3 ? cancel(release, 'No') : undefined),
  propose: (release, turn, at) => propose(release, request(at, turn, 'us'), nowAt(at)),
  'propose with a notice': (release, turn, at) =>
    propose({ ...release, notice: `${turn.pick} minutes read-only` }, request(at, turn, 'us'), nowAt(at)),
  accept: (release, turn, at) => accept(release, shown(release, turn), 'client', ana, nowAt(at)),
  'accept the counter': (release, turn, at) => accept(release, shown(release, turn), 'us', bo, nowAt(at)),
  counter: (release, turn, at) =>
    counter(release, shown(release, turn), request(at, turn, 'client'), nowAt(at)),
  decline: (release, turn, at) =>
    decline(release, shown(release, turn), 'client', 'Too soon', ana, nowAt(at)),
  expire: (release, _, at) => expire(release, nowAt(at)),
  'propose again': (release, _, at) => proposeAgain(release, bo, later(nowAt(at), hour), nowAt(at)),
  begin: (release) => begin(release, templates),
  answer: (release, { pick, yes }, at) =>
    answer(
      release,
      String((pick % 2) + 1),
      { kind: yes ? 'yes' : 'no', reason: 'Because', evidence: 'seen' },
      kim,
      nowAt(at),
    ),
  'answer all': (release, _, at) => {
    const all = { kind: 'yes', reason: '', evidence: 'seen' } as const;
    const items = itemsOf(release);
    if (items.length === 0) return undefined;
    return items.reduce((so, { id }) => answer(so, id, all, kim, nowAt(at)), release);
  },
  freeze: (release, { pick }, at) =>
    freeze(
      release,
      incidentsOf(release),
      { environment: 'acme/staging', ...(pick < 2 ? { override: 'Must be' } : {}) },
      bo,
      nowAt(at),
    ),
  thaw: (release, { pick }) => (pick < 3 ? thaw(release) : undefined),
  'go or no-go': (release, _, at) => callGoOrNoGo(release, [], nowAt(at)),
  'say that it was missed': (release, _, at) => callMissed(release, [], hour, nowAt(at)),
  'deploy on time': (release, _, at) =>
    isTimeToDeploy(release, hour, nowAt(at))
      ? claim(release, { kind: 'deploy', host: 'one', reason: 'time' }, bo, nowAt(at))
      : undefined,
  deploy: (release, _, at) =>
    claim(release, { kind: 'deploy', host: 'one', reason: 'by hand' }, bo, nowAt(at)),
  'roll back': (release, _, at) =>
    claim(release, { kind: 'roll back', host: 'one', reason: 'broken' }, bo, nowAt(at)),
  'begin the attempt': (release, _, at) => beginAttempt(release, attemptOf(release), nowAt(at)),
  'end the attempt': (release, { yes }, at) =>
    endAttempt(release, attemptOf(release), { succeeded: yes, how: 'exit code' }, nowAt(at)),
  'end an older attempt': (release, { yes }, at) =>
    endAttempt(release, attemptOf(release) - 1, { succeeded: yes, how: 'late' }, nowAt(at)),
  'lose the attempt': (release, _, at) => loseAttempt(release, attemptOf(release), 'silent', nowAt(at)),
  stop: (release, _, at) => requestStop(release, kim, nowAt(at)),
  probe: (release, { yes }, at) => {
    const kind = dueRound(release, hour, nowAt(at));
    return kind === undefined
      ? undefined
      : recordRound(release, { kind, results: yes ? passing : failing, ...calling }, nowAt(at));
  },
  'look again': (release, _, at) => wantRound(release, kim, nowAt(at)),
  alert: (release, _, at) => alertOfAttempt(release, rota, 10 * minute, nowAt(at)),
  escalate: (release, _, at) => escalate(release, rota, 10 * minute, nowAt(at)),
  acknowledge: (release, _, at) =>
    acknowledge(release, verificationOf(release).alerts.length, kim, nowAt(at)),
  'leave alerts': (release, _, at) => leaveAlerts(release, nowAt(at)),
  'send notes': (release, _, at) =>
    sendNotes(release, { news: 'New', impact: '', toDo: '', knownIssues: '' }, bo, nowAt(at)),
  close: (release, { yes }, at) =>
    close(release, yes ? withComponents(release) : incidentsOf(release), nowAt(at)),
  // Both at once, so that walks reach what lies behind them.
  'hand over': (release, _, at) => {
    const sent = sendNotes(release, { news: 'New', impact: '', toDo: '', knownIssues: '' }, bo, nowAt(at));
    return close(sent, withComponents(release), nowAt(at));
  },
};
