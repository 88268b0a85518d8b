import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const program = '/usr/sbin/sshd';

/** Whether this machine has the server; Debian's package openssh-server brings it. */
export const hasSshServer = existsSync(program);

export interface SshServer {
  readonly port: number;
  readonly hostKey: string;
  readonly privateKey: string;
  readonly user: string;
  /** Ends the server and every connection. */
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function makeKey(path: string): string {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  return readFileSync(path, 'utf8');
}

async function untilItAnswers(port: number, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const answered = await Promise.race([
      once(socket, 'data').then(() => true),
      once(socket, 'error').then(
        () => false,
        () => false,
      ),
    ]).catch(() => false);
    socket.destroy();
    if (answered) return;
  }
  throw new Error('sshd did not start');
}

/** Starts a server of its own on loopback, with keys and settings in `folder`; `commands` says whether it runs any. */
export async function startSshServer(
  folder: string,
  { commands }: { commands: boolean },
): Promise<SshServer> {
  const port = await freePort();
  makeKey(join(folder, 'host'));
  const privateKey = makeKey(join(folder, 'client'));
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'client.pub')}`,
    `PidFile ${join(folder, 'pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin yes',
    'Subsystem sftp internal-sftp',
    ...(commands ? [] : ['ForceCommand internal-sftp']),
  ];
  writeFileSync(join(folder, 'settings'), `${settings.join('\n')}\n`);
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(program, ['-D', '-e', '-f', join(folder, 'settings')], {
    stdio: 'ignore',
    detached: true,
  });
  await untilItAnswers(port, server);
  const [, hostKey = ''] = execFileSync('ssh-keygen', ['-lf', join(folder, 'host.pub')], {
    encoding: 'utf8',
  }).split(' ');
  return {
    ...{ port, hostKey, privateKey },
    user: userInfo().username,
    stop: async () => {
      if (server.exitCode !== null || server.pid === undefined) return;
      const ended = once(server, 'exit');
      process.kill(-server.pid);
      await ended;
    },
  };
}

/** A way to the server that ends after it has carried so many bytes from it. */
export interface Way {
  readonly port: number;
  /** How many bytes of the server it has carried. */
  carried(): number;
  stop(): Promise<void>;
}

export async function aWay(to: number, most: number): Promise<Way> {
  let carried = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => [near, far].map((one) => one.destroy()));
    }
    near.pipe(far);
    far.on('data', (part) => {
      carried += part.length;
      if (carried > most) near.destroy();
      else near.write(part);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    carried: () => carried,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
