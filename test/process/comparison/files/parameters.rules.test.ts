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

const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/u);

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

test.each<[string, string, Record<string, unknown[]>]>([
  ['in a bare value', 'A=a#b\nB=#fff\nC=a #b\nD= # why\n', { A: ['a#b'], B: ['#fff'], C: ['a'], D: [''] }],
  ['behind quotes', `A="a#b" # why\nB='#c'\n`, { A: ['a#b'], B: ['#c'] }],
])('a number sign in .env %s is a comment only behind a space', (_, text, expected) => {
  expect(read('env', text)).toEqual(expected);
});

test('what may be a comment to one program and a value to another stays in an INI value', () => {
  const text = 'url=http://a/#/b\ncolour=#fff\nconn=Server=a;Database=b\nname="a;b" ; why\n';
  expect(read('ini', text)).toEqual({
    url: ['http://a/#/b'],
    colour: ['#fff'],
    conn: ['Server=a;Database=b'],
    name: ['a;b'],
  });
});

test('INI is read with colons, comments behind sections, and values over several lines under their key', () => {
  const text =
    '[db] ; why\nhost: a\nkey =\n    MIIEpAIB\n    AAKCAQ==\nport=1\n  user=b\n[remote "a.b"]\nurl=c\n';
  expect(read('ini', text)).toEqual({
    'db/host': ['a'],
    'db/key': ['', 'MIIEpAIB', 'AAKCAQ=='],
    'db/port': ['1'],
    'db/user': ['b'],
    'remote "a.b"/url': ['c'],
  });
});

test('what stands in a list is known by its own name, wherever it stands', () => {
  const env = [
    { name: 'HOST', value: 'a' },
    { name: 'PORT', value: '1' },
  ];
  const expected = { 'env/HOST/value': ['a'], 'env/PORT/value': ['1'] };
  expect(read('json', JSON.stringify({ env }))).toEqual(expected);
  expect(read('json', JSON.stringify({ env: env.toReversed() }))).toEqual(expected);
  expect(read('yaml', stringifyYaml({ env }))).toEqual(expected);
  expect(read('yaml', 'env:\n  - HOST=a\n  - PORT=1=2\n')).toEqual({
    'env/HOST': ['a'],
    'env/PORT': ['1=2'],
  });
  expect(read('toml', '[[env]]\nname="HOST"\nvalue="a"\n')).toEqual({ 'env/HOST/value': ['a'] });
  const twice = '[{"name": "A", "value": 1}, {"name": "A", "value": 2}]';
  expect(Object.keys(read('json', twice))).toEqual(['0/name', '0/value', '1/name', '1/value']);
});

test.each<[Format, string]>([
  ['json', '{"__proto__": "x", "constructor": "y"}'],
  ['yaml', '__proto__: x\nconstructor: y\n'],
  ['toml', '__proto__ = "x"\nconstructor = "y"\n'],
  ['ini', '__proto__=x\nconstructor=y\n'],
  ['properties', '__proto__=x\nconstructor=y\n'],
])('keys in %s that mean something to JavaScript are keys like others', (format, text) => {
  const found = parseParameters(format, text).map(({ path: [key], value }) => [key, value]);
  expect(found).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});

test.each<[Format, string]>([
  ['env', 'A=1\n__proto__=x\n'],
  ['xml', '<a><__proto__>x</__proto__></a>'],
])('%s that cannot hold such a key is refused, and loses nothing in silence', (format, text) => {
  expect(() => parseParameters(format, text)).toThrow();
});

test('white space counts in a value of XML, and not between elements', () => {
  const text = '<a>\n  <add key="k" value="x "/>\n  <p> y</p>\n  <q>\n  </q>\n</a>';
  expect(read('xml', text)).toEqual({ 'a/k': ['x '], 'a/p': [' y'], 'a/q': ['group'] });
});

test('a key beside a name is a value, and no name', () => {
  const text = '<a><add name="files" key="hunter2"/><storage name="b" key="c"/></a>';
  expect(read('xml', text)).toEqual({ 'a/files/key': ['hunter2'], 'a/storage b/key': ['c'] });
});

test('an XML entity is not followed, neither into a file nor into ever more of them', () => {
  expect(() =>
    parseParameters('xml', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'),
  ).toThrow();
  const levels = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`);
  const text = `<!DOCTYPE a [<!ENTITY e0 "x">${levels.join('')}]><a>&e9;</a>`;
  expect(JSON.stringify(parseParameters('xml', text)).length).toBeLessThan(10_000);
});

test('groups that take over from ever more groups are refused', () => {
  const levels = Array.from(
    { length: 15 },
    (_, at) => `l${at + 1}: &l${at + 1}\n  <<: [${`*l${at},`.repeat(10)}]`,
  );
  expect(() => parseParameters('yaml', `l0: &l0\n  a: 1\n${levels.join('\n')}\n`)).toThrow('more than');
});

test('a file that goes round in circles, or into endless depth, is refused', () => {
  expect(() => parseParameters('yaml', 'a: &a [*a]\n')).toThrow('nested more than');
  for (const format of ['json', 'yaml', 'toml'] as const) {
    const start = format === 'toml' ? 'a = ' : '';
    expect(() => parseParameters(format, `${start}${'['.repeat(20_000)}`)).toThrow();
  }
  expect(() => parseParameters('env', `A=1${'\n'.repeat(500_000)}B=2`)).toThrow('in a row');
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
