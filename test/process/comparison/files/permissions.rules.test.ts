import { expect, test } from '@jest/globals';
import { permissionDifferences, permissionsOf } from '../../../../src/process/comparison/permissions.js';
import type { Section, Thing } from '../../../../src/process/comparison/snapshot.js';

const section = (source: string, things: readonly Thing[]): Section => ({
  ...{ source, collector: source, collectorVersion: 1, subject: '', things, blind: [] },
});
const file = (mode: string): Thing => ({
  ...{ kind: 'file', name: ['run.sh'], props: { mode, owner: 'acme', group: 'acme', size: 1, sha256: 'x' } },
});
const grant = (privileges: string): Thing => ({
  ...{ kind: 'grant', name: ['table', 'invoice', 'reporting'], props: { privileges } },
});

test('owners and modes of files stand beside the grants of databases', () => {
  const sections = [section('web', [file('0644')]), section('shop', [grant('SELECT')])];
  expect(permissionsOf(sections)).toEqual([
    { source: 'web', kind: 'file', name: ['run.sh'], rights: { mode: '0644', owner: 'acme', group: 'acme' } },
    {
      source: 'shop',
      kind: 'grant',
      name: ['table', 'invoice', 'reporting'],
      rights: { privileges: 'SELECT' },
    },
  ]);
});

test('only rights that differ are told, a grant also when one side has none', () => {
  const production = [section('web', [file('0644')]), section('shop', [])];
  const staging = [section('web', [file('0777')]), section('shop', [grant('SELECT')])];
  expect(permissionDifferences(production, staging)).toMatchObject([
    { kind: 'file', production: { mode: '0644' }, staging: { mode: '0777' } },
    { kind: 'grant', staging: { privileges: 'SELECT' } },
  ]);
  expect(permissionDifferences(staging, staging)).toEqual([]);
});

test('a file that only one side has, and content that differs, are no differences in rights', () => {
  const other: Thing = { ...file('0644'), props: { ...file('0644').props, sha256: 'y' } };
  expect(permissionDifferences([section('web', [])], [section('web', [file('0644')])])).toEqual([]);
  expect(permissionDifferences([section('web', [other])], [section('web', [file('0644')])])).toEqual([]);
});
