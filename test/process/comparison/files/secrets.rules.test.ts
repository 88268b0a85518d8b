import { expect, test } from '@jest/globals';
import { isSecret, secretPatterns, secretsBy } from '../../../../src/process/comparison/secrets.js';

test.each([
  'password',
  'DB_PASSWORD',
  'dbPasswd',
  'smtp.pwd',
  'apiKey',
  'API_KEY',
  'client-secret',
  'accessToken',
  'AWS_SECRET_ACCESS_KEY',
  'machineKey.validationKey',
  'PRIVATEKEY',
  'Stripe:WebhookKey',
])('a value named %s is a secret', (name) => {
  expect(isSecret(name, 'anything at all')).toBe(true);
});

test.each([
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
  ['a web token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
  ['an AWS key', 'AKIAIOSFODNN7EXAMPLE'],
  ['a Slack token', 'xoxb-1234-5678-abcdef'],
  ['a URL with a password', 'postgres://acme:hunter2@db/acme'],
  ['a URL with a password and no user', 'redis://:hunter2@cache:6379'],
  ['a URL with a password that is written wrongly', 'postgres://acme:hun/ter2@db/acme'],
  ['a URL with a token', 'https://hooks.example/x?token=abc123'],
  ['a connection string', 'Server=db1;User Id=acme;Password=hunter2;'],
  ['a storage account', 'DefaultEndpointsProtocol=https;AccountKey=abc+/=='],
  ['a hash', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a hashed password', '$2b$10$N9qo8uLOickgx2ZMRZoMye'],
  ['an assignment in a list', 'POSTGRES_PASSWORD=hunter2'],
  ['an option of a program', '-Xmx1g -Dspring.datasource.password=hunter2'],
  ['an option with its value behind it', 'backup --db-password hunter2 --to /srv'],
  ['JSON in a value', '{"host": "db", "dbPassword": "hunter2"}'],
  ['what is too long to be looked through', 'word '.repeat(60_000)],
  ['what was drawn by chance', 'kJ8sd9FhQ2mZx71LpWqRt5Yb'],
])('%s is a secret whatever its name', (_, value) => {
  expect(isSecret('setting', value)).toBe(true);
});

test.each([
  ['timeout', '30'],
  ['keyboard', 'uk'],
  ['compass', 'north'],
  ['passenger.limit', '4'],
  ['url', 'https://acme.example/path?page=2'],
  ['registry', 'http://acme.example:4873/@acme/site'],
  ['connection', 'Server=db1;Database=acme;Integrated Security=true'],
  ['assembly', 'System.Web, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b03f5f7f11d50a3a'],
  ['assemblyIdentity.publicKeyToken', 'b03f5f7f11d50a3a'],
  ['options', '--host db --password'],
  ['password', ''],
  ['requirePassword', 'true'],
  ['primaryKey', 'id'],
])('%s = %s is no secret', (name, value) => {
  expect(isSecret(name, value)).toBe(false);
});

test('patterns can be added, and names opened, but never a value that looks like a secret', () => {
  const decide = secretsBy(
    secretPatterns.parse({ names: ['licen[cs]e'], values: ['^acme-'], open: ['tokenLifetime'] }),
  );
  expect(decide('License', 'x')).toBe(true);
  expect(decide('plain', 'acme-1')).toBe(true);
  expect(decide('tokenLifetime', '3600')).toBe(false);
  expect(decide('options', '--tokenLifetime=3600')).toBe(false);
  expect(decide('tokenLifetime', 'xoxb-1234-5678-abcdef')).toBe(true);
});

test.each([
  ['schemes', 'a-'],
  ['addresses', 'a://b'],
  ['words', 'password'],
  ['web tokens', 'eyJaaaaaa-'],
  ['assignments', 'a='],
  ['options', ' --a'],
])('a long value of %s without end is looked through in bounded time', (_, part) => {
  const before = performance.now();
  isSecret('setting', part.repeat(Math.floor(260_000 / part.length)));
  // A bound on the shape of the patterns, not on the machine: a square would take minutes.
  expect(performance.now() - before).toBeLessThan(20_000);
});

test('a pattern that is none is refused', () => {
  expect(secretPatterns.safeParse({ names: ['('] }).success).toBe(false);
});
