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

/** Whether it has begun to listen, by its own word; otherwise it has ended. */
async function listens(server: ChildProcess): Promise<boolean> {
  const ended = once(server, 'exit').then(() => false);
  const begun = new Promise<boolean>((done) => {
    let said = '';
    server.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
      if (said.includes('Server listening')) done(true);
    });
  });
  return Promise.race([ended, begun]);
}

/** From OpenSSH 9.8 on, whoever fails to sign in is kept out for a while; before, the word is not known. */
const leniences: readonly (readonly string[])[] = [['PerSourcePenalties no'], []];

/** Tries more than once: somebody else may have taken the port meanwhile. */
async function started(folder: string, settings: readonly string[]): Promise<[ChildProcess, number]> {
  for (let round = 0; round < 6; round += 1) {
    const port = await freePort();
    const lines = [`Port ${port}`, ...settings, ...(leniences[round % 2] ?? [])];
    writeFileSync(join(folder, 'settings'), `${lines.join('\n')}\n`);
    const server = spawn(program, ['-D', '-e', '-f', join(folder, 'settings')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    if (await listens(server)) return [server, port];
  }
  throw new Error('sshd did not start');
}

/** Starts a server of its own on loopback, with keys and settings in `folder`; `commands` says whether it runs any. */
export async function startSshServer(
  folder: string,
  { commands }: { commands: boolean },
): Promise<SshServer> {
  makeKey(join(folder, 'host'));
  const privateKey = makeKey(join(folder, 'client'));
  const settings = [
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
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const [server, port] = await started(folder, settings);
  // It and all that it has started: they are a group of their own.
  const end = (): boolean => server.pid !== undefined && process.kill(-server.pid);
  process.once('exit', end);
  const [, hostKey = ''] = execFileSync('ssh-keygen', ['-lf', join(folder, 'host.pub')], {
    encoding: 'utf8',
  }).split(' ');
  return {
    ...{ port, hostKey, privateKey },
    user: userInfo().username,
    stop: async () => {
      process.off('exit', end);
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      end();
      await ended;
    },
  };
}

/** A way to the server that ends once so many bytes have gone to it: those are the same in every run. */
export interface Way {
  readonly port: number;
  /** How many bytes have gone to the server. */
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
    far.pipe(near);
    near.on('data', (part) => {
      carried += part.length;
      if (carried > most) near.destroy();
      else far.write(part);
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
