import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { postgresqlSource } from '../../../../src/process/comparison/collectors/postgresql/source.js';
import { postgresqlCollector } from '../../../../src/process/comparison/collectors/postgresql.js';
import { statements } from '../../../../src/process/comparison/suggestions.js';
import {
  type Postgres,
  postgresIsInstalled,
  runs,
  startPostgres,
  withoutPostgres,
} from '../../../support/postgres.js';
import { breaking } from './breaking.js';
import { differencesOf, namesOf, ofPostgresql, someTools, told } from './tools.js';

// Servers are slow beside other tests.
jest.setTimeout(120_000);

// How slipway.yaml names a variable.
const inBraces = (name: string): string => `\${${name}}`;

let server: Postgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server?.stop());

/** PGlite knows neither users nor passwords nor several connections at once. */
const onServer = (name: string, act: () => Promise<void>): void =>
  postgresIsInstalled ? test(name, act) : test.skip(`${name}: ${withoutPostgres}`, act);

/** An address with other words before the host. */
const as = (url: string, user: string): string => url.replace('postgres@', `${user}@`);

test('an empty database is seen as empty and not as blind', async () => {
  const section = await ofPostgresql(await server.database('empty'));

  expect(section.blind).toEqual([]);
  expect(section.subject).toMatch(/^PostgreSQL \d+\.\d+$/u);
  expect(namesOf(section, 'schema')).toEqual(['public']);
  for (const kind of ['table', 'column', 'index', 'view', 'function'])
    expect(namesOf(section, kind)).toEqual([]);
});

const oddNames = [
  'it"s "quoted"',
  "o'clock",
  'Größe 数 🙂',
  'line\nbreak',
  'semi;colon -- no comment',
  'back\\slash',
  'dots.in.it',
  'x'.repeat(63),
  'é'.repeat(31),
];

test.each(oddNames)('a table, column, index and role called %j are seen by that name', async (name) => {
  const quoted = `"${name.replaceAll('"', '""')}"`;
  const url = await server.database(`odd ${oddNames.indexOf(name)}`);
  await runs(
    url,
    `CREATE ROLE ${quoted}; CREATE SCHEMA ${quoted};
     CREATE TABLE ${quoted}.${quoted} (${quoted} text PRIMARY KEY, n int CHECK (n > 0));
     CREATE INDEX "i ${name.slice(0, 20).replaceAll('"', '""')}" ON ${quoted}.${quoted} (${quoted});
     GRANT SELECT ON ${quoted}.${quoted} TO ${quoted}; COMMENT ON TABLE ${quoted}.${quoted} IS 'odd'`,
  );

  const { things, blind } = await ofPostgresql(url);

  const named = (kind: string): readonly (readonly string[])[] =>
    things.filter((thing) => thing.kind === kind).map((thing) => thing.name);
  expect(blind).toEqual([]);
  expect(named('table')).toEqual([[name, name]]);
  expect(named('column')).toContainEqual([name, name, name]);
  expect(named('grant')).toContainEqual(['table', name, name, name]);
  expect(named('index')).toContainEqual([name, name, `i ${name.slice(0, 20)}`]);
});

test('things are sorted by kind and name, and two looks at the same database give the same', async () => {
  const url = await server.database('twice');
  await runs(
    url,
    'CREATE TABLE b (id int PRIMARY KEY, a int); CREATE TABLE a (id int); CREATE VIEW v AS SELECT * FROM b',
  );

  const [first, second] = [await ofPostgresql(url), await ofPostgresql(url)];

  expect(second).toEqual(first);
  const keys = first.things.map(({ kind, name }) => [kind, ...name].join('\0'));
  expect(keys).toEqual(keys.toSorted((one, other) => (one < other ? -1 : 1)));
});

test('two databases of the same structure are equal, whatever their names, data and the order in which they were made', async () => {
  const [one, other] = [await server.database('first'), await server.database('second')];
  await runs(
    one,
    'CREATE TABLE a (id serial PRIMARY KEY, n int); CREATE TABLE b (id int); GRANT SELECT ON a TO PUBLIC',
  );
  await runs(
    other,
    'CREATE TABLE b (id int); CREATE TABLE a (id serial PRIMARY KEY, n int); GRANT SELECT ON a TO PUBLIC; INSERT INTO a (n) VALUES (1)',
  );

  expect(told(differencesOf(await ofPostgresql(one), await ofPostgresql(other)))).toEqual([]);
});

