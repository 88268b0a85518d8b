import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mariadbSource } from '../../../../src/process/comparison/collectors/mariadb/source.js';
import { mariadbCollector } from '../../../../src/process/comparison/collectors/mariadb.js';
import type { MariadbServer } from '../../../support/database-servers.mjs';
import {
  mariadbIsInstalled,
  mariadbPassword,
  startMariadb,
  withoutMariadb,
} from '../../../support/mariadb.js';
import { breaking } from './breaking.js';
import { differencesOf, namesOf, ofMariadb, someTools, told } from './tools.js';

// Servers are slow beside other tests.
jest.setTimeout(120_000);

const onServer = mariadbIsInstalled ? describe : describe.skip;

onServer(mariadbIsInstalled ? 'MariaDB' : `MariaDB: ${withoutMariadb}`, () => {
  let server: MariadbServer;
  let number = 0;
  beforeAll(async () => {
    process.env['TEST_DB_PASSWORD'] = mariadbPassword;
    server = await startMariadb();
  });
  afterAll(() => server?.stop());

  /** A new database with these in it. */
  const aDatabase = (sql: string, name = `db${number++}`): string => {
    server.run(`CREATE DATABASE \`${name.replaceAll('`', '``')}\``);
    if (sql !== '') server.run(sql, name);
    return name;
  };
  const seen = (database: string, more: object = {}) => ofMariadb(server.port, database, more);

  test('an empty database is seen as empty and not as blind', async () => {
    const section = await seen(aDatabase(''));

    expect(section.blind).toEqual([]);
    expect(section.subject).toMatch(/^(MariaDB|MySQL) \d+\.\d+\.\d+$/u);
    for (const kind of ['table', 'column', 'view', 'function', 'event'])
      expect(namesOf(section, kind)).toEqual([]);
  });

  const oddNames = [
    'it`s',
    "o'clock",
    'say "so"',
    'Größe 数',
    'line\nbreak',
    'semi;colon',
    'back\\slash',
    'under_score%',
    'x'.repeat(64),
  ];

  test.each(oddNames)('a database, table, column and index called %j are seen by that name', async (name) => {
    const quoted = `\`${name.replaceAll('`', '``')}\``;
    const database = aDatabase(
      `CREATE TABLE ${quoted} (${quoted} int PRIMARY KEY, n int, KEY ${quoted} (n)); CREATE VIEW v AS SELECT ${quoted} FROM ${quoted}`,
      name,
    );

    const section = await seen(database, { reference: [{ table: name }] });

    expect(section.blind).toEqual([]);
    expect(section.things).toContainEqual(expect.objectContaining({ kind: 'column', name: [name, name] }));
    expect(section.things).toContainEqual(expect.objectContaining({ kind: 'index', name: [name, name] }));
    const view = section.things.find(({ kind }) => kind === 'view');
    expect(view?.props['definition']).toContain(`from ${quoted}`);
  });

  test('two databases of the same structure are equal, whatever their names and data; the next number is data', async () => {
    const made = `CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY, n int DEFAULT 5, words varchar(20) DEFAULT 'x');
      CREATE TABLE b (id int PRIMARY KEY, a_id int, CONSTRAINT of_a FOREIGN KEY (a_id) REFERENCES a (id) ON DELETE SET NULL);
      CREATE VIEW v AS SELECT a.id, concat('\`db', n, "o'clock") AS words FROM a JOIN b ON b.a_id = a.id;`;
    const [one, other] = [aDatabase(made), aDatabase(`${made} INSERT INTO a (n) VALUES (1), (2)`)];

    expect(told(differencesOf(await seen(one), await seen(other)))).toEqual([]);
  });

  test("a view's text loses the name of its database, and what stands in a string keeps it", async () => {
    const name = `db${number}`;
    const database = aDatabase(
      `CREATE TABLE t (id int); CREATE VIEW v AS SELECT id, '\`${name}\`.' AS words FROM t`,
    );

    const { things } = await seen(database);

    const definition = things.find(({ kind }) => kind === 'view')?.props['definition'];
    expect(definition).toBe(`select \`t\`.\`id\` AS \`id\`,'\`${name}\`.' AS \`words\` from \`t\``);
  });

  test('a default that is NULL, absent, empty or an expression is told apart', async () => {
    const database = aDatabase(
      `CREATE TABLE t (a int, b int NOT NULL, c varchar(9) DEFAULT '', d varchar(9) DEFAULT 'NULL', e datetime DEFAULT current_timestamp ON UPDATE current_timestamp, f int AS (a + 1) VIRTUAL)`,
    );
    const { things } = await seen(database);
    const of = (name: string) =>
      things.find((thing) => thing.kind === 'column' && thing.name[1] === name)?.props;

    expect(of('a')).toMatchObject({ nullable: true });
    expect(of('a')).not.toHaveProperty('default');
    expect(of('b')).not.toHaveProperty('default');
    expect(of('c')).toMatchObject({ default: "''" });
    expect(of('d')).toMatchObject({ default: "'NULL'" });
    expect(of('e')).toMatchObject({ default: 'current_timestamp()', extra: 'on update current_timestamp()' });
    expect(of('f')).toMatchObject({ generated: '`a` + 1', extra: 'virtual generated' });
  });

  test('a default that holds the character 0 is seen whole', async () => {
    const table = (value: string): string => `CREATE TABLE t (a varchar(9) DEFAULT '${value}')`;
    const [one, other] = [aDatabase(table('x\\0y')), aDatabase(table('x\\0z'))];

    expect(told(differencesOf(await seen(one), await seen(other)))).toEqual(['changed column t.a']);
  });

  test('everything of many tables is seen, once, though they are asked for in portions', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `t${at}`);
    const made = names.map(
      (name, at) =>
        `CREATE TABLE ${name} (id int PRIMARY KEY, n int CHECK (n > 0), of_first int, KEY by_n (n), CONSTRAINT positive CHECK (id > 0),
          CONSTRAINT of_${at} FOREIGN KEY (of_first) REFERENCES t0 (id)); CREATE VIEW v${at} AS SELECT id FROM ${name};`,
    );
    const section = await seen(aDatabase(made.join('\n')));

    for (const kind of ['primary key', 'index', 'check', 'foreign key']) {
      const tables = namesOf(section, kind).map((name) => name.split('.')[0] ?? '');
      expect([kind, [...new Set(tables)].sort()]).toEqual([kind, names.toSorted()]);
    }
    expect(namesOf(section, 'view')).toHaveLength(40);
    expect(section.things.filter(({ kind }) => kind === 'column')).toHaveLength(120);
    const checked = section.things.filter(({ kind, props }) => kind === 'column' && 'check' in props);
    expect(checked).toHaveLength(40);
  });

  test('tables keep their columns when a view has their name in other letters', async () => {
    const names = ['ORDERS', 'ORDERs', 'ORDErS', 'ORDeRS', 'ORdERS', 'OrDERS', 'oRDERS', 'Orders'];
    const tables = names.map((name) => `CREATE TABLE ${name} (id int PRIMARY KEY, n int, KEY by_n (n));`);
    const section = await seen(aDatabase(`${tables.join(' ')} CREATE VIEW orders AS SELECT n FROM Orders`));

    expect(namesOf(section, 'column')).toEqual(names.flatMap((name) => [`${name}.id`, `${name}.n`]).sort());
    expect(namesOf(section, 'index')).toEqual(names.map((name) => `${name}.by_n`).sort());
    expect(namesOf(section, 'view')).toEqual(['orders']);
  });

  test('reference data is compared row by row, bytes and all, with masked values unreadable', async () => {
    const made = `CREATE TABLE vat (code varbinary(4) PRIMARY KEY, rate float, api_token varchar(20), seen timestamp DEFAULT now());
      INSERT INTO vat (code, rate, api_token) VALUES (x'00ff', 20, 'token-of-gb'), (x'01', 0.1, 'x'), (x'02', 5, NULL);`;
    const [production, staging] = [
      aDatabase(made),
      aDatabase(
        `${made} UPDATE vat SET rate = 0.10001 WHERE code = x'01'; DELETE FROM vat WHERE code = x'02'`,
      ),
    ];
    const more = { reference: [{ table: 'vat', leaveOut: ['seen'] }] };

    const sides = [await seen(production, more), await seen(staging, more)] as const;

    expect(told(differencesOf(...sides))).toEqual(['changed row vat.01', 'removed row vat.02']);
    expect(sides[0].things).toContainEqual(expect.objectContaining({ kind: 'row', name: ['vat', '00FF'] }));
    expect(JSON.stringify(sides)).not.toContain('token-of-gb');
  });

  describe('somebody with few rights', () => {
    let database: string;
    beforeAll(() => {
      database =
        aDatabase(`CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id), CHECK (id > 0));
        CREATE VIEW v AS SELECT * FROM a; CREATE PROCEDURE p() SELECT 1; CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.id = 1;
        CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1`);
    });
    const withRights = async (user: string, ...rights: string[]) => {
      server.run(
        `CREATE USER ${user}@'127.0.0.1' IDENTIFIED BY '${mariadbPassword}'; ${rights.map((right) => `GRANT ${right} TO ${user}@'127.0.0.1';`).join(' ')}`,
      );
      return seen(database, { user });
    };
    const blindKinds = ({ blind }: { blind: readonly { kind?: string }[] }): string[] =>
      [...new Set(blind.map(({ kind }) => kind ?? 'all'))].sort();

    test('is blind for every kind that the server leaves out in silence', async () => {
      const section = await withRights('few', `SELECT ON ${database}.a`);

      expect(namesOf(section, 'table')).toEqual(['a']);
      expect(blindKinds(section)).toEqual([
        'check',
        'column',
        'event',
        'foreign key',
        'function',
        'grant',
        'index',
        'membership',
        'package',
        'package body',
        'partition',
        'primary key',
        'procedure',
        'role',
        'sequence',
        'table',
        'trigger',
        'unique',
        'user',
        'view',
      ]);
      const whole = await seen(database);
      const removed = differencesOf(whole, section).filter(({ what }) => what !== 'blind');
      expect(told(removed)).toEqual([]);
    });

    test('sees what SELECT on the database shows, and says what more is needed', async () => {
      const [section, whole] = [await withRights('reader', `SELECT ON ${database}.*`), await seen(database)];
      const isSeen = ({ kind }: { kind: string }): boolean => !blindKinds(section).includes(kind);

      expect(section.things.filter(isSeen)).toEqual(whole.things.filter(isSeen));
      expect(section.blind).toContainEqual({
        kind: 'trigger',
        name: [],
        why: 'the user lacks TRIGGER on the whole database',
      });
    });

    test('is not blind with the rights that are asked for, and then sees what root sees', async () => {
      const rights = [`SELECT, SHOW VIEW, TRIGGER, EVENT ON ${database}.*`, 'SELECT ON mysql.*'];
      const [section, whole] = [await withRights('enough', ...rights), await seen(database)];

      expect(section.blind).toEqual([]);
      expect(section.things.filter(({ kind }) => kind !== 'grant')).toEqual(
        whole.things.filter(({ kind }) => kind !== 'grant'),
      );
    });
  });

  test('a session cannot write, waits for no lock for long, and limits its statements', async () => {
    const database = aDatabase(
      `CREATE FUNCTION tells() RETURNS text READS SQL DATA RETURN concat_ws(' ', @@tx_read_only, @@lock_wait_timeout, @@max_statement_time);
       CREATE VIEW told AS SELECT 1 AS id, tells() AS words`,
    );

    const { things } = await seen(database, {
      reference: [{ table: 'told', key: ['id'] }],
      timeLimit: '30s',
    });

    expect(things.find(({ kind }) => kind === 'row')?.props).toEqual({ words: 'ON 5 30.000000' });
  });

  test('a connection that breaks midway gives an error and no section, wherever it breaks', async () => {
    const database = aDatabase(
      Array.from({ length: 60 }, (_, at) => `CREATE TABLE t${at} (id int PRIMARY KEY, a text, b text);`).join(
        '\n',
      ),
    );
    expect(namesOf(await seen(database), 'table')).toHaveLength(60);

    for (const bytes of [10, 100, 300, 2_000, 8_000]) {
      const proxy = await breaking(server.port, bytes);
      try {
        await expect(ofMariadb(proxy.port, database)).rejects.toThrow(
          /^shop: MariaDB at 127\.0\.0\.1:\d+ could not be looked at: /u,
        );
      } finally {
        proxy.stop();
      }
    }
  });

  test('a look that is ended gives no section and says so', async () => {
    const ended = new AbortController();
    const source = mariadbSource.parse({
      host: '127.0.0.1',
      port: server.port,
      database: aDatabase(''),
      user: 'root',
      password: { env: 'TEST_DB_PASSWORD' },
    });
    const look = mariadbCollector.collect(
      'shop',
      source,
      someTools({ signal: ended.signal, progress: () => ended.abort() }),
    );

    await expect(look).rejects.toThrow('shop: the look at MariaDB was ended.');
  });

  test('the password of the connection stands in no section and in no error', async () => {
    const database = aDatabase(
      `CREATE FUNCTION leaks() RETURNS text DETERMINISTIC RETURN '${mariadbPassword}'; CREATE TABLE t (id int COMMENT '${mariadbPassword}')`,
    );

    expect(JSON.stringify(await seen(database))).not.toContain(mariadbPassword);
    const wrong = [
      () => seen(`no ${mariadbPassword}`),
      () => seen(database, { user: mariadbPassword }),
      () => ofMariadb(1, database),
    ];
    for (const look of wrong) {
      const error: unknown = await look().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(`${String(error)} ${JSON.stringify(error, Object.getOwnPropertyNames(error))}`).not.toContain(
        mariadbPassword,
      );
    }
  });

  /** What is told of a database once these statements have run in a copy of it. */
  const toldOf = async (made: string, change: string): Promise<string[]> => {
    const [production, staging] = [aDatabase(made), aDatabase(made)];
    server.run(change, staging);
    return told(differencesOf(await seen(production), await seen(staging)));
  };

  test('a column of json is told once, and what makes it valid goes with it', async () => {
    const made = 'CREATE TABLE t (id int, words json)';

    expect(await toldOf(made, 'ALTER TABLE t ADD more json')).toEqual(['added column t.more']);
    expect(await toldOf(made, 'ALTER TABLE t MODIFY words longtext COLLATE utf8mb4_bin')).toEqual([
      'changed column t.words',
    ]);
  });

  test('the order in which triggers fire is compared, and one more at the end changes none before it', async () => {
    const made = `CREATE TABLE t (a int); CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;
      CREATE TRIGGER y BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 2`;

    expect(await toldOf(made, 'CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 3')).toEqual([
      'added trigger t.z',
    ]);
    expect(
      await toldOf(made, 'CREATE TRIGGER z BEFORE INSERT ON t FOR EACH ROW PRECEDES y SET NEW.a = 3'),
    ).toEqual(['added trigger t.z', 'changed trigger t.y']);
  });

  test('rights on a sequence and those of a role are told as such', async () => {
    server.run(`CREATE USER passes@localhost; CREATE ROLE clerks`);
    const granted = `GRANT SELECT ON s TO passes@localhost; GRANT SELECT ON s TO clerks`;

    expect(await toldOf('CREATE SEQUENCE s', granted)).toEqual([
      `added grant sequence.s.'clerks'`,
      `added grant sequence.s.'passes'@'localhost'`,
    ]);
  });

  test('users and roles of the server are seen with how they sign in and without passwords', async () => {
    const database = aDatabase('');
    const before = await seen(database);
    server.run(
      `CREATE USER locked@localhost IDENTIFIED BY 'secret-of-the-tests' REQUIRE SSL WITH MAX_USER_CONNECTIONS 3 ACCOUNT LOCK;
       CREATE ROLE helpers; GRANT helpers TO locked@localhost; GRANT PROCESS ON *.* TO locked@localhost`,
    );

    const after = await seen(database);

    // What is granted on the whole server comes along with whom it is granted to.
    expect(told(differencesOf(before, after))).toEqual([
      `added role 'helpers'`,
      `added user 'locked'@'localhost'`,
    ]);
    expect(after.things).toContainEqual({
      kind: 'user',
      name: [`'locked'@'localhost'`],
      props: { signsInBy: 'mysql_native_password', tls: 'ANY', locked: true, connections: '3' },
    });
    expect(JSON.stringify(after)).not.toMatch(/secret-of-the-tests|authentication_string|\*[0-9A-F]{40}/u);
  });

  test('a look leaves nothing locked behind', async () => {
    const database = aDatabase('CREATE SEQUENCE s; CREATE TABLE vat (id int PRIMARY KEY)');

    await seen(database, { reference: [{ table: 'vat' }] });

    // Nothing else can run meanwhile, not even what would end the connection.
    server.run('SET lock_wait_timeout = 0; DROP TABLE vat; DROP SEQUENCE s', database);
  });
});
