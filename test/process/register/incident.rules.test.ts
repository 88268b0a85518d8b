import { describe, expect, test } from '@jest/globals';
import {
  addRequirements,
  allot,
  authorise,
  authorisedContent,
  checkRequirements,
  comment,
  fileTestDocument,
  finishTasks,
  hold,
  type Incident,
  type IncidentStatus,
  incidentMoves,
  isOpen,
  recordComponent,
  reject,
  reopen,
  resolve,
  resume,
  sendBack,
  settle,
  settleComponents,
  whatResolvingMisses,
} from '../../../src/process/register/incident.js';
import { ana, bo, kim, start } from '../given.js';
import { refused } from '../refused.js';
import { anIncident } from './given.js';

const statuses = Object.keys(incidentMoves) as IncidentStatus[];
const task = { what: 'Mend the sum', who: 'U3', name: 'Kim' };

describe('work on an incident', () => {
  test('the first task shows that it was analysed, the first finished one that it is in progress', () => {
    const analysed = allot(anIncident('registered'), task);
    expect(analysed.status).toBe('analysed');
    expect(finishTasks(analysed, [0], kim, start).status).toBe('in progress');
  });

  test('a finished task keeps who finished it first', () => {
    const once = finishTasks(anIncident('analysed'), [0], kim, start);
    expect(finishTasks(once, [0], bo, start).tasks[0]?.done?.by).toEqual(kim);
  });

  test('exactly the ticked requirements are checked, and a tick that was there keeps its person', () => {
    const one = checkRequirements(anIncident('registered'), [0], kim, start);
    const both = checkRequirements(one, [0, 1], bo, start);
    expect(both.requirements.map(({ checked }) => checked?.by.name)).toEqual(['Kim', 'Bo']);
    expect(
      checkRequirements(both, [], bo, start).requirements.every(({ checked }) => checked === undefined),
    ).toBe(true);
  });

  test('a requirement that is there already is not added twice', () => {
    const more = addRequirements(anIncident('registered'), ['Totals add up', 'VAT is shown']);
    expect(more.requirements.map(({ text }) => text)).toEqual([
      'Totals add up',
      'Old invoices stay',
      'VAT is shown',
    ]);
  });

  test('a component recorded again replaces the earlier record of it', () => {
    const once = recordComponent(anIncident('live'), { name: 'a.js', change: '1', by: kim, at: start });
    expect(
      recordComponent(once, { name: 'a.js', change: '2', by: bo, at: start }).components.map(
        ({ change }) => change,
      ),
    ).toEqual(['2']);
  });

  test.each(statuses)('an incident that is %s takes work only while it is open', (status) => {
    const incident = anIncident(status);
    const acts = [
      () => allot(incident, task),
      () => finishTasks(incident, [0], kim, start),
      () => checkRequirements(incident, [0], kim, start),
      () => addRequirements(incident, ['Another']),
      () => fileTestDocument(incident, 'link', kim, start),
    ];
    for (const act of acts) {
      if (isOpen(incident)) act();
      else
        expect(refused(act)).toMatchObject({
          code: 'wrong-state',
          message: expect.stringContaining(`ACME-1 is ${status}`),
        });
    }
  });

  test.each(statuses)('an incident that is %s can be commented on', (status) => {
    expect(comment(anIncident(status), 'Any news?', ana, start).comments.at(-1)?.text).toBe('Any news?');
  });
});

describe('resolving', () => {
  test('names everything that is missing, and leads there', () => {
    const refusal = refused(() => resolve(anIncident('analysed'), start));
    expect(refusal.code).toBe('incomplete');
    expect(refusal.message).toContain('the task "Mend the sum" (Kim) is not done');
    expect(refusal.message).toContain('the requirement "Old invoices stay" is not checked');
    expect(refusal.message).toContain('there is no test document');
    expect(refusal.wayOut).toMatchObject({ action: 'incident.work', value: 'ACME-1' });
  });

  test('an incident without requirements cannot be resolved', () => {
    const bare = { ...anIncident('in progress'), requirements: [] };
    expect(whatResolvingMisses(bare).join()).toContain('no requirement yet');
  });

  test('forgets why it was sent back', () => {
    const back = sendBack(anIncident('resolved'), authorisedContent(anIncident('resolved')), 'Wrong colour');
    expect(back).toMatchObject({ status: 'reopened', sentBack: 'Wrong colour' });
    const again = resolve(
      fileTestDocument(checkRequirements(back, [0, 1], kim, start), 'doc', kim, start),
      start,
    );
    expect(again).not.toHaveProperty('sentBack');
  });
});