test('a column of a partitioned table is told once and not for every partition', async () => {
  const made = `CREATE TABLE log (at date NOT NULL, words text) PARTITION BY RANGE (at);
    CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
    CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');`;
  const [production, staging] = [await server.database('parts 1'), await server.database('parts 2')];
  await runs(production, made);
  await runs(
    staging,
    `${made} ALTER TABLE log ADD COLUMN who text; CREATE INDEX log_at ON log (at);
    ALTER TABLE log_2 ALTER COLUMN words SET DEFAULT 'none'`,
  );

  expect(told(differencesOf(await ofPostgresql(production), await ofPostgresql(staging)))).toEqual([
    'added column public.log.who',
    'added index public.log.log_at',
    'added inherited column public.log_2.words',
  ]);
});

test('an owner who gave away their own rights is seen, and one who has them all is not', async () => {
  const [production, staging] = [await server.database('owner 1'), await server.database('owner 2')];
  for (const url of [production, staging])
    await runs(url, 'CREATE TABLE t (id int); GRANT SELECT ON t TO PUBLIC');
  await runs(staging, 'REVOKE INSERT ON t FROM postgres');

  expect(told(differencesOf(await ofPostgresql(production), await ofPostgresql(staging)))).toEqual([
    'added grant table.public.t.postgres',
  ]);
});

test('only the schemas that are named are looked at', async () => {
  const url = await server.database('schemas');
  await runs(url, 'CREATE SCHEMA kept; CREATE TABLE kept.a (id int); CREATE TABLE b (id int)');

  expect(namesOf(await ofPostgresql(url, { schemas: ['kept'] }), 'table')).toEqual(['kept.a']);
});

test('reference data is compared row by row on its key, without what is left out and with masked values unreadable', async () => {
  const made = `CREATE TABLE vat (country text, code text, rate numeric(4,2), api_token text, note text, seen timestamptz DEFAULT now(), PRIMARY KEY (country, code));
    INSERT INTO vat VALUES ('GB', 'full', 20, 'token-of-gb', 'a'), ('GB', 'low', 5, 'x', 'b'), ('DE', 'full', 19, 'y', NULL);`;
  const [production, staging] = [await server.database('rows 1'), await server.database('rows 2')];
  await runs(production, made);
  await runs(
    staging,
    `${made} UPDATE vat SET rate = 21 WHERE code = 'full' AND country = 'GB'; UPDATE vat SET note = 'hidden-note' WHERE code = 'low';
    DELETE FROM vat WHERE country = 'DE'; INSERT INTO vat VALUES ('FR', 'full', 20)`,
  );
  const reference = [{ table: 'public.vat', leaveOut: ['seen'], mask: ['note'] }];

  const sides = [
    await ofPostgresql(production, { reference }),
    await ofPostgresql(staging, { reference }),
  ] as const;

  expect(told(differencesOf(...sides))).toEqual([
    'added row public.vat.FR.full',
    'changed row public.vat.GB.full',
    'changed row public.vat.GB.low',
    'removed row public.vat.DE.full',
  ]);
  expect(JSON.stringify(sides)).not.toMatch(/token-of-gb|hidden-note/u);
});

test('a table whose rows cannot be told apart, or that has too many, is blind and not equal', async () => {
  const url = await server.database('keys');
  await runs(url, `CREATE TABLE loose (a int, b int); INSERT INTO loose VALUES (1, 1), (1, 2), (2, 3)`);
  const why = async (more: object): Promise<string | undefined> => {
    const { blind, things } = await ofPostgresql(url, { reference: [{ table: 'public.loose', ...more }] });
    expect(things.filter(({ kind }) => kind === 'row')).toEqual([]);
    return blind[0]?.why;
  };

  expect(await why({})).toMatch(/no primary key/u);
  expect(await why({ key: ['a'] })).toMatch(/same key/u);
  expect(await why({ key: ['b'], most: 2 })).toMatch(/more than 2 rows/u);
  expect(await why({ key: ['c'] })).toMatch(/no column "c"/u);
  expect(await why({ table: 'public.nowhere' })).toMatch(/no such table/u);
});

