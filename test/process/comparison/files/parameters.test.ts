import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parametersSource } from '../../../../src/process/comparison/collectors/parameters/source.js';
import { parameterThings } from '../../../../src/process/comparison/collectors/parameters/things.js';
import { parametersCollector } from '../../../../src/process/comparison/collectors/parameters.js';
import type { Section } from '../../../../src/process/comparison/snapshot.js';
import { aFolder, someTools, thingIn } from './given.js';

function look(folder: string, files: readonly string[], more: object = {}): Promise<Section> {
  return parametersCollector.collect(
    'settings',
    parametersSource.parse({ folder, files, ...more }),
    someTools(),
  );
}

test('parameters are told key by key, under their file', async () => {
  const folder = aFolder();
  mkdirSync(join(folder, 'config'));
  writeFileSync(join(folder, 'config', 'app.json'), '{"mail": {"host": "mail.acme.example", "port": 25}}');
  writeFileSync(join(folder, 'unrelated.json'), '{"a": 1}');

  const section = await look(folder, ['config/*.json']);

  const parent = { kind: 'parameter', name: ['config/app.json'] };
  expect(section).toMatchObject({ source: 'settings', collector: 'parameters', subject: `folder ${folder}` });
  expect(section.blind).toEqual([]);
  expect(section.things).toEqual([
    { ...parent, props: { format: 'json' } },
    {
      kind: 'parameter',
      name: ['config/app.json', 'mail', 'host'],
      parent,
      props: { value: 'mail.acme.example' },
    },
    { kind: 'parameter', name: ['config/app.json', 'mail', 'port'], parent, props: { value: 25 } },
  ]);
});

test('secrets are told as hashes that differ when they do, and can never be read', async () => {
  const secrets = ['hunter2', 'swordfish', 'xoxb-111-222-abcdef', 'opensesame', 'AKIAIOSFODNN7EXAMPLE'];
  const write = (password: string): string => {
    const folder = aFolder();
    writeFileSync(
      join(folder, '.env'),
      `DB_PASSWORD=${password}\nURL=postgres://acme:swordfish@db/acme\nHOST=db\nBOT=xoxb-111-222-abcdef\n`,
    );
    writeFileSync(
      join(folder, 'web.config'),
      `<configuration><connectionStrings><add name="Main" connectionString="Server=db;Pwd=opensesame"/></connectionStrings>` +
        `<appSettings><add key="AKIAIOSFODNN7EXAMPLE" value="1"/></appSettings></configuration>`,
    );
    return folder;
  };
  const files = ['.env', 'web.config'];
  const [one, same, other] = await Promise.all([
    look(write('hunter2'), files),
    look(write('hunter2'), files),
    look(write('hunter3'), files),
  ]);

  const value = (section: Section, key: string) => thingIn(section, '.env', key)?.props['value'];
  expect(value(one, 'DB_PASSWORD')).toEqual({ secret: expect.stringMatching(/^[0-9a-f]{64}$/u) });
  expect(value(one, 'DB_PASSWORD')).toEqual(value(same, 'DB_PASSWORD'));
  expect(value(one, 'DB_PASSWORD')).not.toEqual(value(other, 'DB_PASSWORD'));
  expect(value(one, 'HOST')).toBe('db');
  for (const secret of secrets) expect(JSON.stringify([one, same, other])).not.toContain(secret);
});