describe("the client's go-ahead", () => {
  const resolved = anIncident('resolved');
  const shown = authorisedContent(resolved);

  test('is bound to title, impact, requirements and test documents: a change of any makes it refused', () => {
    const changed = [
      { ...resolved, title: 'Another title' },
      { ...resolved, impact: '' },
      { ...resolved, requirements: [...resolved.requirements, { text: 'More' }] },
      { ...resolved, requirements: resolved.requirements.slice(1) },
      { ...resolved, testDocuments: [] },
    ];
    for (const incident of changed)
      expect(refused(() => authorise(incident, shown, ana, start)).code).toBe('outdated');
    expect(authorise(resolved, shown, ana, start).status).toBe('authorised');
  });

  test('is given once: the second person hears who was first', () => {
    const refusal = refused(() => sendBack(anIncident('authorised'), shown, 'No'));
    expect(refusal).toMatchObject({
      code: 'already-decided',
      message: expect.stringContaining('by Ana already'),
    });
  });

  test('is not asked for before it is resolved', () => {
    expect(refused(() => authorise(anIncident('in progress'), shown, ana, start)).code).toBe('outdated');
  });

  test.each(['resolved', 'authorised', 'live', 'closed'] as const)(
    'is void with its ticks and test documents when one that is %s is reopened',
    (status) => {
      const again = reopen(anIncident(status));
      expect(again).not.toHaveProperty('authorisation');
      expect(again.testDocuments).toEqual([]);
      expect(again.requirements.some(({ checked }) => checked)).toBe(false);
    },
  );
});

describe('setting aside', () => {
  test('taken up again it stands where it stood, but a resolved one must prove itself again', () => {
    expect(resume(hold(anIncident('in progress'), 'why')).status).toBe('in progress');
    expect(resume(hold(anIncident('resolved'), 'why')).status).toBe('reopened');
  });

  test('what is on hold cannot be put on hold again', () => {
    expect(refused(() => hold(anIncident('on hold'), 'again')).message).toContain('Waiting for the vendor');
  });

  test('only what is on hold is taken up again', () => {
    expect(refused(() => resume(anIncident('analysed'))).message).toBe('ACME-1 is analysed, not on hold.');
  });

  test('what a release holds is taken out first, before it is reopened or rejected', () => {
    const refusal = refused(() => reopen(anIncident('scheduled')));
    expect(refusal).toMatchObject({
      code: 'in-another-release',
      message: expect.stringContaining('/release remove ACME-R1 ACME-1'),
    });
    expect(refused(() => reject(anIncident('scheduled'), 'no')).message).toContain('in ACME-R1');
  });
});

describe('what a release makes of its incidents', () => {
  const since = '2026-03-03T01:01:00.000Z';

  test('nothing happens twice', () => {
    expect(settle(anIncident('scheduled'), { status: 'scheduled', release: 'ACME-R1' })).toBeUndefined();
    expect(settle(anIncident('live'), { status: 'live', release: 'ACME-R1', since })).toBeUndefined();
    expect(settle(anIncident('closed'), { status: 'closed', release: 'ACME-R1', since })).toBeUndefined();
  });

  test('one release never moves an incident of another', () => {
    for (const status of ['scheduled', 'live', 'closed'] as const) {
      const incident = anIncident(status);
      expect(settle(incident, { status: 'live', release: 'ACME-R2', since })).toBeUndefined();
      expect(settle(incident, { status: 'closed', release: 'ACME-R2', since })).toBeUndefined();
      expect(settle(incident, { status: 'authorised', from: 'ACME-R2' })).toBeUndefined();
    }
  });

  test('a release that is live does not take in what was authorised after it went live', () => {
    const anew = anIncident('authorised'); // on 1 March
    const fate = { status: 'scheduled', release: 'ACME-R1' } as const;
    expect(settle(anew, { ...fate, before: '2026-02-20T00:00:00.000Z' })).toBeUndefined();
    expect(settle(anew, { ...fate, before: since })?.status).toBe('scheduled');
  });

  test('what was reopened or rejected goes its own way', () => {
    for (const status of ['reopened', 'rejected', 'on hold', 'resolved'] as const) {
      expect(settle(anIncident(status), { status: 'scheduled', release: 'ACME-R1' })).toBeUndefined();
    }
  });

  test('a release that is rolled back frees its incidents, authorised as they were', () => {
    const free = settle(anIncident('live'), { status: 'authorised', from: 'ACME-R1' });
    expect(free).toMatchObject({ status: 'authorised', authorisation: { by: ana } });
    expect(free).not.toHaveProperty('release');
    expect(free).not.toHaveProperty('liveSince');
  });
});

describe('components that a comparison found', () => {
  const component = (name: string, change = 'file changed') => ({ name, change, by: kim, at: start });
  const names = (incident: Incident) => incident.components.map(({ name }) => name);
  const written = recordComponent(
    anIncident('in progress'),
    component('site › bin/billing.dll', '4.1 to 4.2'),
  );

  test('stand beside those that people wrote, which keep their words', () => {
    const given = settleComponents(written, 'ACME-R1', [
      component('site › bin/billing.dll'),
      component('site › a'),
    ]);
    expect(given?.components).toMatchObject([
      { name: 'site › bin/billing.dll', change: '4.1 to 4.2' },
      { name: 'site › a', foundFor: 'ACME-R1' },
    ]);
  });

  test('take the place of what the same release had found before, and are written once', () => {
    const first = settleComponents(written, 'ACME-R1', [component('site › a')]) ?? written;
    const other = settleComponents(first, 'ACME-R2', [component('site › c')]) ?? first;
    expect(settleComponents(other, 'ACME-R1', [component('site › a')])).toBeUndefined();
    const second = settleComponents(other, 'ACME-R1', [component('site › b')]) ?? other;
    expect(names(second)).toEqual(['site › bin/billing.dll', 'site › c', 'site › b']);
    expect(names(settleComponents(second, 'ACME-R1', []) ?? second)).toEqual([
      'site › bin/billing.dll',
      'site › c',
    ]);
  });
});