onServer('somebody who may only connect sees the whole structure, and is blind for rows', async () => {
  const url = await server.database('least');
  await runs(
    url,
    `CREATE ROLE least LOGIN; CREATE SCHEMA own; CREATE TABLE own.vat (id int PRIMARY KEY, rate int); INSERT INTO own.vat VALUES (1, 20);
    CREATE FUNCTION own.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON SCHEMA own FROM PUBLIC`,
  );
  const reference = [{ table: 'own.vat' }];

  const [whole, least] = [
    await ofPostgresql(url, { reference }),
    await ofPostgresql(as(url, 'least'), { reference }),
  ];

  expect(least.things).toEqual(whole.things.filter(({ kind }) => kind !== 'row'));
  expect(whole.blind).toEqual([]);
  expect(least.blind).toEqual([
    { kind: 'row', name: ['own', 'vat'], why: expect.stringMatching(/permission denied/u) },
  ]);
  expect(differencesOf(whole, least)[0]).toMatchObject({ what: 'blind', kind: 'row' });
});

onServer('row security that would hide rows makes the look blind and not short', async () => {
  const url = await server.database('secured');
  await runs(
    url,
    `CREATE ROLE secured LOGIN; CREATE TABLE vat (id int PRIMARY KEY); INSERT INTO vat VALUES (1), (2); ALTER TABLE vat ENABLE ROW LEVEL SECURITY;
    CREATE POLICY one ON vat USING (id = 1); GRANT SELECT ON vat TO secured`,
  );

  const { things, blind } = await ofPostgresql(as(url, 'secured'), { reference: [{ table: 'public.vat' }] });

  expect(things.filter(({ kind }) => kind === 'row')).toEqual([]);
  expect(blind).toEqual([
    { kind: 'row', name: ['public', 'vat'], why: expect.stringMatching(/row-level security/u) },
  ]);
});

onServer('a catalogue that may not be read makes its kinds blind and leaves the others seen', async () => {
  const url = await server.database('hardened');
  await runs(
    url,
    'CREATE ROLE hardened LOGIN; CREATE TABLE t (id int PRIMARY KEY); REVOKE SELECT ON pg_proc, pg_trigger FROM PUBLIC',
  );

  const { blind, things } = await ofPostgresql(as(url, 'hardened'));

  expect(blind.map(({ kind }) => kind)).toEqual([
    'foreign key',
    'function',
    'procedure',
    'aggregate',
    'trigger',
    'inherited trigger',
  ]);
  expect(things.some(({ kind }) => kind === 'primary key')).toBe(true);
  expect(things.some(({ kind }) => kind === 'event trigger' || kind === 'function')).toBe(false);
});

onServer('a session cannot write, waits for no lock for long, and says who it is', async () => {
  const url = await server.database('manners');
  await runs(
    url,
    `CREATE TABLE manners (id int PRIMARY KEY); INSERT INTO manners VALUES (1);
    CREATE FUNCTION tells() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
      RETURN concat_ws(' ', current_setting('application_name'), current_setting('transaction_read_only'),
        current_setting('transaction_isolation'), current_setting('statement_timeout'), current_setting('lock_timeout')); END $$;
    CREATE VIEW told AS SELECT 1 AS id, tells() AS words`,
  );

  const { things } = await ofPostgresql(url, {
    reference: [{ table: 'public.told', key: ['id'] }],
    timeLimit: '30s',
  });

  expect(things.find(({ kind }) => kind === 'row')?.props).toEqual({
    words: 'slipway on repeatable read 30s 5s',
  });
});

