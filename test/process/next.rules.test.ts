import { describe, expect, test } from '@jest/globals';
import { later } from '../../src/kernel/instants.js';
import { begin } from '../../src/process/checklist/checklist.js';
import { claim } from '../../src/process/deployment/deployment.js';
import { freeze, whatFreezeMisses } from '../../src/process/freeze/freeze.js';
import { sendNotes } from '../../src/process/handover/handover.js';
import { accept, latest, propose, shownOf } from '../../src/process/negotiation/negotiation.js';
import { type Look, stepsLine, whatIsNext } from '../../src/process/next.js';
import { isOver, type Release } from '../../src/process/release/release.js';
import {
  aCounteredRelease,
  agreedInstant,
  ana,
  aRelease,
  aReleaseInTrouble,
  bo,
  hour,
  incidentsOf,
  start,
  templates,
  theClient,
  wallIn,
} from './given.js';
import { releaseMovesAtRandom as moves, nowAt } from './moves.js';
import { refusalOf, refused } from './refused.js';
import { wander } from './wander.js';

const look = (release: Release, now = start): Look => ({
  release,
  incidents: incidentsOf(release),
  client: theClient(),
  ourZone: 'Australia/Melbourne',
  now,
});
const starts: readonly Release[] = [
  ...(['draft', 'negotiating', 'agreed', 'preparing', 'frozen', 'verifying', 'live'] as const).map(aRelease),
  aCounteredRelease(),
  aReleaseInTrouble('failed'),
  aReleaseInTrouble('unknown'),
];

/** What a button of the board does when it is pressed. */
const pressed: Readonly<Record<string, (release: Release, now: string) => unknown>> = {
  'negotiation.propose': (release, now) =>
    propose(
      release,
      { wall: wallIn(99 * hour), side: 'us', by: bo, words: '', answerBy: later(now, hour) },
      now,
    ),
  'checklist.begin': (release) => begin(release, templates),
  'freeze.freeze': (release, now) =>
    freeze(release, incidentsOf(release), { environment: 'acme/staging' }, bo, now),
  'deployment.again': (release, now) =>
    claim(release, { kind: 'deploy', host: 'one', reason: 'by hand' }, bo, now),
  'deployment.roll-back': (release, now) =>
    claim(release, { kind: 'roll back', host: 'one', reason: 'broken' }, bo, now),
  'handover.notes': (release, now) =>
    sendNotes(release, { news: 'New', impact: '', toDo: '', knownIssues: '' }, bo, now),
  // Opens a form about an incident, whatever the release is.
  'incident.add-component': () => undefined,
  'incident.show': () => undefined,
};

describe('the board and the rules', () => {
  const offeredBy = (release: Release, now: string): string[] =>
    whatIsNext(look(release, now)).flatMap(({ press }) => (press === undefined ? [] : [press.action]));

  test('a button that the board offers is never refused', () => {
    wander({
      starts,
      moves,
      runs: 80,
      arrived: () => undefined,
      stands: (release, at) => {
        for (const action of offeredBy(release, nowAt(at))) {
          expect(pressed[action]).toBeDefined();
          expect(refusalOf(() => pressed[action]?.(release, nowAt(at)))?.message).toBeUndefined();
        }
      },
    });
    const offered = new Set(
      starts.flatMap((release) =>
        [start, later(agreedInstant, 2 * hour)].flatMap((now) => offeredBy(release, now)),
      ),
    );
    expect(Object.keys(pressed).filter((action) => !offered.has(action))).toEqual([
      'freeze.freeze',
      'incident.show',
    ]);
  });

  test('freezing is refused just when the board names something else to be done before it', () => {
    const seen = new Set<boolean>();
    wander({
      starts,
      moves,
      runs: 80,
      arrived: () => undefined,
      stands: (release, at) => {
        if (isOver(release) || release.status === 'frozen') return;
        const refusal = refusalOf(() =>
          freeze(release, incidentsOf(release), { environment: 'acme/staging' }, bo, nowAt(at)),
        );
        const offers = whatIsNext(look(release, nowAt(at))).some(
          ({ press }) => press?.action === 'freeze.freeze',
        );
        expect(offers).toBe(refusal === undefined);
        seen.add(offers);
      },
    });
    expect(seen.size).toBe(2);
  });

  test('a refused freeze says first what the board says first', () => {
    const preparing = aRelease('preparing');
    const [first] = whatIsNext(look(preparing));
    expect(
      refused(() => freeze(preparing, incidentsOf(preparing), { environment: 'acme/staging' }, bo, start))
        .message,
    ).toContain(first?.what);
    expect(whatIsNext(look(preparing))).toEqual(whatFreezeMisses(preparing, incidentsOf(preparing)));
  });

  test('a release that is not over always waits for something that is named', () => {
    wander({
      starts,
      moves,
      runs: 80,
      arrived: (_, release, __, at) => {
        const next = whatIsNext(look(release, nowAt(at)));
        if (isOver(release)) expect(next).toEqual([]);
        else expect(next.length).toBeGreaterThan(0);
        for (const { what, who } of next) expect(`${what} ${who}`).not.toMatch(/undefined|null|NaN/);
      },
    });
  });

  test('a release that was agreed anew is not told that nothing is left, but to take up its checklist again', () => {
    const moved = propose(
      aReleaseReady(),
      { wall: wallIn(30 * hour), side: 'us', by: bo, words: '', answerBy: later(start, hour) },
      start,
    );
    const proposal = latest(moved);
    const again = accept(moved, proposal ? shownOf(moved, proposal) : '', 'client', ana, start);
    expect(again.status).toBe('agreed');
    expect(whatIsNext(look(again)).map(({ what }) => what)).toEqual(['the checklist to be taken up again']);
  });
});