test('what may be told of a connection stays visible, and its password does not', async () => {
  const write = (host: string, password: string): string => {
    const folder = aFolder();
    writeFileSync(
      join(folder, 'app.json'),
      JSON.stringify({
        main: `Server=${host};User Id=acme;Password=${password};Odd=inner`,
        url: `postgresql://acme:${password}@${host}:5432/shop?sslmode=require`,
        odd: `Server=${host};Password='${password}'`,
        web: `https://apikey:${password}@${host}/v1`,
        dsn: `postgresql://acme:${password}@${host}/shop`,
      }),
    );
    return folder;
  };
  const told = async (host: string, password: string) => {
    const section = await look(write(host, password), ['app.json']);
    expect(JSON.stringify(section)).not.toContain(password);
    return (key: string) => thingIn(section, 'app.json', key)?.props;
  };
  const [one, moved, renewed] = [
    await told('db1', 'hunter2'),
    await told('db2', 'hunter2'),
    await told('db1', 'swordfish'),
  ];

  expect(one('main')?.['open part']).toBe('Server=db1;User Id=acme;Password=…;Odd=…');
  expect(one('url')?.['open part']).toBe('postgresql://acme:…@db1:5432/shop');
  expect(one('web')?.['open part']).toBe('https://…:…@db1/v1');
  expect(one('odd')).not.toHaveProperty('open part'); // where a value ends in quotes is not certain
  expect(one('dsn')).not.toHaveProperty('open part'); // its name says that all of it is secret
  expect(moved('url')?.['open part']).toBe('postgresql://acme:…@db2:5432/shop');
  expect(renewed('main')?.['open part']).toBe(one('main')?.['open part']);
  expect(renewed('main')?.['value']).not.toEqual(one('main')?.['value']);
});

test('whatever the password, it is never told', () => {
  const character = fc.constantFrom(...`ABxyz019;=:/@?&#%'"{}\\.,-_`.split(''));
  const password = fc.array(character, { minLength: 4, maxLength: 14 }).map((parts) => `Zq${parts.join('')}`);
  fc.assert(
    fc.property(password, (secret) => {
      const values = [
        `Server=db;User Id=acme;Password=${secret};Timeout=30`,
        `Server=db;Pwd=${secret}`,
        `postgres://acme:${secret}@db:5432/shop`,
        `redis://:${secret}@cache`,
        `--host db --password=${secret}`,
      ];
      for (const value of values) {
        const things = parameterThings('a.json', 'json', [{ path: ['x'], value }], someTools());
        expect(JSON.stringify(things)).not.toContain(JSON.stringify(secret).slice(1, -1));
      }
    }),
    { numRuns: 500 },
  );
});

test('a password in a list of names and values, or of assignments, is known as one', async () => {
  const folder = aFolder();
  writeFileSync(
    join(folder, 'compose.yaml'),
    'a:\n  - name: DB_PASSWORD\n    value: hunter2\n  - name: PORT\n    value: 80\n' +
      'b:\n  - POSTGRES_PASSWORD=hunter2\n  - PORT=80\nc:\n  - POSTGRES_PASSWORD=hunter2\n  - 80\n',
  );
  writeFileSync(join(folder, 'secrets.yaml'), 'data:\n  first: hunter2\n');
  writeFileSync(join(folder, 'web.config'), '<c><user id="kJ8sd9FhQ2mZx71LpWqRt5Yb" role="x"/></c>');
  writeFileSync(join(folder, 'a.ini'), 'password =\n  hunter2\ndb_pass: hunter2\n');

  const section = await look(folder, ['*']);

  expect(section.blind).toEqual([]);
  expect(JSON.stringify(section)).not.toMatch(/hunter2|kJ8sd9FhQ2mZx71LpWqRt5Yb/u);
  expect(thingIn(section, 'compose.yaml', 'b', 'PORT')?.props).toEqual({ value: '80' });
});

test('a file that is too large for parameters is blind, and not read', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'large.json'), `{"a": "${'x'.repeat(2 ** 20)}"}`);
  const section = await look(folder, ['*.json']);
  expect(section).toMatchObject({ things: [], blind: [{ name: ['large.json'] }] });
});

test('a collection that is ended gives no section', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, '.env'), 'A=1\n');
  const signal = AbortSignal.abort(new Error('ended'));
  const source = parametersSource.parse({ folder, files: ['.env'] });
  await expect(parametersCollector.collect('x', source, someTools({ signal }))).rejects.toThrow('ended');
});

test('the hashes of secrets depend on the key', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, '.env'), 'PASSWORD=hunter2\n');
  const source = parametersSource.parse({ folder, files: ['.env'] });
  const by = async (secretKey: string) =>
    thingIn(await parametersCollector.collect('x', source, someTools({ secretKey })), '.env', 'PASSWORD');
  expect(await by('one')).not.toEqual(await by('another'));
  await expect(by('')).rejects.toThrow('x: the key that stands for secrets is not set.');
});