onServer('a connection that breaks midway gives an error and no section, wherever it breaks', async () => {
  const url = await server.database('broken');
  await runs(
    url,
    `DO $$ BEGIN FOR n IN 1..200 LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, a text, b text)', n); END LOOP; END $$`,
  );
  const whole = await ofPostgresql(url);
  expect(namesOf(whole, 'table')).toHaveLength(200);

  for (const bytes of [10, 300, 1_500, 8_000, 30_000, 60_000]) {
    const proxy = await breaking(Number(new URL(url).port), bytes);
    try {
      await expect(ofPostgresql(url.replace(/:\d+\//u, `:${proxy.port}/`))).rejects.toThrow(
        /^shop: PostgreSQL at 127\.0\.0\.1:\d+ could not be looked at: /u,
      );
    } finally {
      proxy.stop();
    }
  }
});

onServer('a look that is ended gives no section and says so', async () => {
  const ended = new AbortController();
  const source = postgresqlSource.parse({ url: await server.database('ended') });
  const look = postgresqlCollector.collect(
    'shop',
    source,
    someTools({ signal: ended.signal, progress: () => ended.abort() }),
  );

  await expect(look).rejects.toThrow('shop: the look at PostgreSQL was ended.');
});

onServer('no password, of the connection or kept in settings, stands in a section or an error', async () => {
  const url = await server.database('secrets');
  const password = 'hunter2-of-the-tests';
  await runs(
    url,
    `CREATE ROLE keeper LOGIN PASSWORD '${password}'; ALTER ROLE keeper SET app.token = 'tok-12345'; COMMENT ON ROLE keeper IS 'x';
    CREATE FUNCTION leaks() RETURNS text LANGUAGE sql AS $$ SELECT '${password}' $$`,
  );
  process.env['KEEPER_PASSWORD'] = password;
  const address = url.replace('postgres@', `keeper:${inBraces('KEEPER_PASSWORD')}@`);

  const section = await ofPostgresql(address);
  const written = JSON.stringify(section);
  expect(written).not.toContain(password);
  expect(written).not.toContain('tok-12345');
  expect(section.things.find(({ kind }) => kind === 'function')?.props['definition']).toEqual({
    secret: expect.stringMatching(/^[0-9a-f]{64}$/u),
  });

  for (const wrong of [address.replace('/secrets', `/${password}`), address.replace(/:\d+\//u, ':1/')]) {
    const error: unknown = await ofPostgresql(wrong).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(`${String(error)} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}`).not.toContain(
      password,
    );
  }
});

/** What is told of this database once these statements have run in a copy of it. */
async function toldOf(name: string, made: string, change: string): Promise<string[]> {
  const [production, staging] = [await server.database(`${name} 1`), await server.database(`${name} 2`)];
  for (const url of [production, staging]) await runs(url, made);
  await runs(staging, change);
  return told(differencesOf(await ofPostgresql(production), await ofPostgresql(staging)));
}

test('a foreign key that nobody is held to is not the same as one that holds', async () => {
  const made =
    'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int, CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a)';

  expect(await toldOf('unheld', made, 'ALTER TABLE b DISABLE TRIGGER ALL')).toEqual([
    'changed foreign key public.b.f',
  ]);
});

test('rights on a single partition, on its columns and on the sequence of an identity are seen', async () => {
  const made = `DO $$ BEGIN CREATE ROLE reads; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
    CREATE TABLE p (id int GENERATED ALWAYS AS IDENTITY, a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
    CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)`;
  const granted =
    'GRANT SELECT (a) ON p1 TO reads; GRANT INSERT ON p1 TO reads; GRANT USAGE ON SEQUENCE t_id_seq TO reads';

  expect(await toldOf('narrow', made, granted)).toEqual([
    'added grant column.public.p1.a.reads',
    'added grant sequence.public.t_id_seq.reads',
    'added grant table.public.p1.reads',
  ]);
});

test('what new things bring anyway is no difference in default privileges, and what is taken from it is one', async () => {
  const role = `DO $$ BEGIN CREATE ROLE reads; EXCEPTION WHEN duplicate_object THEN NULL; END $$`;

  const given = await toldOf('given', role, 'ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO reads');
  const taken = await toldOf(
    'taken',
    role,
    'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC',
  );

  expect(given).toEqual(['added default privileges postgres.every schema.routine.reads']);
  expect(taken).toEqual(['added default privileges postgres.every schema.routine.PUBLIC']);
});

test('passwords for other databases differ and cannot be read; whoever may not see them is blind there', async () => {
  const made = (
    password: string,
  ) => `DO $$ BEGIN CREATE ROLE maps LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
    CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'db');
    CREATE USER MAPPING FOR postgres SERVER s OPTIONS ("user" 'me', password '${password}')`;
  const [production, staging] = [await server.database('mapped 1'), await server.database('mapped 2')];
  await runs(production, made('one-of-the-tests'));
  await runs(staging, made('two-of-the-tests'));

  const sides = [await ofPostgresql(production), await ofPostgresql(staging)] as const;

  expect(told(differencesOf(...sides))).toEqual(['changed user mapping s.postgres']);
  expect(JSON.stringify(sides)).not.toContain('of-the-tests');
  if (!postgresIsInstalled) return;
  expect((await ofPostgresql(as(staging, 'maps'))).blind).toEqual([
    { kind: 'user mapping', name: ['s', 'postgres'], why: 'the user may not see its options' },
  ]);
});

test('an index of all partitions is suggested for all of them', async () => {
  const made = `CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1)`;
  const [production, staging] = [await server.database('whole 1'), await server.database('whole 2')];
  for (const url of [production, staging]) await runs(url, made);
  await runs(staging, 'CREATE INDEX "only ONLY" ON p (a)');

  const [found] = differencesOf(await ofPostgresql(production), await ofPostgresql(staging), statements);

  expect(found?.statement).toBe('CREATE INDEX "only ONLY" ON public.p USING btree (a);');
});
