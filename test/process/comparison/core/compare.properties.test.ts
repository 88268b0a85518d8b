import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inOrder } from '../../../../src/process/comparison/canonical.js';
import { compare } from '../../../../src/process/comparison/compare.js';
import type { Difference } from '../../../../src/process/comparison/differences.js';
import { keyOf } from '../../../../src/process/comparison/names.js';
import type { Thing } from '../../../../src/process/comparison/snapshot.js';
import { anyBlind, anyThings, production, section, staging } from './given.js';

const runs = { numRuns: 300 };
const differences = (from: readonly Thing[], to: readonly Thing[]): readonly Difference[] =>
  compare(production(section(from)), staging(section(to))).differences;

test('what is compared with itself has no differences, whatever its names', () => {
  fc.assert(
    fc.property(anyThings, (things) => expect(differences(things, things)).toEqual([])),
    runs,
  );
});

test('the differences, applied to production, give staging', () => {
  fc.assert(
    fc.property(anyThings, anyThings, (from, to) => {
      expect(applied(from, differences(from, to))).toEqual(to.toSorted(inOrder));
    }),
    runs,
  );
});

test('equal fingerprints and no differences are the same', () => {
  fc.assert(
    fc.property(anyThings, anyThings, (from, to) => {
      const [here, there] = [production(section(from)), staging(section(to))];
      expect(here.fingerprint === there.fingerprint).toBe(compare(here, there).differences.length === 0);
    }),
    runs,
  );
});

test('the order in which things were seen changes nothing: ids, order and all the rest', () => {
  fc.assert(
    fc.property(anyThings, anyThings, fc.infiniteStream(fc.nat()), (from, to, dice) => {
      const shuffled = (things: readonly Thing[]): Thing[] =>
        things
          .map((thing) => ({ thing, at: dice.next().value }))
          .sort((one, other) => one.at - other.at)
          .map(({ thing }) => thing);
      const stirred = compare(
        { ...production(section(from)), sections: [section(shuffled(from))] },
        { ...staging(section(to)), sections: [section(shuffled(to))] },
      );
      expect(stirred.differences).toEqual(differences(from, to));
    }),
    runs,
  );
});

test('from the other side everything is the same, turned round', () => {
  fc.assert(
    fc.property(anyThings, anyThings, (from, to) => {
      const there = differences(from, to).map(mirrored).map(essence).sort();
      expect(differences(to, from).map(essence).sort()).toEqual(there);
    }),
    runs,
  );
});

test('each difference has an id of its own', () => {
  fc.assert(
    fc.property(anyThings, anyThings, anyBlind, anyBlind, (from, to, here, there) => {
      const { differences: found } = compare(
        production(section(from, { blind: here })),
        staging(section(to, { blind: there })),
      );
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    }),
    runs,
  );
});

test('where a side is blind, nothing is told as added or removed, and the blind spot always is', () => {
  fc.assert(
    fc.property(anyThings, anyThings, anyBlind, (from, to, blind) => {
      const { differences: found } = compare(production(section(from)), staging(section(to, { blind })));
      const told = new Set(
        found.filter(({ what }) => what === 'blind').map(({ kind, name }) => keyOf(kind, name)),
      );
      for (const { kind, name } of blind) expect(told).toContain(keyOf(kind ?? 'anything', name));
      if (!blind.some(({ kind, name }) => kind === undefined && name.length === 0)) return;
      expect(found.filter(({ what }) => what === 'removed' || what === 'renamed')).toEqual([]);
    }),
    runs,
  );
});

/** Production with every difference made. */
function applied(from: readonly Thing[], found: readonly Difference[]): Thing[] {
  const things = new Map(from.map((thing) => [keyOf(thing.kind, thing.name), thing]));
  const units = found.flatMap((one) => [one, ...one.along]);
  for (const { kind, name, formerly, production: had } of units) {
    if (had !== undefined) expect(things.delete(keyOf(kind, formerly ?? name))).toBe(true);
  }
  for (const { kind, name, parent, staging: has } of units) {
    if (has === undefined) continue;
    expect(things.has(keyOf(kind, name))).toBe(false);
    things.set(keyOf(kind, name), { kind, name, ...(parent && { parent }), props: has });
  }
  return [...things.values()].sort(inOrder);
}

type Turned = Pick<Difference, 'what' | 'kind' | 'name' | 'formerly' | 'production' | 'staging'>;

function mirrored(one: Difference): Turned {
  const what = one.what === 'added' ? 'removed' : one.what === 'removed' ? 'added' : one.what;
  const names = one.formerly === undefined ? { name: one.name } : { name: one.formerly, formerly: one.name };
  return {
    what,
    kind: one.kind,
    ...names,
    ...(one.staging && { production: one.staging }),
    ...(one.production && { staging: one.production }),
  };
}

const essence = ({ what, kind, name, formerly, production: had, staging: has }: Turned): string =>
  JSON.stringify([what, kind, name, formerly ?? null, had ?? null, has ?? null]);
