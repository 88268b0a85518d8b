import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compare } from '../../../../src/process/comparison/compare.js';
import type { Difference, Expectation } from '../../../../src/process/comparison/differences.js';
import { keyOf } from '../../../../src/process/comparison/names.js';
import type { Blind, Thing } from '../../../../src/process/comparison/snapshot.js';
import { file, folder, index, parameter, production, section, staging, table } from './given.js';

const found = (
  from: readonly Thing[],
  to: readonly Thing[],
  blind: { production?: Blind[]; staging?: Blind[] } = {},
) =>
  compare(
    production(section(from, { blind: blind.production ?? [] })),
    staging(section(to, { blind: blind.staging ?? [] })),
  ).differences;
const short = ({ what, kind, name }: Difference): string => `${what} ${kind} ${name.join('.')}`;

test('a dropped table takes its columns and indexes along and is told once', () => {
  const gone = [...table('invoice', { id: 'int4', total: 'numeric' }), index('invoice', 'by_total', 'total')];

  const [difference, ...others] = found(
    [...gone, ...table('other', { id: 'text' })],
    table('other', { id: 'text' }),
  );

  expect(others).toEqual([]);
  expect(difference).toMatchObject({
    what: 'removed',
    kind: 'table',
    path: 'shop › public.invoice',
    weight: 'breaking',
  });
  expect(difference?.along.map(({ kind }) => kind).sort()).toEqual(['column', 'column', 'index']);
});

test('a table under another name is renamed, and what is named after it goes along', () => {
  const before = [
    ...table('mail', { id: 'int4', address: 'text' }),
    index('mail', 'mail_address', 'address'),
  ];
  const after = [
    ...table('email', { id: 'int4', address: 'text' }),
    index('email', 'mail_address', 'address'),
  ];

  const [difference, ...others] = found(before, after);

  expect(others).toEqual([]);
  expect(difference).toMatchObject({
    what: 'renamed',
    kind: 'table',
    formerly: ['public', 'mail'],
    name: ['public', 'email'],
  });
  expect(difference?.along).toHaveLength(3);
});

test('what differs of a renamed table besides its name is told on its own', () => {
  const before = [...table('mail', { id: 'int4' }), index('mail', 'by_id', 'id')];
  const after = [...table('email', { id: 'int4' }), index('email', 'by_id', 'id DESC')];

  expect(found(before, after).map(short)).toEqual([
    'renamed table public.email',
    'changed index public.email.by_id',
  ]);
});

test('two tables that could both be it are not guessed to be renamed', () => {
  const before = table('a', { id: 'int4' });
  const after = [...table('b', { id: 'int4' }), ...table('c', { id: 'int4' })];

  expect(
    found(before, after)
      .map(({ what }) => what)
      .sort(),
  ).toEqual(['added', 'added', 'removed']);
});

test('a column is renamed only where it is the only one that came and went', () => {
  const before = table('invoice', { id: 'int4', vat: 'text' });
  expect(found(before, table('invoice', { id: 'int4', tax: 'text' })).map(short)).toEqual([
    'renamed column public.invoice.tax',
  ]);
  const two = found(before, table('invoice', { id: 'int4', tax: 'text', note: 'int4' }));
  expect(two.map(({ what }) => what).sort()).toEqual(['added', 'added', 'removed']);
});

test('files are renamed by their content, folders by that of all their files; empty files are not', () => {
  const before = [
    folder('old'),
    file('old/a.dll', 'aa'),
    file('old/b.dll', 'bb'),
    file('x.txt', 'cc'),
    file('e', 'ee', { size: 0 }),
  ];
  const after = [
    folder('new'),
    file('new/a.dll', 'aa'),
    file('new/b.dll', 'bb'),
    file('y.txt', 'cc'),
    file('f', 'ee', { size: 0 }),
  ];

  expect(found(before, after).map(short).sort()).toEqual([
    'added file f',
    'removed file e',
    'renamed file y.txt',
    'renamed folder new',
  ]);
});

