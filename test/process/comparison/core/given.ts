import fc from 'fast-check';
import { keyOf } from '../../../../src/process/comparison/names.js';
import type { Blind, Section, Snapshot, Thing, Value } from '../../../../src/process/comparison/snapshot.js';
import { snapshotOf } from '../../../../src/process/comparison/take-snapshot.js';

/** A section of a database called shop. */
export const section = (things: readonly Thing[], more: Partial<Section> = {}): Section => ({
  source: 'shop',
  collector: 'postgresql',
  collectorVersion: 1,
  subject: 'PostgreSQL 15.18',
  things,
  blind: [],
  ...more,
});

export const production = (...sections: readonly Section[]): Snapshot =>
  snapshotOf('acme', 'production', sections, '2026-03-02T10:00:00.000Z');
export const staging = (...sections: readonly Section[]): Snapshot =>
  snapshotOf('acme', 'staging', sections, '2026-03-02T10:05:00.000Z');

/** A table of the schema public with its columns, each with a type. */
export function table(name: string, columns: Readonly<Record<string, string>>): Thing[] {
  const parent = { kind: 'table', name: ['public', name] };
  const own: Thing = { ...parent, props: { owner: 'shop' } };
  return [
    own,
    ...Object.entries(columns).map(
      ([column, type]): Thing => ({
        kind: 'column',
        name: ['public', name, column],
        parent,
        props: { type, nullable: true },
      }),
    ),
  ];
}

export const index = (of: string, name: string, columns: string): Thing => ({
  kind: 'index',
  name: ['public', of, name],
  parent: { kind: 'table', name: ['public', of] },
  props: { definition: `CREATE INDEX ${name} ON public.${of} USING btree (${columns})` },
});

export function file(path: string, sha256: string, props: Thing['props'] = {}): Thing {
  const name = path.split('/');
  const folder = name.slice(0, -1);
  const parent = folder.length === 0 ? {} : { parent: { kind: 'folder', name: folder } };
  return { kind: 'file', name, ...parent, props: { mode: '0644', sha256, size: 3, ...props } };
}

export const folder = (path: string): Thing => {
  const name = path.split('/');
  const parent = name.length === 1 ? {} : { parent: { kind: 'folder', name: name.slice(0, -1) } };
  return { kind: 'folder', name, ...parent, props: { mode: '0755' } };
};

export const parameter = (name: readonly string[], value: Value): Thing => ({
  kind: 'parameter',
  name,
  props: { value },
});

const word = fc.constantFrom(
  'a',
  'b',
  'c',
  'id',
  'paid',
  'x.y',
  'ü',
  'q"',
  'n\nl',
  '\u202ee',
  '__proto__',
  '',
  '\0',
  '1',
);
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>('', 'x', 'int4', 'text', 0, 1, true, false, null),
  fc.record({ secret: fc.constantFrom('ab', 'cd') }),
);
const props = fc
  .array(
    fc.tuple(fc.constantFrom('type', 'nullable', 'value', 'comment', '__proto__', '7', 'privileges'), value),
    { maxLength: 3 },
  )
  .map((entries) => Object.fromEntries(entries));

const column = (of: readonly string[]): fc.Arbitrary<Thing> =>
  fc.record({ name: word.map((last) => [...of, last]), props }).map((one) => ({
    kind: 'column',
    ...one,
    parent: { kind: 'table', name: of },
  }));
const anIndex = (of: readonly string[]): fc.Arbitrary<Thing> =>
  fc.tuple(word, fc.constantFrom('btree', 'hash')).map(([name, how]) => ({
    kind: 'index',
    name: [...of, name],
    parent: { kind: 'table', name: of },
    props: { definition: `create index ${name} on ${of.at(-1)} using ${how} (id)` },
  }));
const grant = (of: readonly string[]): fc.Arbitrary<Thing> =>
  word.map((who) => ({
    kind: 'grant',
    name: ['table', ...of, who],
    parent: { kind: 'table', name: of },
    props: { privileges: 'SELECT' },
  }));
const tables: fc.Arbitrary<Thing[]> = fc
  .array(
    word.map((last) => ['public', last]),
    { maxLength: 3 },
  )
  .chain((names) => fc.tuple(...names.map((name) => aTable(name))))
  .map((list) => list.flat());

function aTable(name: readonly string[]): fc.Arbitrary<Thing[]> {
  return fc
    .tuple(
      fc.record({ kind: fc.constant('table'), name: fc.constant(name), props }),
      fc.array(column(name), { maxLength: 3 }),
      fc.array(anIndex(name), { maxLength: 2 }),
      fc.array(grant(name), { maxLength: 1 }),
      // A column of a table that is no thing itself.
      fc.boolean(),
    )
    .map(([own, columns, indexes, grants, isThere]) => [
      ...(isThere ? [own] : []),
      ...columns,
      ...indexes,
      ...grants,
    ]);
}

const files: fc.Arbitrary<Thing[]> = fc
  .array(
    fc.tuple(
      fc.array(fc.constantFrom('bin', 'lib', 'a'), { maxLength: 2 }),
      fc.constantFrom('x', 'y', 'z'),
      fc.constantFrom('h1', 'h2', 'h3'),
    ),
    {
      maxLength: 6,
    },
  )
  .map((list) =>
    list.flatMap(([at, last, sha]) => [
      ...at.map((_, depth) => folder(at.slice(0, depth + 1).join('/'))),
      file([...at, `${last}.dll`].join('/'), sha),
    ]),
  );

const others: fc.Arbitrary<Thing[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('parameter', 'view', 'row'),
    name: fc.array(word, { minLength: 1, maxLength: 3 }),
    props,
  }),
  { maxLength: 4 },
);

function unique(things: readonly Thing[]): Thing[] {
  return [...new Map(things.map((thing) => [keyOf(thing.kind, thing.name), thing])).values()];
}

/** The things of any section: tables with all that belongs to them, folders with files, whatever else; with odd names. */
export const anyThings: fc.Arbitrary<Thing[]> = fc
  .tuple(tables, files, others)
  .map((lists) => unique(lists.flat()));

export const anyBlind: fc.Arbitrary<Blind[]> = fc.array(
  fc
    .record({
      kind: fc.option(fc.constantFrom('table', 'row', 'file'), { nil: undefined }),
      name: fc.array(word, { maxLength: 2 }),
      why: word,
    })
    .map(({ kind, ...one }) => (kind === undefined ? one : { kind, ...one })),
  { maxLength: 2 },
);
