import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText, fingerprintOf } from '../../../../src/process/comparison/canonical.js';
import { parseSnapshot, snapshotText } from '../../../../src/process/comparison/snapshot.file.js';
import type { Section } from '../../../../src/process/comparison/snapshot.js';
import { anyBlind, anyThings, section, staging } from './given.js';

const textOf = (sections: readonly Section[]): string => [...canonicalText(sections)].join('');
const anySection = fc
  .tuple(anyThings, anyBlind, fc.constantFrom('shop', 'site', 'ü"\n'))
  .map(([things, blind, source]) => section(things, { blind, source }));

test('canonical text is JSON that reads back as what was written, whatever the names', () => {
  fc.assert(
    fc.property(anySection, (one) => {
      const text = textOf([one]);
      expect(textOf(JSON.parse(text) as Section[])).toBe(text);
      expect(JSON.parse(text)).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});

test('a snapshot reads back from its text as it was', () => {
  fc.assert(
    fc.property(anySection, (one) => {
      const text = [...snapshotText(staging(one))].join('');
      const read = parseSnapshot(text, 'a.json');
      expect([...snapshotText(read)].join('')).toBe(text);
      expect(read.fingerprint).toBe(staging(one).fingerprint);
    }),
    { numRuns: 200 },
  );
});

test('the order in which properties, things and sections were seen does not reach the text', () => {
  const things = [
    { kind: 'row', name: ['b'], props: { z: 1, '10': 2, '9': 3 } },
    { kind: 'column', name: ['b', 'a'], props: {} },
    { kind: 'column', name: ['b'], props: {} },
  ];
  const turned = [
    { kind: 'column', name: ['b'], props: {} },
    { kind: 'column', name: ['b', 'a'], props: {} },
    { kind: 'row', name: ['b'], props: { '9': 3, '10': 2, z: 1 } },
  ];
  const [shop, site] = [section(things), section([], { source: 'site' })];
  expect(textOf([site, section(turned)])).toBe(textOf([shop, site]));
  expect(textOf([shop])).toContain('"props":{"10":2,"9":3,"z":1}');
});

test('environments that are the same have the same fingerprint, wherever they were looked at from', () => {
  const things = [{ kind: 'file', name: ['a'], props: { sha256: 'aa' } }];
  const [here, there] = ['folder /srv/production', 'folder /srv/staging'].map((subject) =>
    section(things, { subject }),
  );
  expect(fingerprintOf([here ?? section([])])).toBe(fingerprintOf([there ?? section([])]));
  expect(fingerprintOf([section(things)])).not.toBe(
    fingerprintOf([section(things, { collectorVersion: 2 })]),
  );
});