test('an index under another name is alike whatever its definition calls it', () => {
  const [here, there] = [table('t', { id: 'int4' }), table('t', { id: 'int4' })];
  const [difference] = found([...here, index('t', 'old_idx', 'id')], [...there, index('t', 'new_idx', 'id')]);

  expect(difference).toMatchObject({ what: 'renamed', kind: 'index', weight: 'cosmetic', changed: [] });
});

test('blind is never equal: not with itself, and not with what the other side could see', () => {
  const blind = [{ kind: 'role', name: [], why: 'permission denied' }];
  const role: Thing = { kind: 'role', name: ['bo'], props: { logsIn: true } };

  expect(found([], [], { production: blind, staging: blind }).map(short)).toEqual(['blind role ']);
  expect(found([role], [], { staging: blind })).toMatchObject([
    { what: 'blind', weight: 'breaking', blind: { staging: 'permission denied' } },
  ]);
});

test('where a side is blind, what both saw still differs, and what it does not tell does not', () => {
  const blind = [{ name: ['bin'], why: 'cannot be opened' }];
  const seen: Thing = { kind: 'file', name: ['bin', 'a'], props: { mode: '0644', sha256: 'aa' } };
  const halfSeen: Thing = { kind: 'file', name: ['bin', 'a'], props: { mode: '0600' } };

  const [changed] = found([seen], [halfSeen], { staging: blind }).filter(({ what }) => what === 'changed');

  expect(changed?.changed).toEqual([['mode', '0644', '0600']]);
});

test('a source that only one side has, or that another version looked at, is blind; the rest is compared', () => {
  const site = section([file('a', 'aa')], { source: 'site', collector: 'files' });
  const old = section(table('t', { id: 'int4' }), { source: 'old' });
  const here = production(site, { ...old, collectorVersion: 1 });
  const there = staging(
    { ...site, things: [file('a', 'bb')] },
    { ...old, collectorVersion: 2 },
    section([], { source: 'extra' }),
  );

  const { differences } = compare(here, there);

  expect(differences.map(({ source, what }) => `${source} ${what}`).sort()).toEqual([
    'extra blind',
    'old blind',
    'site changed',
  ]);
  expect(differences.find(({ source }) => source === 'old')?.blind?.production).toContain(
    "take production's snapshot again",
  );
});

