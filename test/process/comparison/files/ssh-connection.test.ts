import { expect, test } from '@jest/globals';
import { filesSource } from '../../../../src/process/comparison/collectors/files/source.js';
import { filesCollector } from '../../../../src/process/comparison/collectors/files.js';
import { connect } from '../../../../src/process/comparison/collectors/sftp/connection.js';
import { farSideOf } from '../../../../src/process/comparison/collectors/sftp/far-side.js';
import { sftpServer } from '../../../../src/process/comparison/collectors/sftp/server.js';
import { someTools, thingIn } from './given.js';
import { aServerThat, type PlayedServer, password } from './played-server.js';

const never = (): AbortSignal => new AbortController().signal;
const collect = async ({ port, hostKey }: PlayedServer, signal = never(), more: object = {}) => {
  const server = { host: '127.0.0.1', port, user: 'acme', hostKey, password: { env: password } };
  return connect('web', sftpServer.parse({ ...server, ...more }), signal);
};

test.each([
  ['before it says who it is', 0],
  ['while keys are exchanged', 60],
  ['before anybody has signed in', 1_000],
])('a server that hangs up %s gives an error at once', async (_, afterBytes) => {
  const server = await aServerThat({ hangsUpAfter: afterBytes });
  await expect(collect(server)).rejects.toThrow(/^web: 127\.0\.0\.1: .*(?:lost|reset)/iu);
});

test('a server that is not there gives an error', async () => {
  const server = await aServerThat({});
  await server.stop();
  await expect(collect(server)).rejects.toThrow(/^web: 127\.0\.0\.1: .*ECONNREFUSED/u);
});

test('a private key that is none gives an error, and nothing is left waiting for the collection to end', async () => {
  const server = await aServerThat({});
  process.env['ACME_BAD_KEY'] = '-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n';
  const ending = new AbortController();
  const credentials = { password: undefined, privateKey: { env: 'ACME_BAD_KEY' } };
  const error = await collect(server, ending.signal, credentials).catch(String);
  delete process.env['ACME_BAD_KEY'];
  // As for every source once one of them has failed: what waits still would now fail, with nobody to hear it.
  ending.abort(new Error('ended'));
  await new Promise((soon) => setImmediate(soon));
  expect(error).toBe('Error: web: 127.0.0.1: the private key cannot be read; is its passphrase right?');
});

test('a server without SFTP gives an error, and the connection is closed', async () => {
  const server = await aServerThat({ sftp: (_, refuse) => refuse() });
  await expect(collect(server)).rejects.toThrow(/^web: 127\.0\.0\.1: Unable to start subsystem/u);
  await server.isLeft();
});

test('a server whose shell chatters where files were meant to come gives an error', async () => {
  const server = await aServerThat({
    sftp: (accept) => {
      const raw = accept();
      for (let line = 0; line < 50; line += 1) raw.chatter(`Welcome to this server, line ${line}\n`);
    },
  });
  await expect(collect(server)).rejects.toThrow(/^web: 127\.0\.0\.1: /u);
  await server.isLeft();
});

test('a collection is ended while it waits for an answer', async () => {
  const server = await aServerThat({ sftp: (accept) => void accept().sftp() });
  const ending = new AbortController();
  const connection = await collect(server, ending.signal);
  const listing = connection.list('/');
  ending.abort(new Error('ended'));
  await expect(listing).rejects.toThrow('ended');
  await server.isLeft();
});

test('what is under way fails when the server ends the transfer of files and keeps the connection', async () => {
  const server = await aServerThat({
    sftp: (accept) => {
      const files = accept().sftp();
      files.on('OPEN', (id) => files.handle(id, Buffer.from('handle')));
      files.on('READ', () => files.end());
    },
  });
  const connection = await collect(server);
  const parts = connection.content('/etc/hostname')[Symbol.asyncIterator]();
  await expect(parts.next()).rejects.toThrow('web: 127.0.0.1: the server ended the transfer of files.');
  await expect(connection.stat('/')).rejects.toThrow('the server ended the transfer of files');

  await server.isLeft();
});