describe('the next line', () => {
  test.each([
    [aRelease('draft'), 'a date to be proposed'],
    [aRelease('negotiating'), 'Acme to answer about the date, asked now'],
    [aCounteredRelease(), 'an answer to the date that Acme asked for now'],
    [aRelease('agreed'), 'the checklist has not been started'],
    [aRelease('frozen'), 'the agreed time; it starts by itself'],
    [aRelease('deploying'), 'the deployment to end'],
    [aRelease('verifying'), 'production to be checked until Tue 3 Mar, 13:01 Melbourne'],
    [aRelease('live'), 'ACME-1 has no component recorded'],
    [aReleaseInTrouble('failed'), 'Attempt 1 (deploy) failed: exit code 1.'],
  ])('names what is waited for', (release, what) => {
    const last = latest(release);
    expect(whatIsNext(look(release, release.status === 'negotiating' ? last?.at : start))[0]?.what).toBe(
      what,
    );
  });

  test('offers to start by hand when the time to start by itself is over', () => {
    const ready = aRelease('frozen');
    const at = (milliseconds: number) =>
      whatIsNext(look(ready, later(agreedInstant, milliseconds)))[0]?.press?.action;
    expect([at(0), at(hour - 1), at(hour)]).toEqual([undefined, undefined, 'deployment.again']);
  });
});

describe('the steps line', () => {
  test('shows every step in the order of the process, whatever happens', () => {
    wander({
      starts,
      moves,
      runs: 80,
      arrived: (_, release, __, at) => {
        const line = stepsLine(look(release, nowAt(at)));
        if (release.status === 'cancelled' || release.status === 'rolled back')
          expect(line).toContain(release.status);
        else
          expect(
            line
              .replace(/[✓◐○]|[\d/×]+/gu, '')
              .split(/\s+/u)
              .filter(Boolean)
              .join(' '),
          ).toBe('Scope Date Checklist Freeze Deploy Verify Hand over');
      },
    });
  });

  test('ticks what is done and marks what is under way', () => {
    expect(stepsLine(look(aRelease('preparing')))).toBe(
      '✓ Scope   ✓ Date   ◐ Checklist 0/2   ◐ Freeze   ○ Deploy   ○ Verify   ○ Hand over',
    );
    expect(stepsLine(look(aRelease('live')))).toBe(
      '✓ Scope   ✓ Date   ✓ Checklist 2/2   ✓ Freeze   ✓ Deploy   ✓ Verify   ◐ Hand over 0/3',
    );
  });
});

/** A release that is being prepared, with its checklist answered. */
function aReleaseReady(): Release {
  const { frozen: _, ...rest } = aRelease('frozen') as Release & { status: 'frozen' };
  return { ...rest, status: 'preparing' };
}
