import { describe, expect, test } from '@jest/globals';
import { refused } from '../process/refused.js';
import { approver, developer, knownPeople, releaseManager, stranger } from './known.js';

const people = knownPeople();

test("words about time are read in the person's zone, else their client's, else the house's", async () => {
  const zones = await Promise.all(
    [developer, releaseManager, approver, stranger].map((who) => people.actor(who)),
  );
  expect(zones.map(({ zone }) => zone)).toEqual([
    'Asia/Tokyo',
    'Australia/Melbourne',
    'Europe/London',
    'Australia/Melbourne',
  ]);
});

test('people are called by the name that the house knows', async () => {
  expect((await people.actor(approver)).by.name).toBe('Ana');
  expect((await people.actor(stranger)).by.name).toBe('whoever');
  expect([people.nameOf('U3'), people.nameOf('U9'), people.nameOf('U404')]).toEqual(['Kim', 'Raj', 'U404']);
});

test('a client is found by key in any case, or by its channels; an unknown one is refused with the known ones', () => {
  expect(people.client('ACME').name).toBe('Acme');
  expect([people.clientIn('C1')?.key, people.clientIn('C4')?.key, people.clientIn('C9')]).toEqual([
    'acme',
    'globex',
    undefined,
  ]);
  expect(refused(() => people.client('initech')).message).toBe(
    'There is no client "initech". Known are: acme, globex.',
  );
});

test('who holds a role follows the configuration and what was changed since', async () => {
  const changed = knownPeople({ U5: ['admin'], U1: ['developer'] });
  expect((await changed.holders('admin')).map(({ name }) => name)).toEqual(['Zoe']);
  expect((await changed.holders('developer')).map(({ name }) => name)).toEqual(['Ada', 'Kim']);
});

describe('the on-call rota', () => {
  // Ola from Monday 2 March in Melbourne, Kim from Monday 9 March, and so on.
  const names = (now: string): string[] => people.onCall(now).map(({ name }) => name);

  test('turns at midnight of the house, and names who comes next', () => {
    expect(names('2026-03-02T01:00:00.000Z')).toEqual(['Ola', 'Kim']);
    expect(names('2026-03-08T12:59:59.000Z')).toEqual(['Ola', 'Kim']);
    expect(names('2026-03-08T13:00:00.000Z')).toEqual(['Kim', 'Ola']);
    expect(names('2026-03-15T13:00:00.000Z')).toEqual(['Ola', 'Kim']);
  });

  test('turns at the same hour of the wall after the clocks have changed', () => {
    // Melbourne falls back on 5 April: midnight is 14:00 UTC from then on.
    expect(names('2026-04-05T13:59:59.000Z')).toEqual(names('2026-04-05T00:00:00.000Z'));
    expect(names('2026-04-05T14:00:00.000Z')).not.toEqual(names('2026-04-05T13:59:59.000Z'));
  });

  test('before it began the first of the rota is called: somebody always is', () => {
    expect(names('2026-01-01T00:00:00.000Z')).toEqual(['Ola', 'Kim']);
  });
});
