import { expect, test } from '@jest/globals';
import { compare } from '../../../../src/process/comparison/compare.js';
import type { Thing } from '../../../../src/process/comparison/snapshot.js';
import { statements } from '../../../../src/process/comparison/suggestions.js';
import { index, production, section, staging, table } from './given.js';

const suggested = (from: readonly Thing[], to: readonly Thing[], collector = 'postgresql') =>
  compare(
    production(section(from, { collector })),
    staging(section(to, { collector })),
    [],
    statements,
  ).differences.map(({ statement }) => statement);

test('what is renamed is suggested to be renamed, not dropped', () => {
  const [mail, email] = [table('mail', { id: 'int4' }), table('email', { id: 'int4' })];
  expect(suggested(mail, email)).toEqual(['ALTER TABLE "public"."mail" RENAME TO "email";']);
  expect(suggested(table('t', { a: 'int4' }), table('t', { 'b"c': 'int4' }))).toEqual([
    'ALTER TABLE "public"."t" RENAME COLUMN "a" TO "b""c";',
  ]);
  const t = table('t', { a: 'int4' });
  expect(suggested([...t, index('t', 'i', 'a')], [...t, index('t', 'j', 'a')])).toEqual([
    'ALTER INDEX "public"."i" RENAME TO "j";',
  ]);
});

test('a table that moved to another schema and is called otherwise takes both steps', () => {
  const moved = table('mail', { id: 'int4' }).map((thing) => ({
    ...thing,
    name: ['archive', 'post', ...thing.name.slice(2)],
    ...(thing.parent && { parent: { kind: 'table', name: ['archive', 'post'] } }),
  }));
  expect(suggested(table('mail', { id: 'int4' }), moved)).toEqual([
    'ALTER TABLE "public"."mail" SET SCHEMA "archive";\nALTER TABLE "archive"."mail" RENAME TO "post";',
  ]);
});

test('what differs of something renamed besides its name follows', () => {
  const email = table('email', { id: 'int4' }).map((thing) =>
    thing.kind === 'table' ? { ...thing, props: { owner: 'kim' } } : thing,
  );
  expect(suggested(table('mail', { id: 'int4' }), email)).toEqual([
    'ALTER TABLE "public"."mail" RENAME TO "email";\nALTER TABLE "public"."email" OWNER TO "kim";',
  ]);
});

test('a function is renamed by its signature', () => {
  const routine = (name: string, owner: string): Thing => ({
    kind: 'function',
    name: ['public', `${name}(integer)`],
    props: { owner, definition: `CREATE FUNCTION public.${name}(a integer) RETURNS int` },
  });
  expect(suggested([routine('f', 'bo')], [routine('g', 'bo')])).toEqual([
    'ALTER FUNCTION "public"."f"(integer) RENAME TO "g";',
  ]);
});

const inMaria = (name: string): Thing[] => {
  const parent = { kind: 'table', name: [name] };
  return [
    { ...parent, props: { engine: 'InnoDB' } },
    { kind: 'column', name: [name, 'id'], parent, props: { type: 'int(11)', nullable: false } },
    { kind: 'primary key', name: [name, 'PRIMARY'], parent, props: { definition: '(`id`)' } },
  ];
};

test('a new table of MariaDB is created once, with its columns and keys', () => {
  const [statement] = suggested([], inMaria('t'), 'mariadb');
  expect(statement?.match(/CREATE TABLE/gu)).toHaveLength(1);
  expect(statement?.match(/`id`/gu)).toHaveLength(2);
  expect(statement).not.toContain('ALTER');
});

test('a table of MariaDB is renamed', () => {
  expect(suggested(inMaria('a'), inMaria('b`c'), 'mariadb')).toEqual(['RENAME TABLE `a` TO `b``c`;']);
});
