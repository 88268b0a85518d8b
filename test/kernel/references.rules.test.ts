import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  clientOf,
  incidentId,
  incidentReference,
  releaseId,
  releaseReference,
} from '../../src/kernel/references.js';
import { refused } from '../process/refused.js';

const key = fc.stringMatching(/^[a-z][a-z0-9]{1,11}$/u);
const number = fc.integer({ min: 1, max: 9_999_999 });

test('an id is read in any case, with or without #, and with or without its client where the channel tells it', () => {
  fc.assert(
    fc.property(key, number, fc.boolean(), (client, many, upper) => {
      const typed = upper ? client.toUpperCase() : client;
      const incident = `${client.toUpperCase()}-${many}`;
      expect(incidentReference(`${typed}-${many}`, undefined)).toBe(incident);
      expect(incidentReference(`#${typed}-${many},`, 'other')).toBe(incident);
      expect(incidentReference(String(many), client)).toBe(incident);
      expect(releaseReference(`${typed}-${upper ? 'R' : 'r'}${many}`, undefined)).toBe(
        `${client.toUpperCase()}-R${many}`,
      );
      expect(releaseReference(`r${many}`, client)).toBe(`${client.toUpperCase()}-R${many}`);
      expect(clientOf(incident)).toBe(client);
      expect(clientOf(`${client.toUpperCase()}-R${many}`)).toBe(client);
    }),
  );
});

test('an incident is never taken for a release, nor a release for an incident', () => {
  expect(releaseReference('ACME-42', 'acme')).toBeUndefined();
  expect(incidentReference('ACME-R7', 'acme')).toBeUndefined();
  expect(incidentReference('R7', 'acme')).toBeUndefined();
});

test.each([
  '',
  '-',
  '42',
  'acme',
  'acme-',
  'acme-42x',
  'a-1',
  'acme-12345678',
  'acme 42',
  'acme-42; drop',
  '../acme-42',
  'acme-4.2',
])('outside a client’s channel "%s" is no incident', (typed) => {
  expect(incidentReference(typed, undefined)).toBeUndefined();
});

test('leading zeros do not make another id', () => {
  expect(incidentReference('acme-0042', undefined)).toBe('ACME-42');
});

test('what cannot be read is refused with an example of this client', () => {
  expect(refused(() => incidentId('banana', 'globex')).message).toBe(
    '"banana" is not the number of an incident. Write it like GLOBEX-42; /incident list shows them.',
  );
  expect(refused(() => incidentId('', undefined)).message).toContain('Which incident?');
  expect(refused(() => releaseId('42', 'globex')).message).toContain('Write it like GLOBEX-R7');
  expect(refused(() => releaseId('', undefined)).message).toContain('Which release?');
});
