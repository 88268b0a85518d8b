import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  parametersCollector,
  parametersSource,
} from '../../../../src/process/comparison/collectors/parameters.js';
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
