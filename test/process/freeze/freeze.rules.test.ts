import { describe, expect, test } from '@jest/globals';
import { answer, itemsOf } from '../../../src/process/checklist/checklist.js';
import { freeze, thaw, whatFreezeMisses } from '../../../src/process/freeze/freeze.js';
import type { Release } from '../../../src/process/release/release.js';
import { aRelease, bo, incidentsOf, kim, start } from '../given.js';
import { frozen, refused } from '../refused.js';
import { anIncident } from '../register/given.js';

const staging = { environment: 'acme/staging' };
const preparing = aRelease('preparing');
const inside = incidentsOf(preparing);
const ready: Release = frozen(
  itemsOf(preparing).reduce<Release>(
    (so, { id }) => answer(so, id, { kind: 'yes', reason: '', evidence: 'seen' }, kim, start),
    preparing,
  ),
);

describe('freezing', () => {
  test('holds staging for the release, with who and since when', () => {
    expect(freeze(ready, inside, staging, bo, start)).toMatchObject({
      status: 'frozen',
      frozen: { environment: 'acme/staging', by: bo, since: start },
    });
  });

  test('is refused while something is missing, says whom it waits for, and leads there', () => {
    const refusal = refused(() => freeze(preparing, inside, staging, bo, start));
    expect(refusal.code).toBe('incomplete');
    expect(refusal.message).toContain('checklist: Who watches production? (whoever is on call)');
    expect(refusal.message).toContain('/freeze ACME-R1 because');
    expect(refusal.wayOut).toMatchObject({ action: 'checklist.begin', value: 'ACME-R1' });
  });

  test('is refused while an incident of it is not authorised', () => {
    const reopened = [anIncident('reopened'), ...inside.slice(1)];
    const refusal = refused(() => freeze(ready, reopened, staging, bo, start));
    expect(refusal.message).toContain('ACME-1 is reopened, not authorised (the team)');
    expect(refusal.wayOut).toMatchObject({ action: 'incident.show', value: 'ACME-1' });
  });

  test('with a reason goes ahead although something is missing, and the reason stays', () => {
    expect(freeze(preparing, inside, { ...staging, override: 'The client waits' }, bo, start)).toMatchObject({
      frozen: { override: 'The client waits' },
    });
  });

  test('with a reason that was not needed is an ordinary freeze', () => {
    const calm = freeze(ready, inside, { ...staging, override: 'To be sure' }, bo, start);
    expect('frozen' in calm && calm.frozen).not.toHaveProperty('override');
  });

  test('more than a handful of missing things are counted, not listed', () => {
    const many = Array.from({ length: 9 }, (_, at) => anIncident('reopened', { id: `ACME-${at}` }));
    expect(refused(() => freeze(ready, many, staging, bo, start)).message).toContain('; and 4 more');
  });

  test('again is refused with who did it', () => {
    expect(refused(() => freeze(aRelease('frozen'), inside, staging, kim, start))).toMatchObject({
      code: 'already-decided',
      message: expect.stringContaining('Bo froze it'),
    });
  });

  test.each(['draft', 'negotiating', 'agreed', 'deploying', 'verifying', 'live', 'closed'] as const)(
    'is refused when the release is %s, also with a reason',
    (status) => {
      expect(
        refused(() => freeze(aRelease(status), inside, { ...staging, override: 'Must be' }, bo, start)).code,
      ).toBe('wrong-state');
    },
  );
});

describe('thawing', () => {
  test('lets staging go, and the release is prepared again with its date', () => {
    const thawed = thaw(aRelease('frozen'));
    expect(thawed).toMatchObject({ status: 'preparing', date: { proposal: 1 } });
    expect(thawed).not.toHaveProperty('frozen');
    expect(whatFreezeMisses(thawed, inside)).toEqual([]);
  });

  test.each(['draft', 'preparing', 'deploying', 'verifying', 'live', 'closed'] as const)(
    'is refused when the release is %s',
    (status) => {
      expect(refused(() => thaw(aRelease(status))).code).toBe('wrong-state');
    },
  );
});
