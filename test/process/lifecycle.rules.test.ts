import { expect, test } from '@jest/globals';
import {
  attemptMoves,
  beginAttempt,
  deploymentOf,
  lastAttempt,
  loseAttempt,
} from '../../src/process/deployment/deployment.js';
import { negotiationOf, proposalMoves } from '../../src/process/negotiation/negotiation.js';
import {
  agreementContent,
  changeScope,
  isOver,
  type Release,
  type ReleaseStatus,
  releaseMoves,
} from '../../src/process/release/release.js';
import { verificationOf } from '../../src/process/verification/verification.js';
import { aCounteredRelease, agreedInstant, aRelease, aReleaseInTrouble } from './given.js';
import { releaseMovesAtRandom as moves } from './moves.js';
import { frozen } from './refused.js';
import { oneStepFrom, wander } from './wander.js';

/** Walks begin in the middle of things, so that what comes late is reached as often as what comes early. */
const starts: readonly Release[] = [
  ...(
    ['draft', 'negotiating', 'agreed', 'preparing', 'frozen', 'deploying', 'verifying', 'live'] as const
  ).map(aRelease),
  aCounteredRelease(),
  frozen(changeScope(aRelease('agreed'), ['ACME-1'])),
  aReleaseInTrouble('failed'),
  aReleaseInTrouble('unknown'),
  aReleaseInTrouble('going back'),
  frozen(beginAttempt(aRelease('deploying'), 1, agreedInstant)),
  frozen(loseAttempt(aReleaseInTrouble('going back'), 2, 'the machine is silent', agreedInstant)),
];

const table = Object.entries(releaseMoves).flatMap(([from, to]) => to.map((one) => `${from} → ${one}`));

/** Moves of the table that no rule makes yet: kept here so that the day one does, or the table shrinks, this list does too. */
const notMadeYet = ['negotiating → draft', 'verifying → needs a human'];

const always = ['id', 'client', 'createdBy', 'createdAt', 'scope', 'notice', 'parts', 'status'];
const own: Readonly<Record<ReleaseStatus, readonly string[]>> = {
  draft: [],
  negotiating: [],
  agreed: ['date'],
  preparing: ['date'],
  frozen: ['date', 'frozen'],
  deploying: ['date', 'frozen'],
  verifying: ['date', 'frozen', 'liveSince'],
  'needs a human': ['date', 'frozen', 'question'],
  live: ['date', 'frozen', 'liveSince', 'checkedUntil'],
  closed: ['date', 'liveSince', 'checkedUntil', 'closedAt'],
  cancelled: ['reason'],
  'rolled back': ['date', 'reason', 'at'],
};

test('however a release is moved about, it only ever makes moves of the table', () => {
  const made = new Set<string>();
  wander({
    starts,
    moves,
    runs: 600,
    arrived: (before, after) => {
      if (before.status !== after.status) made.add(`${before.status} → ${after.status}`);
    },
  });
  expect([...made].filter((move) => !table.includes(move))).toEqual([]);
  expect(made.size).toBeGreaterThan(15);
});

test('every move of the table is one that somebody makes', () => {
  const made = new Set(
    oneStepFrom(starts, moves).map(({ before, after }) => `${before.status} → ${after.status}`),
  );
  expect(table.filter((move) => !made.has(move))).toEqual(notMadeYet);
});

test('however a release is moved about, it has exactly the fields of its status', () => {
  wander({
    starts,
    moves,
    arrived: (_, after) => {
      const claims = isOver(after) ? [] : ['claims'];
      const isLost = after.status === 'needs a human' && lastAttempt(after)?.status === 'unknown';
      const fields = [...always, ...own[after.status], ...claims, ...(isLost ? ['lost'] : [])];
      expect(Object.keys(after).sort()).toEqual(fields.sort());
      if (!isOver(after)) expect(after.claims).toEqual(after.scope);
    },
  });
});

test('a date always stands for just the scope, the notice and the hour that were agreed to', () => {
  wander({
    starts,
    moves,
    arrived: (_, after) => {
      if (!('date' in after)) return;
      expect(agreementContent(after, after.date.wall)).toBe(after.date.covers);
      const proposal = negotiationOf(after).proposals.find(({ number }) => number === after.date.proposal);
      expect(proposal).toMatchObject({
        status: 'accepted',
        wall: after.date.wall,
        instant: after.date.instant,
      });
    },
  });
});

test('proposals only make moves of their table, none is ever forgotten, and at most one is open', () => {
  wander({
    starts,
    moves,
    arrived: (before, after) => {
      const { proposals } = negotiationOf(after);
      expect(proposals.filter(({ status }) => status === 'open').length).toBeLessThanOrEqual(1);
      for (const [at, was] of negotiationOf(before).proposals.entries()) {
        const is = proposals[at];
        expect(is?.number).toBe(was.number);
        if (is !== undefined && is.status !== was.status)
          expect(proposalMoves[was.status]).toContain(is.status);
      }
    },
  });
});

test('attempts only make moves of their table; none begins while another is under way, and none is ever forgotten', () => {
  wander({
    starts,
    moves,
    arrived: (before, after) => {
      const { attempts } = deploymentOf(after);
      for (const [at, was] of deploymentOf(before).attempts.entries()) {
        const is = attempts[at];
        if (is !== undefined && is.status !== was.status)
          expect(attemptMoves[was.status]).toContain(is.status);
        expect(is).toMatchObject({ number: was.number, kind: was.kind, host: was.host });
      }
      const underWay = attempts.filter(({ status }) => status === 'claimed' || status === 'running');
      expect(underWay.length).toBe(after.status === 'deploying' ? 1 : 0);
      expect(attempts.map(({ number }) => number)).toEqual(attempts.map((_, at) => at + 1));
    },
  });
});

test('at most one alert of a release is open, and alerts are never forgotten', () => {
  wander({
    starts,
    moves,
    arrived: (before, after) => {
      const { alerts } = verificationOf(after);
      expect(alerts.filter(({ status }) => status !== 'resolved').length).toBeLessThanOrEqual(1);
      expect(alerts.length).toBeGreaterThanOrEqual(verificationOf(before).alerts.length);
      for (const [at, was] of verificationOf(before).alerts.entries()) {
        expect(alerts[at]?.number).toBe(was.number);
        if (was.status === 'resolved') expect(alerts[at]).toEqual(was);
        if (was.status === 'acknowledged') expect(alerts[at]?.status).not.toBe('open');
      }
    },
  });
});

test('a release that is over never changes again, but for its alerts, which are closed', () => {
  wander({
    starts: [...starts, aRelease('closed')],
    moves,
    arrived: (before, after, move) => {
      if (!isOver(before)) return;
      expect([move, after.status]).toEqual(['leave alerts', before.status]);
    },
  });
});
