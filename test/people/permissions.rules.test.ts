import { describe, expect, test } from '@jest/globals';
import type { By } from '../../src/kernel/by.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { type Act, grants, permissions } from '../../src/people/permissions.js';
import {
  admin,
  approver,
  by,
  developer,
  knownPeople,
  onCall,
  otherApprover,
  releaseManager,
  stranger,
  withoutRole,
} from './known.js';

const people = knownPeople();
const { may, mayDecideFor, mayOrClient } = permissions(people);
const acme = people.client('acme');

const everybody: Readonly<Record<string, By>> = {
  admin,
  'release manager': releaseManager,
  developer,
  'on-call': onCall,
  approver,
  'approver of another client': otherApprover,
  'one without a role': withoutRole,
  stranger,
};
const team = ['admin', 'release manager', 'developer', 'on-call'];
const leads = ['admin', 'release manager'];

/** Who of everybody is let through. */
async function letThrough(ask: (who: By) => Promise<unknown>): Promise<string[]> {
  const through: string[] = [];
  for (const [name, who] of Object.entries(everybody)) {
    const refusal = await ask(who).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refusal === undefined) through.push(name);
    else expect(refusal).toMatchObject({ name: 'Refusal', code: 'not-permitted' });
  }
  return through;
}

// The table of the design, row by row.
const table: readonly (readonly [row: string, ask: (who: By) => Promise<unknown>, who: readonly string[]])[] =
  [
    [
      'register an incident, comment',
      (who) => mayOrClient(who, 'register an incident', acme),
      [...team, 'approver'],
    ],
    [
      'tasks, resolve, components, test documents',
      (who) => may(who, 'work on an incident'),
      [...leads, 'developer'],
    ],
    [
      'authorise an incident; accept, counter, decline a date; sign off',
      (who) => mayDecideFor(who, acme),
      ['approver'],
    ],
    ['create a release, change scope, propose, cancel', (who) => may(who, 'shape a release'), leads],
    [
      'answer checklist items',
      (who) => mayOrClient(who, 'answer a checklist item', acme),
      [...team, 'approver'],
    ],
    ['freeze, thaw', (who) => may(who, 'freeze'), leads],
    ['override a freeze or a blocked deployment', (who) => may(who, 'override'), leads],
    ['stop a deployment, roll back', (who) => may(who, 'stop a deployment'), [...leads, 'on-call']],
    ['acknowledge an alert', (who) => may(who, 'acknowledge an alert'), team],
    ['settings, roles, clients', (who) => may(who, 'change settings'), ['admin']],
    // What the table implies: the records are read, notes sent and lessons accepted by those whose work it is.
    ['read the register', (who) => may(who, 'read the register'), team],
    ['start a deployment by hand', (who) => may(who, 'start a deployment'), leads],
    ['send release notes', (who) => may(who, 'send release notes'), leads],
    ['accept a lesson', (who) => may(who, 'accept a lesson'), leads],
  ];

test.each(table)('%s: just those whom the table names', async (_, ask, who) => {
  expect(await letThrough(ask)).toEqual(who);
});

test('no act is left out of the table above', () => {
  const asked = table.map(([, ask]) => ask.toString()).join('\n');
  expect((Object.keys(grants) as Act[]).filter((act) => !asked.includes(`'${act}'`))).toEqual([]);
});

describe('a refusal', () => {
  const refusal = async (work: Promise<unknown>): Promise<Refusal> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof Refusal)) throw new Error('it was not refused');
    return error;
  };

  test('says who can, by role and by name', async () => {
    expect((await refusal(may(developer, 'freeze'))).message).toBe(
      'Only admins and release managers can freeze or thaw staging. Please ask Ada or Bo.',
    );
    expect((await refusal(may(developer, 'stop a deployment'))).message).toContain('people on call');
    expect((await refusal(mayDecideFor(admin, acme))).message).toContain('Ana or Raj');
  });

  test('never tells one client who decides for another', async () => {
    const { message } = await refusal(mayDecideFor(otherApprover, acme));
    expect(message).not.toContain('Gil');
    expect((await refusal(may(stranger, 'freeze'))).message).not.toMatch(/Ana|Raj|Gil/);
  });

  test('knows whom to ask when nobody holds the role', async () => {
    const nobody = permissions(knownPeople({ U1: [], U2: [] }));
    expect((await refusal(nobody.may(developer, 'freeze'))).message).toContain('Please ask an admin.');
  });
});

describe('who somebody is', () => {
  test('is told by team and user together: the same user id of another team has no role', async () => {
    expect(await letThrough((who) => may({ ...who, team: 'T9' }, 'read the register'))).toEqual([]);
    await expect(mayDecideFor(by('U8', 'T1'), acme)).rejects.toBeInstanceOf(Refusal);
    await expect(mayDecideFor(by('U8', ''), acme)).rejects.toBeInstanceOf(Refusal);
  });

  test('is never told by name', async () => {
    await expect(may({ team: 'T1', user: 'U99', name: 'Ada' }, 'read the register')).rejects.toBeInstanceOf(
      Refusal,
    );
    expect((await may({ ...admin, name: 'The Boss' }, 'freeze')).by.name).toBe('Ada');
  });

  test('follows the roles that an admin gave or took since', async () => {
    const changed = permissions(knownPeople({ U5: ['release manager'], U2: [] }));
    expect((await changed.may(withoutRole, 'freeze')).roles).toEqual(['release manager']);
    await expect(changed.may(releaseManager, 'freeze')).rejects.toBeInstanceOf(Refusal);
  });
});