test('content comes whole from a server that gives less than it was asked for', async () => {
  const content = Buffer.alloc(300_000, 'some content ');
  const server = await aServerThat({
    sftp: (accept) => {
      const files = accept().sftp();
      files.on('OPEN', (id) => files.handle(id, Buffer.from('handle')));
      files.on('READ', (id, _handle, from, length) => {
        if (from >= content.length) files.status(id, 1);
        else files.data(id, content.subarray(from, from + Math.min(length, 9_999)));
      });
      files.on('CLOSE', (id) => files.status(id, 0));
    },
  });
  const connection = await collect(server);
  const parts: Buffer[] = [];
  for await (const part of connection.content('/file')) parts.push(part);
  connection.end();
  expect(Buffer.concat(parts).equals(content)).toBe(true);
});

test('a command that ends before it has read what it is given is told by its code', async () => {
  const server = await aServerThat({
    sftp: (accept) => void accept().sftp(),
    exec: (_, channel) => {
      channel.stderr.write('cd: no such folder\n');
      channel.exit(2);
      channel.end();
      channel.close();
    },
  });
  const connection = await collect(server);
  const much = Array.from({ length: 500 }, () => Buffer.alloc(10_000, 'x'));
  const ran = await connection.run('cd /nowhere && xargs', much);
  connection.end();
  expect(ran).toMatchObject({ code: 2, complaints: 'cd: no such folder\n' });
});

test('a greeting of the far shell is not taken for what was asked', async () => {
  const tree = ['rf', '5', '640', '1700000000.5', '1700000000.5', '7', 'acme', 'www', '', 'file'];
  const server = await aServerThat({
    sftp: (accept) => void accept().sftp(),
    exec: (command, channel) => {
      channel.write('Welcome!\nYou have mail.\n');
      channel.stderr.write('stdin: is not a tty\n');
      if (command.includes('findutils') || command.includes('--version')) {
        channel.write('find (GNU findutils) 4.9\n');
        channel.write('2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 *-\0');
      } else {
        channel.write('\0slipway begins\0');
        channel.stderr.write('\0slipway begins\0find: ./closed: Permission denied\n');
        channel.write(`1700000100\n${tree.join('\0')}\0`);
      }
      channel.exit(1);
      channel.end();
      channel.close();
    },
  });
  const connection = await collect(server);
  const far = await farSideOf('web', connection, '/srv');
  const seen = await far?.walk();
  connection.end();
  expect(seen?.entries.get('file')).toMatchObject({ kind: 'file', size: 5, owner: 'acme' });
  expect(seen?.at).toBe(1_700_000_100_000);
});

test('owners of another machine are told by its own names, and never by who has their number here', async () => {
  const attrs = (mode: number, size: number) => ({ mode, size, uid: 0, gid: 0, atime: 1, mtime: 1 });
  const file = attrs(0o100640, 3);
  const server = await aServerThat({
    sftp: (accept) => {
      const files = accept().sftp();
      let listed = false;
      files.on('STAT', (id) => files.attrs(id, attrs(0o040755, 4096)));
      files.on('LSTAT', (id) => files.attrs(id, file));
      for (const opening of ['OPENDIR', 'OPEN'] as const)
        files.on(opening, (id: number) => files.handle(id, Buffer.from('handle')));
      files.on('READDIR', (id) => {
        if (listed) return void files.status(id, 1);
        listed = true;
        const unclear = '-rw-r----- 1 domain users of acme 3 Jan 1 1970 unclear';
        files.name(id, [
          { filename: 'plain', longname: '-rw-r----- 1 deploy www 3 Jan 1 1970 plain', attrs: file },
          { filename: 'unclear', longname: unclear, attrs: file },
        ]);
      });
      files.on('READ', (id, _, from) => {
        if (from > 0) files.status(id, 1);
        else files.data(id, Buffer.from('abc'));
      });
      files.on('CLOSE', (id) => files.status(id, 0));
    },
  });
  const { port, hostKey } = server;
  const sftp = { host: '127.0.0.1', port, user: 'acme', hostKey, password: { env: password } };
  const source = filesSource.parse({ folder: '/srv', sftp });
  const section = await filesCollector(0).collect('web', source, someTools());
  const owners = ['plain', 'unclear', '.'].map((name) => {
    const { owner, group } = thingIn(section, name)?.props ?? {};
    return [owner, group];
  });
  expect(owners).toEqual([
    ['deploy', 'www'],
    ['0', '0'],
    ['deploy', 'www'],
  ]);
});