test('a key that is given twice keeps both values', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, '.env'), 'PORT=1\nPORT=2\n');
  const section = await look(folder, ['.env']);
  expect(thingIn(section, '.env', 'PORT')?.props).toEqual({ value: '1', 'value 2': '2' });
});

test('a file that cannot be parsed is blind with its line, and never quoted', async () => {
  const folder = aFolder();
  const broken: Record<string, string> = {
    'a.json': '{"password": "hunter2"\n"x" }',
    'b.yaml': 'password: hunter2\n  bad: [hunter2\n',
    'c.toml': 'password = "hunter2"\npassword = "hunter2"\n',
    'd.xml': '<a>\n<password>hunter2</a>',
    'e.ini': 'password=hunter2\n[hunter2\n',
    '.env': 'PASSWORD=hunter2\nhunter2 hunter2\n',
    'latin.json': Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'),
    'plain.conf': 'hunter2',
  };
  for (const [name, text] of Object.entries(broken)) writeFileSync(join(folder, name), text, 'latin1');

  const section = await look(folder, ['**']);

  expect(section.things).toEqual([]);
  expect(section.blind).toEqual([
    { name: ['.env'], why: 'line 2 is not valid .env' },
    { name: ['a.json'], why: 'line 2 is not valid JSON' },
    { name: ['b.yaml'], why: expect.stringMatching(/^line \d is not valid YAML$/u) },
    { name: ['c.toml'], why: 'line 2 is not valid TOML' },
    { name: ['d.xml'], why: 'line 2 is not valid XML' },
    { name: ['e.ini'], why: 'line 2 is not valid INI' },
    { name: ['latin.json'], why: 'it is not UTF-8 text' },
    { name: ['plain.conf'], why: 'its name does not tell its format; say it under `formats`' },
  ]);
  expect(JSON.stringify(section)).not.toContain('hunter2');
});

test('a file whose name does not tell can be given a format', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'site.conf'), '[web]\nport=80\n');
  const section = await look(folder, ['*.conf'], { formats: { 'site.conf': 'ini' } });
  expect(thingIn(section, 'site.conf', 'web', 'port')?.props).toEqual({ value: '80' });
});

test('files in UTF-16 and with byte order marks are read as what they are', async () => {
  const folder = aFolder();
  const text = '<?xml version="1.0" encoding="utf-16"?><c><add key="Name" value="größe"/></c>';
  writeFileSync(join(folder, 'web.config'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
  writeFileSync(join(folder, 'a.json'), '\uFEFF{"name": "größe"}');
  writeFileSync(
    join(folder, 'l.xml'),
    '<?xml version="1.0" encoding="ISO-8859-1"?><c><n>gr\xf6\xdfe</n></c>',
    'latin1',
  );
  const section = await look(folder, ['*']);
  expect(section.blind).toEqual([]);
  const names = [thingIn(section, 'web.config', 'c', 'Name'), thingIn(section, 'a.json', 'name')];
  expect([...names, thingIn(section, 'l.xml', 'c', 'n')].map((thing) => thing?.props['value'])).toEqual([
    'größe',
    'größe',
    'größe',
  ]);
});

test('a link to a file is read; one that leads nowhere, or to a folder, is blind', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'shared.env'), 'A=1\n');
  symlinkSync('shared.env', join(folder, '.env'));
  symlinkSync('nowhere', join(folder, '.env.gone'));
  symlinkSync('.', join(folder, 'loop'));
  const section = await look(folder, ['.env*', 'loop/**']);
  expect(thingIn(section, '.env', 'A')?.props).toEqual({ value: '1' });
  expect(section.blind.map(({ name }) => name)).toEqual([['.env.gone'], ['loop']]);
});

test('a source that finds no file at all sees nothing, rather than nothing different', async () => {
  const section = await look(aFolder(), ['.env']);
  expect(section).toMatchObject({ things: [], blind: [{ name: [], why: 'no file is named .env' }] });
  await expect(look('/nowhere/at/all', ['.env'])).rejects.toThrow(
    'settings: folder /nowhere/at/all cannot be opened: it does not exist.',
  );
});
