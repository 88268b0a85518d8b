import { describe, expect, test } from '@jest/globals';
import {
  close,
  draftNotes,
  handoverOf,
  sendNotes,
  whatHandoverMisses,
} from '../../../src/process/handover/handover.js';
import { aRelease, bo, incidentsOf, kim, start } from '../given.js';
import { frozen, refused } from '../refused.js';

const live = aRelease('live');
const inside = incidentsOf(live);
const recorded = inside.map((incident) => ({
  ...incident,
  components: [{ name: 'a.js', change: '', by: kim, at: start }],
}));
const notes = { news: 'Totals include discounts', impact: 'New totals', toDo: '', knownIssues: '' };
const noted = frozen(sendNotes(live, notes, bo, start));

describe('release notes', () => {
  test('are drafted from the incidents: what is new, who asked, what users notice', () => {
    const draft = draftNotes(live, inside);
    expect(draft.news.split('\n')).toEqual([
      'The invoice total is wrong (ACME-1, asked for by Ana)',
      'The invoice total is wrong (ACME-2, asked for by Ana)',
    ]);
    expect(draft.impact).toContain('New totals');
  });

  test('tell the notice where no incident says what users notice', () => {
    const silent = inside.map((incident) => ({ ...incident, impact: '' }));
    expect(draftNotes({ ...live, notice: 'Ten minutes read-only' }, silent).impact).toBe(
      'Ten minutes read-only',
    );
  });

  test('are sent once, with who sent them', () => {
    expect(handoverOf(noted).notes).toEqual({ ...notes, by: bo, at: start });
    expect(refused(() => sendNotes(noted, notes, kim, start))).toMatchObject({
      code: 'already-decided',
      message: expect.stringContaining('Bo sent the notes'),
    });
  });

  test.each(['frozen', 'deploying', 'verifying', 'closed'] as const)(
    'are not sent when the release is %s',
    (status) => {
      expect(refused(() => sendNotes(aRelease(status), notes, bo, start)).code).toBe('wrong-state');
    },
  );
});

describe('handing over', () => {
  test('waits for a component of each incident, and for the notes', () => {
    expect(whatHandoverMisses(live, inside).map(({ what, who }) => `${what} (${who})`)).toEqual([
      'ACME-1 has no component recorded (Kim)',
      'ACME-2 has no component recorded (Kim)',
      'the release notes wait to be read and sent (a release manager)',
    ]);
    expect(whatHandoverMisses(noted, recorded)).toEqual([]);
  });

  test('closes the release when nothing is missing, and lets go of incidents and staging', () => {
    const closed = close(noted, recorded, start);
    expect(closed).toMatchObject({ status: 'closed', closedAt: start });
    expect(closed).not.toHaveProperty('frozen');
    expect(closed).not.toHaveProperty('claims');
  });

  test('does not close it while something is missing', () => {
    expect(close(live, recorded, start)).toBeUndefined();
    expect(close(noted, inside, start)).toBeUndefined();
  });

  test.each(['verifying', 'frozen', 'closed'] as const)('never closes a release that is %s', (status) => {
    expect(close(aRelease(status), recorded, start)).toBeUndefined();
  });
});
