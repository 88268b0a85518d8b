import { expect, test } from '@jest/globals';
import { reachedBy } from '../../../../src/process/comparison/collectors/databases/connection.js';
import { secretsOf } from '../../../../src/process/comparison/collectors/databases/credentials.js';
import { postgresqlSource } from '../../../../src/process/comparison/collectors/postgresql/source.js';

// How slipway.yaml names a variable.
const inBraces = (name: string): string => `\${${name}}`;
const environment = {
  PASSWORD: 'p@ss/word:1',
  WHOLE: 'postgresql://me:s3cret-s3cret@db:5555/shop?sslmode=require',
};
const reached = (source: object) => {
  const secrets = secretsOf('shop', environment);
  return { ...reachedBy('shop', postgresqlSource.parse(source), 5432, secrets), held: secrets.held() };
};

test('a password is named in an address and taken from the environment, whatever characters it has', () => {
  expect(reached({ url: `postgresql://slipway:${inBraces('PASSWORD')}@db.acme.test/shop` })).toMatchObject({
    host: 'db.acme.test',
    port: 5432,
    database: 'shop',
    user: 'slipway',
    password: 'p@ss/word:1',
    tls: 'verified',
    held: expect.arrayContaining(['p@ss/word:1']),
  });
});

test('an address may come from the environment as a whole', () => {
  for (const url of [{ env: 'WHOLE' }, inBraces('WHOLE')])
    expect(reached({ url })).toMatchObject({
      host: 'db',
      port: 5555,
      password: 's3cret-s3cret',
      tls: 'unverified',
    });
});

test('what stands beside the address wins over what stands in it', () => {
  expect(
    reached({ url: { env: 'WHOLE' }, password: { env: 'PASSWORD' }, database: 'other', tls: 'verified' }),
  ).toMatchObject({
    database: 'other',
    password: 'p@ss/word:1',
    tls: 'verified',
  });
});

test('a server on this machine needs no encryption, another is verified unless somebody says otherwise', () => {
  const tls = (host: string): string => reached({ host, database: 'shop' }).tls;
  expect(['localhost', '127.0.0.1', '::1', '/run/postgresql'].map(tls)).toEqual(['off', 'off', 'off', 'off']);
  expect(['db.acme.test', '10.0.0.7', '127.acme.test'].map(tls)).toEqual([
    'verified',
    'verified',
    'verified',
  ]);
});

test('a password that is written out is refused, and not repeated', () => {
  for (const source of [
    { url: 'postgresql://me:written-out@db/shop' },
    { host: 'db', database: 'shop', password: 'written-out' },
    { host: 'db', database: 'shop', password: `x${inBraces('PASSWORD')}` },
  ]) {
    const { success, error } = postgresqlSource.safeParse(source);
    expect(success).toBe(false);
    expect(error?.message).not.toContain('written-out');
    expect(error?.message).toMatch(/environment variable/u);
  }
});

test('a variable that is not set is named', () => {
  expect(() => reached({ host: 'db', database: 'shop', password: { env: 'NOWHERE' } })).toThrow(
    'shop: the environment variable NOWHERE is not set.',
  );
});

test('an address that cannot be read is not repeated', () => {
  const secrets = secretsOf('shop', { WHOLE: 'not an address with s3cret' });
  const read = (): unknown => reachedBy('shop', { url: { env: 'WHOLE' } }, 5432, secrets);
  expect(read).toThrow(/is not an address/u);
  expect(read).not.toThrow(/s3cret/u);
});

test('a source needs an address or a host, and not both', () => {
  expect(postgresqlSource.safeParse({ database: 'shop' }).success).toBe(false);
  expect(postgresqlSource.safeParse({ url: { env: 'WHOLE' }, host: 'db' }).success).toBe(false);
  expect(postgresqlSource.safeParse({ url: { env: 'WHOLE' }, spelt: 'wrong' }).success).toBe(false);
});
