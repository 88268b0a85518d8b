import { parseHouse } from '../../src/config/read-house.js';
import type { By } from '../../src/kernel/by.js';
import { type Instant, later, type WallTime, wallOf } from '../../src/kernel/instants.js';
import type { Client } from '../../src/people/people.js';
import { answer, begin, type ItemTemplate, itemsOf } from '../../src/process/checklist/checklist.js';
import { beginAttempt, claim, endAttempt, loseAttempt } from '../../src/process/deployment/deployment.js';
import { freeze } from '../../src/process/freeze/freeze.js';
import { close, sendNotes } from '../../src/process/handover/handover.js';
import { accept, counter, latest, propose, shownOf } from '../../src/process/negotiation/negotiation.js';
import type { Incident } from '../../src/process/register/incident.js';
import { draft, type Release } from '../../src/process/release/release.js';
import { recordRound } from '../../src/process/verification/verification.js';
import { validHouse } from '../config/valid-house.js';
import { frozen } from './refused.js';
import { anIncident } from './register/given.js';

export const bo: By = { team: 'T1', user: 'U2', name: 'Bo' };
export const kim: By = { team: 'T1', user: 'U3', name: 'Kim' };
export const ana: By = { team: 'T2', user: 'U8', name: 'Ana' };

/** Monday 2 March 2026, noon in Melbourne. */
export const start: Instant = '2026-03-02T01:00:00.000Z';
export const minute = 60_000;
export const hour = 60 * minute;

export const house = frozen(parseHouse(validHouse, '/srv'));

export function theClient(key: 'acme' | 'globex' = 'acme'): Client {
  const settings = house.clients[key];
  if (settings === undefined) throw new Error(`no ${key}`);
  return { key, ...settings };
}

/** So much time after the start, as our wall shows it. */
export function wallIn(milliseconds: number, zone = 'Australia/Melbourne'): WallTime {
  return wallOf(later(start, milliseconds), zone);
}

export const templates: readonly ItemTemplate[] = frozen([
  { ask: 'Is the backup fresh?', why: '', evidence: 'none' },
  { ask: 'Who watches production?', why: '', evidence: 'text', answeredBy: 'on-call' },
]);

export const passing = frozen([
  { probe: 'home', ok: true, came: 'answers 200', expected: 'answers 200', tries: 1 },
]);
export const failing = frozen([
  { probe: 'home', ok: false, came: 'answers 500', expected: 'answers 200', tries: 3 },
]);
export const rota = frozen([
  { user: 'U4', name: 'Ola' },
  { user: 'U3', name: 'Kim' },
]);
export const calling = frozen({ bake: hour, rota, escalateAfter: 10 * minute });

/** The incidents of the releases below, as far as they have come when theirs is that far. */
export function incidentsOf(release: Release): Incident[] {
  const status = release.status === 'live' ? 'live' : release.status === 'closed' ? 'closed' : 'scheduled';
  return release.scope.map((id) => anIncident(status, { id }));
}

/** What every release below has agreed to: tomorrow noon. */
export const agreedFor = wallIn(24 * hour);
export const agreedInstant = later(start, 24 * hour);

type Rules =
  | 'draft'
  | 'negotiating'
  | 'agreed'
  | 'preparing'
  | 'frozen'
  | 'deploying'
  | 'verifying'
  | 'live'
  | 'closed';

const ways: Readonly<Record<Rules, (release: Release) => Release>> = {
  draft: (release) => release,
  negotiating: (release) =>
    propose(
      release,
      { wall: agreedFor, side: 'us', by: bo, words: '', answerBy: later(start, 20 * hour) },
      start,
    ),
  agreed: (release) => {
    const proposal = latest(release);
    if (proposal === undefined) throw new Error('no proposal');
    return accept(release, shownOf(release, proposal), 'client', ana, later(start, minute));
  },
  preparing: (release) => begin(release, templates) ?? release,
  frozen: (release) => {
    const answered = itemsOf(release).reduce(
      (so, { id }) => answer(so, id, { kind: 'yes', reason: '', evidence: 'seen' }, kim, later(start, hour)),
      release,
    );
    return freeze(
      answered,
      incidentsOf(answered),
      { environment: 'acme/staging' },
      bo,
      later(start, 2 * hour),
    );
  },
  deploying: (release) =>
    claim(release, { kind: 'deploy', host: 'one', reason: 'the agreed time' }, bo, agreedInstant),
  verifying: (release) =>
    endAttempt(
      beginAttempt(release, 1, agreedInstant),
      1,
      { succeeded: true, how: 'exit code 0' },
      later(agreedInstant, minute),
    ),
  live: (release) =>
    recordRound(
      release,
      { kind: 'after the bake', results: passing, ...calling },
      later(agreedInstant, 2 * hour),
    ),
  closed: (release) => {
    const noted = sendNotes(
      release,
      { news: 'New', impact: '', toDo: '', knownIssues: '' },
      bo,
      later(agreedInstant, 3 * hour),
    );
    const component = { name: 'app.js', change: '', by: kim, at: start };
    const inside = incidentsOf(release).map((incident) => ({ ...incident, components: [component] }));
    return close(noted, inside, later(agreedInstant, 3 * hour)) ?? noted;
  },
};

/** A release of ACME-1 and ACME-2 that came to this status by the rules. */
export function aRelease(status: Rules): Release & { status: Rules } {
  let release: Release = draft('ACME-R1', 'acme', ['ACME-1', 'ACME-2'], bo, start);
  for (const [reached, way] of Object.entries(ways)) {
    release = frozen(way(release));
    if (release.status !== reached) throw new Error(`wanted ${reached}, came to ${release.status}`);
    if (reached === status) break;
  }
  return release as Release & { status: Rules };
}

/** A release whose first attempt failed, whose end nobody knows, or which is being rolled back after a failure. */
export function aReleaseInTrouble(how: 'failed' | 'unknown' | 'going back'): Release {
  const running = beginAttempt(aRelease('deploying'), 1, agreedInstant);
  const at = later(agreedInstant, minute);
  if (how === 'unknown') return frozen(loseAttempt(running, 1, 'the machine is silent', at));
  const failed = endAttempt(running, 1, { succeeded: false, how: 'exit code 1' }, at);
  if (how === 'failed') return frozen(failed);
  return frozen(
    beginAttempt(claim(failed, { kind: 'roll back', host: 'one', reason: 'It failed' }, bo, at), 2, at),
  );
}

/** A release for which the client has asked for two hours later than we did. */
export function aCounteredRelease(): Release {
  const release = aRelease('negotiating');
  const proposal = latest(release);
  if (proposal === undefined) throw new Error('no proposal');
  const request = {
    wall: wallIn(26 * hour),
    side: 'client',
    by: ana,
    words: 'Rather later',
    answerBy: later(start, 25 * hour),
  } as const;
  return frozen(counter(release, shownOf(release, proposal), request, later(start, minute)));
}