test('snapshots of which nothing can be compared are refused with what to do', () => {
  const [one, two] = [section([]), section([], { collectorVersion: 2 })];
  expect(() => compare(production(one), staging(two))).toThrow(/take production's snapshot again/u);
  expect(() => compare(production(one), { ...staging(one), client: 'globex' })).toThrow(
    /of the same client/u,
  );
  expect(() => compare(production(), staging())).toThrow(/slipway\.yaml/u);
  expect(() => compare(production(one, one), staging(one))).toThrow(/twice/u);
  const twice = section([...table('t', {}), ...table('t', {})]);
  expect(() => compare(production(twice), staging(one))).toThrow(/twice/u);
});

test('the id of a difference stays while what differs changes, and its digest does not', () => {
  const [before] = found([parameter(['.env', 'A'], '1')], [parameter(['.env', 'A'], '2')]);
  const [after] = found([parameter(['.env', 'A'], '1')], [parameter(['.env', 'A'], '3')]);

  expect(after?.id).toBe(before?.id);
  expect(after?.digest).not.toBe(before?.digest);
});

test('the digest of a dropped table changes with what goes along', () => {
  const digests = ['int4', 'int8'].map((type) => found(table('t', { id: type }), [])[0]?.digest);
  expect(digests[0]).not.toBe(digests[1]);
});

test('the id of something renamed is that of what it is in production, whatever staging calls it', () => {
  const before = table('mail', { id: 'int4' });
  const ids = [table('email', { id: 'int4' }), table('post', { id: 'int4' }), []].map(
    (after) => found(before, after)[0]?.id,
  );

  expect(new Set(ids).size).toBe(1);
});

test('names with separators in them are not mistaken for one another', () => {
  const part = fc.constantFrom('\0', '\u0001', '\u00010', '\u00011', '0', 'a', '');
  const name = fc.array(part, { maxLength: 3 });
  fc.assert(
    fc.property(part, name, part, name, (kind, one, otherKind, other) => {
      const isSame = JSON.stringify([kind, one]) === JSON.stringify([otherKind, other]);
      expect(keyOf(kind, one) === keyOf(otherKind, other)).toBe(isSame);
    }),
    { numRuns: 2000 },
  );
});

test('what is expected is set aside and counted, with blind spots only where that is said', () => {
  const expect1: Expectation = { match: 'parameter *_HOST', reason: 'each has its own' };
  const expect2: Expectation = { match: 'file shop › a', reason: 'owners differ', only: ['owner'] };
  const here = production(section([file('a', 'aa', { owner: 'x' }), parameter(['.env', 'DB_HOST'], 'p')]));
  const there = staging(
    section([file('a', 'ab', { owner: 'y' }), parameter(['.env', 'DB_HOST'], 's')], {
      blind: [{ name: ['b'], why: 'gone' }],
    }),
  );

  const strict = compare(here, there, [expect1, expect2]);
  expect(strict.differences.map(short)).toEqual(['blind anything b', 'changed file a']);
  expect(strict.expected.map(({ differences }) => differences.length)).toEqual([1, 0]);

  const all = { match: '*', reason: 'anything goes' };
  expect(compare(here, there, [all]).differences.map(short)).toEqual(['blind anything b']);
  expect(compare(here, there, [{ ...all, blind: true }]).differences).toEqual([]);
});

test.each<[string, Thing['props'], Thing['props'], string, RegExp]>([
  ['column', { type: 'int4' }, { type: 'int8' }, 'breaking', /another type/u],
  ['column', { nullable: true }, { nullable: false }, 'breaking', /must have one/u],
  ['column', { nullable: false }, { nullable: true }, 'notable', /without a value/u],
  ['column', { comment: 'a' }, { comment: 'b' }, 'cosmetic', /comment/u],
  ['grant', { privileges: 'INSERT, SELECT' }, { privileges: 'SELECT' }, 'breaking', /loses/u],
  ['grant', { privileges: 'SELECT' }, { privileges: 'INSERT, SELECT' }, 'notable', /gains/u],
  ['enum', { values: "'a', 'b'" }, { values: "'a'" }, 'breaking', /no longer allowed/u],
  ['view', { definition: 'select 1' }, { definition: 'select\n  1' }, 'cosmetic', /white space/u],
  ['file', { sha256: 'a', version: '4.1' }, { sha256: 'b', version: '4.2' }, 'notable', /4\.1 → 4\.2/u],
  ['file', { mode: '0644' }, { mode: '0600' }, 'notable', /who may use it/u],
])('a changed %s, %j to %j, is %s', (kind, from, to, weight, reason) => {
  const [difference] = found([{ kind, name: ['x'], props: from }], [{ kind, name: ['x'], props: to }]);
  expect(difference).toMatchObject({ what: 'changed', weight });
  expect(difference?.reason).toMatch(reason);
});

test('a new column without a value for the rows that are there breaks; with a default it does not', () => {
  const column = (props: Thing['props']): Thing => ({
    kind: 'column',
    name: ['t', 'c'],
    props: { nullable: false, ...props },
  });
  expect(found([], [column({})])).toMatchObject([{ what: 'added', weight: 'breaking' }]);
  expect(found([], [column({ default: '0' })])).toMatchObject([{ what: 'added', weight: 'notable' }]);
});

test('a statement is suggested for all that is new, in the order in which it can be made, and never with a secret', () => {
  const suggests = { postgresql: ({ what, kind }: { what: string; kind: string }) => `${what} ${kind};` };
  const check: Thing = { ...index('t', 'c', 'id'), kind: 'check' };
  const things = [index('t', 'i', 'id'), check, ...table('t', { id: 'int4' })];
  const secret: Thing = { kind: 'setting', name: ['s'], props: { value: { secret: 'ff' } } };

  const { differences } = compare(
    production(section([])),
    staging(section([...things, secret])),
    [],
    suggests,
  );

  expect(differences.map(({ statement }) => statement)).toEqual([
    undefined,
    'added table;\nadded column;\nadded check;\nadded index;',
  ]);
});
