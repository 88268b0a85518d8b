import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify as stringifyYaml } from 'yaml';
import { chosenBy } from '../../../../src/process/comparison/collectors/parameters/chosen.js';
import {
  type Format,
  formatOf,
  parseParameters,
} from '../../../../src/process/comparison/collectors/parameters/formats.js';

/** Values by their dotted paths, each in a list as often as it is given. */
function read(format: Format, text: string): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (const { path, value } of parseParameters(format, text)) {
    const key = path.join('/');
    found[key] = [...(found[key] ?? []), value];
  }
  return found;
}

test('.env is read with quotes, exports, comments and values over several lines', () => {
  const text = `# comment\nPORT=8080\nexport NAME='Acme Ltd' # here too\nTEXT="one\nFAKE=two"\nEMPTY=\n`;
  expect(read('env', text)).toEqual({
    PORT: ['8080'],
    NAME: ['Acme Ltd'],
    TEXT: ['one\nFAKE=two'],
    EMPTY: [''],
  });
});

test('JSON is read with comments, and numbers as they are written when they would change', () => {
  const text = '{ // why\n "a": {"b": [1, "1", true, null]}, "big": 12345678901234567890, "none": {}, }';
  expect(read('json', text)).toEqual({
    'a/b/0': [1],
    'a/b/1': ['1'],
    'a/b/2': [true],
    'a/b/3': [null],
    big: ['12345678901234567890'],
    none: ['group'],
  });
});

test('YAML is read with aliases and merged groups, whose own keys win', () => {
  const text = 'base: &base\n  host: a\n  port: 1\nlive:\n  <<: *base\n  port: 2\nagain: *base\n';
  expect(read('yaml', text)).toMatchObject({
    'live/host': ['a'],
    'live/port': [2],
    'again/port': [1],
  });
});

test('several YAML documents in a file are told apart', () => {
  expect(read('yaml', 'a: 1\n---\na: 2\n')).toEqual({ 'document 1/a': [1], 'document 2/a': [2] });
});

test('TOML is read with its tables, dates and large numbers', () => {
  const text = '[a.b]\nwhen = 2026-03-03\nlist = [1, 2]\nlarge = 9223372036854775807\n';
  expect(read('toml', text)).toEqual({
    'a/b/when': ['2026-03-03'],
    'a/b/list/0': [1],
    'a/b/list/1': [2],
    'a/b/large': ['9223372036854775807'],
  });
});

test('INI is read with its sections', () => {
  expect(read('ini', '; why\ntop=1\n[web.site]\nname = "a;b"\nflag\n')).toEqual({
    top: ['1'],
    'web/site/name': ['a;b'],
    'web/site/flag': [true],
  });
});

test('properties are read with continued lines, and keys keep their dots', () => {
  expect(read('properties', 'a.b = one \\\n  two\n! why\nc:3\n')).toEqual({ 'a.b': ['one two'], c: ['3'] });
});

test('web.config is read by keys and names, wherever they stand', () => {
  const add = ['<add key="Timeout" value="30"/>', '<add key="Mode" value="live"/>'];
  const endpoints = [
    '<endpoint name="Billing" address="http://a/"/>',
    '<endpoint name="Mail" address="http://b/"/>',
  ];
  const file = (one: string[], other: string[]): string =>
    `<?xml version="1.0"?><configuration><appSettings>${one.join('')}</appSettings>` +
    `<connectionStrings><add name="Main" connectionString="Server=db1" providerName="sql"/></connectionStrings>` +
    `<system.serviceModel><client>${other.join('')}</client></system.serviceModel></configuration>`;
  const found = read('xml', file(add, endpoints));
  expect(found).toEqual({
    'configuration/appSettings/Timeout': ['30'],
    'configuration/appSettings/Mode': ['live'],
    'configuration/connectionStrings/Main/connectionString': ['Server=db1'],
    'configuration/connectionStrings/Main/providerName': ['sql'],
    'configuration/system.serviceModel/client/endpoint Billing/address': ['http://a/'],
    'configuration/system.serviceModel/client/endpoint Mail/address': ['http://b/'],
  });
  expect(read('xml', file(add.toReversed(), endpoints.toReversed()))).toEqual(found);
});

test.each<[Format, string, string]>([
  ['env', 'A=1\nA=2\n', 'A'],
  ['json', '{"A": "1", "A": "2"}', 'A'],
  ['yaml', 'A: "1"\nA: "2"\n', 'A'],
  ['ini', '[s]\nA=1\n[t]\n[s]\nA=2\n', 's/A'],
  ['properties', 'A=1\nA=2\n', 'A'],
  ['xml', '<c><add key="A" value="1"/><add key="A" value="2"/></c>', 'c/A'],
])('a key that is given twice in %s is told with both its values', (format, text, key) => {
  expect(read(format, text)[key]).toEqual(['1', '2']);
});

test.each<[Format, string, number]>([
  ['env', 'A=1\nwhat is this\n', 2],
  ['json', '{"A": 1,\n"B" 2}', 2],
  ['yaml', 'a: 1\nb: [1\nc: 2\n', 3],
  ['toml', 'a = 1\na = 2\n', 2],
  ['ini', 'a=1\n[open\n', 2],
  ['xml', '<a>\n<b></a>', 2],
])('what is not valid %s is refused with the line', (format, text, line) => {
  expect(() => parseParameters(format, text)).toThrow(`line ${line} is not valid`);
});

test('a small file that unfolds into an endless one is refused', () => {
  const levels = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at},`.repeat(10)}]`);
  expect(() => parseParameters('yaml', `l0: &l0 [a,a,a,a,a,a,a,a,a,a]\n${levels.join('\n')}`)).toThrow(
    'more than',
  );
});

const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/u).filter((one) => one !== '__proto__');

test('whatever is written in JSON and YAML is found again, each value under its key', () => {
  const value = fc.oneof(fc.string({ maxLength: 12 }), fc.integer(), fc.boolean(), fc.constant(null));
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1 }), (given) => {
      const expected = Object.fromEntries(Object.entries(given).map(([name, one]) => [name, [one]]));
      expect(read('json', JSON.stringify(given, null, 2))).toEqual(expected);
      expect(read('yaml', stringifyYaml(given))).toEqual(expected);
    }),
  );
});

test('whatever is written in .env, INI and properties is found again as often as it is given', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,10}[A-Za-z0-9]$/u);
  fc.assert(
    fc.property(fc.array(fc.tuple(key, word), { minLength: 1, maxLength: 12 }), (pairs) => {
      const expected: Record<string, string[]> = {};
      for (const [name, value] of pairs) expected[name] = [...(expected[name] ?? []), value];
      const text = pairs.map(([name, value]) => `${name}=${value}\n`).join('');
      for (const format of ['env', 'ini', 'properties'] as const)
        expect(read(format, text)).toEqual(expected);
    }),
  );
});

test('names tell the format', () => {
  expect(['.env', 'a/.env.local', 'Web.config', 'a.YML', 'x.conf'].map(formatOf)).toEqual([
    'env',
    'env',
    'xml',
    'yaml',
    undefined,
  ]);
});

test('only folders that may hold a chosen file are opened', () => {
  const { matches, mayHold } = chosenBy(['.env', 'config/*.json', 'sites/**/web.config']);
  expect(
    ['.env', 'config/a.json', 'sites/a/b/web.config', 'config/deep/a.json', 'a/.env'].map(matches),
  ).toEqual([true, true, true, false, false]);
  expect(['config', 'sites/a/b', 'node_modules', 'config/deep'].map(mayHold)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
