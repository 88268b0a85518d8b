import type { Role } from '../../src/config/house.js';
import { parseHouse } from '../../src/config/read-house.js';
import type { By } from '../../src/kernel/by.js';
import { type People, people, type RoleChanges } from '../../src/people/people.js';
import { validHouse } from '../config/valid-house.js';

/** Role changes kept in memory. */
export function roleChanges(changed: Readonly<Record<string, readonly Role[]>> = {}): RoleChanges {
  return {
    rolesOf: async (user) => changed[user],
    all: async () => new Map(Object.entries(changed)),
  };
}

/** The people of the valid house, with these changes of roles. */
export function knownPeople(changed: Readonly<Record<string, readonly Role[]>> = {}): People {
  return people(parseHouse(validHouse, '/srv'), roleChanges(changed));
}

/** Somebody by their ids; the name is what Slack claims and proves nothing. */
export const by = (user: string, team = 'T1'): By => ({ team, user, name: 'whoever' });

export const admin = by('U1');
export const releaseManager = by('U2');
export const developer = by('U3');
export const onCall = by('U4');
export const withoutRole = by('U5');
export const approver = by('U8', 'T2');
export const otherApprover = by('U7', 'T3');
export const stranger = by('U99', 'T9');
