import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { filesSource } from '../../../../src/process/comparison/collectors/files/source.js';
import { parametersSource } from '../../../../src/process/comparison/collectors/parameters/source.js';
import { parametersCollector } from '../../../../src/process/comparison/collectors/parameters.js';
import type { Section } from '../../../../src/process/comparison/snapshot.js';
import { aFolder, falsify, sectionOf, sha256, someTools, thingIn, untilOld } from './given.js';
import { aDll, aJar } from './libraries.js';
import { aWay, hasSshServer, type SshServer, startSshServer } from './ssh-server.js';

/** How slipway.yaml names a variable of the environment. */
const named = (variable: string): string => `\${${variable}}`;
// Each command starts the user's own shell, which may take seconds to read its settings.
jest.setTimeout(180_000);
const servers = hasSshServer ? describe : describe.skip;

/** A tree with one of everything that goes through either way. */
function aTree(): string {
  const folder = aFolder();
  mkdirSync(join(folder, 'bin', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'bin', 'run.sh'), 'echo', { mode: 0o750 });
  writeFileSync(join(folder, 'bin', 'deep', "it's größe\nhere"), 'odd');
  writeFileSync(join(folder, 'bin', 'billing.dll'), aDll('4.2.0.0'));
  writeFileSync(join(folder, 'billing.jar'), aJar('4.2'));
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'skipped.log'), 'x');
  writeFileSync(join(folder, 'large'), Buffer.alloc(3_000_000, 'a'));
  symlinkSync('bin/run.sh', join(folder, 'start'));
  symlinkSync('..', join(folder, 'bin', 'up'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  return folder;
}

servers.each([
  ['that runs commands', true],
  ['that allows nothing but SFTP', false],
])('a server %s (needs sshd: apt-get install openssh-server)', (_, commands) => {
  let keys: string;
  let server: SshServer;
  beforeAll(async () => {
    keys = mkdtempSync(join(tmpdir(), 'slipway-ssh-'));
    server = await startSshServer(keys, { commands });
    process.env['ACME_SSH_KEY'] = server.privateKey;
  });
  afterAll(async () => {
    delete process.env['ACME_SSH_KEY'];
    await server?.stop();
    rmSync(keys, { recursive: true });
  });

  const sftp = (more: object = {}): object => ({
    ...{ host: '127.0.0.1', port: server.port, user: server.user, hostKey: server.hostKey },
    privateKey: { env: 'ACME_SSH_KEY' },
    ...more,
  });
  const look = (folder: string, more: object = {}, tools: object = {}): Promise<Section> =>
    sectionOf(folder, { sftp: sftp(), ignore: ['*.log'], ...more }, tools);

  test('a folder is told there just as it would be told here', async () => {
    const folder = aTree();
    const here = await sectionOf(folder, { ignore: ['*.log'] });

    const there = await look(folder);

    expect(there.things).toEqual(here.things);
    expect(there.blind).toEqual([]);
    expect(there.subject).toBe(`folder ${folder} on 127.0.0.1`);
    expect(thingIn(there, 'bin', 'billing.dll')?.props['version']).toBe('4.2.0.0');
  });

  test('a name that is no text is told or blind, and never lost', async () => {
    const folder = aFolder();
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([0xff])]), 'odd');
    const section = await look(folder);
    if (commands) expect(thingIn(section, 'a%FF')?.props['sha256']).toBe(sha256('odd'));
    else expect(section.blind[0]?.why).toContain('not UTF-8');
  });

  test('a folder of parameters whose name is no text is blind, and never lost', async () => {
    const folder = aFolder();
    const odd = Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([0xff])]);
    mkdirSync(odd);
    writeFileSync(Buffer.concat([odd, Buffer.from('/.env')]), 'A=1\n');
    const source = parametersSource.parse({ folder, sftp: sftp(), files: ['**/.env'] });
    const section = await parametersCollector.collect('settings', source, someTools());
    expect(section.blind[0]?.why).toContain('not UTF-8');
  });

  test('what is remembered is believed where the server tells enough to know a file again, and not elsewhere', async () => {
    const folder = aFolder();
    const cacheFolder = aFolder();
    writeFileSync(join(folder, 'file'), 'content');
    await untilOld(join(folder, 'file'), 3_200); // the far side tells its time in whole seconds
    await look(folder, {}, { cacheFolder });
    if (!commands) {
      expect(readdirSync(cacheFolder)).toEqual([]);
      return;
    }
    falsify(cacheFolder, sha256('content'), sha256('false'));
    const believed = await look(folder, {}, { cacheFolder });
    const writtenAt = Date.now();
    writeFileSync(join(folder, 'file'), 'CONTENT');
    const changed = await look(folder, {}, { cacheFolder });
    // A busy machine may have looked only when the file was old enough to be remembered.
    const isYoung = Date.now() - writtenAt < 1_500;
    falsify(cacheFolder, sha256('CONTENT'), sha256('false'));
    const young = await look(folder, {}, { cacheFolder });

    const told = (section: Section): unknown => thingIn(section, 'file')?.props['sha256'];
    expect([told(believed), told(changed)]).toEqual([sha256('false'), sha256('CONTENT')]);
    if (isYoung) expect(told(young)).toBe(sha256('CONTENT'));
    expect(thingIn(believed, 'file')?.props['owner']).toBe(thingIn(changed, 'file')?.props['owner']);
  });

  test('parameters are read there', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, '.env'), 'PASSWORD=hunter2\nPORT=80\n');
    writeFileSync(join(folder, 'config', 'a.yaml'), 'a: [1\n');
    symlinkSync('.env', join(folder, '.env.local'));
    const source = parametersSource.parse({ folder, sftp: sftp(), files: ['.env*', 'config/*.yaml'] });

    const section = await parametersCollector.collect('settings', source, someTools());

    expect(thingIn(section, '.env.local', 'PORT')?.props).toEqual({ value: '80' });
    expect(section.blind).toEqual([
      { name: ['config/a.yaml'], why: expect.stringContaining('is not valid YAML') },
    ]);
    expect(JSON.stringify(section)).not.toContain('hunter2');
  });

  test('a folder that is not there gives an error and no section', async () => {
    await expect(look('/nowhere/at/all')).rejects.toThrow(
      /^web: the folder \/nowhere\/at\/all cannot be opened/u,
    );
  });

  test('a server with another key is not believed', async () => {
    const other = `SHA256:${'A'.repeat(43)}`;
    const error = await look(aFolder(), { sftp: sftp({ hostKey: other }) }).catch(String);
    expect(error).toContain('shows another key than configured');
    expect(error).toContain(server.hostKey);
  });

  test('a refusal tells nothing of the credentials', async () => {
    process.env['ACME_SSH_PASSWORD'] = 'correct horse';
    const error = await look(aFolder(), {
      sftp: { ...sftp(), privateKey: undefined, password: { env: 'ACME_SSH_PASSWORD' } },
    }).catch((thrown: Error) => `${thrown.message} ${thrown.stack}`);
    delete process.env['ACME_SSH_PASSWORD'];
    expect(error).toContain('refuses the user or its password or key');
    expect(error).not.toContain('correct horse');
    const missing = await look(aFolder(), { sftp: sftp({ privateKey: named('ACME_NO_SUCH_KEY') }) }).catch(
      String,
    );
    expect(missing).toContain('the environment variable ACME_NO_SUCH_KEY is not set');
  });

  test('a collection that is ended gives no section', async () => {
    const ending = new AbortController();
    const looking = look(aTree(), {}, { signal: ending.signal });
    ending.abort(new Error('ended'));
    await expect(looking).rejects.toThrow('ended');
  });

  test('a connection that is lost midway gives no section and no memory', async () => {
    const cacheFolder = aFolder();
    const folder = aFolder();
    for (let at = 0; at < 300; at += 1) writeFileSync(join(folder, `file-${at}`), String(at));
    const over = async (most: number): Promise<number> => {
      const way = await aWay(server.port, most);
      const tools = { cacheFolder, rehash: true };
      await look(folder, { sftp: sftp({ port: way.port }) }, tools).finally(() => way.stop());
      return way.carried();
    };
    const whole = await over(Number.POSITIVE_INFINITY);
    const remembered = readdirSync(cacheFolder).length;

    for (const share of [0.3, 0.6, 0.95]) {
      await expect(over(whole * share)).rejects.toThrow(/^web: /u);
    }
    expect(readdirSync(cacheFolder)).toHaveLength(remembered);
  });

  test('parameters over a connection that is lost midway are no section, not even a blind one', async () => {
    const folder = aFolder();
    for (let at = 0; at < 30; at += 1) writeFileSync(join(folder, `${at}.env`), `A=${at}\n`);
    const over = async (most: number): Promise<number> => {
      const way = await aWay(server.port, most);
      const source = { folder, files: ['*.env'], sftp: sftp({ port: way.port }) };
      const looking = parametersCollector.collect('settings', parametersSource.parse(source), someTools());
      await looking.finally(() => way.stop());
      return way.carried();
    };
    const whole = await over(Number.POSITIVE_INFINITY);

    for (const share of [0.5, 0.7, 0.95]) {
      await expect(over(whole * share)).rejects.toThrow(/^settings: /u);
    }
  });
});

test('a server needs a fingerprint and something to sign in with, and no secret is written down', () => {
  const server = { host: 'h', user: 'u', hostKey: `SHA256:${'A'.repeat(43)}` };
  const parse = (sftp: object) => filesSource.safeParse({ folder: '/srv', sftp }).success;
  expect(parse({ ...server, password: { env: 'P' } })).toBe(true);
  expect(parse({ ...server, password: named('P') })).toBe(true);
  expect(parse(server)).toBe(false);
  expect(parse({ ...server, password: 'hunter2' })).toBe(false);
  expect(parse({ host: 'h', user: 'u', password: named('P') })).toBe(false);
});
