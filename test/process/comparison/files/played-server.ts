import { createHash, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach } from '@jest/globals';
import ssh2, { type ServerChannel, type SFTPWrapper, type Server as SshServer } from 'ssh2';

/** The environment variable with the password of the servers that are played here. */
export const password = 'ACME_PLAYED_PASSWORD';

/** An SFTP subsystem that was granted: spoken properly, or not at all. */
interface Granted {
  sftp(): SFTPWrapper;
  chatter(text: string): void;
}

/** How a server behaves once somebody has signed in; without it, it has no SFTP and runs no commands. */
export interface Play {
  readonly sftp?: (accept: () => Granted, refuse: () => void) => void;
  readonly exec?: (command: string, channel: ServerChannel) => void;
  /** Hangs up once it has said so many bytes. */
  readonly hangsUpAfter?: number;
}

export interface PlayedServer {
  readonly port: number;
  readonly hostKey: string;
  /** Waits until nobody is connected any more. */
  isLeft(): Promise<void>;
  stop(): Promise<void>;
}

const playing = new Set<PlayedServer>();
afterEach(async () => {
  for (const server of playing) await server.stop();
  delete process.env[password];
});

const portOf = (server: { address(): unknown }): number => {
  const address = server.address();
  const hasPort = typeof address === 'object' && address !== null && 'port' in address;
  return hasPort ? Number(address.port) : 0;
};

/** Chattering is written to the channel below the protocol, as a shell would that prints something. */
function granted(accept: () => SFTPWrapper): Granted {
  return {
    sftp: accept,
    chatter: (text) => {
      const { _protocol: protocol, outgoing } = accept() as unknown as {
        _protocol: { channelData(id: number, part: Buffer): void };
        outgoing: { id: number };
      };
      protocol.channelData(outgoing.id, Buffer.from(text));
    },
  };
}

function play({ sftp, exec }: Play, key: string): SshServer {
  const server = new ssh2.Server({ hostKeys: [key] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => context.accept());
    client.on('session', (accept) => {
      const session = accept();
      session.on('sftp', (acceptSftp, reject) => {
        let stream: SFTPWrapper | undefined;
        const once = (): SFTPWrapper => (stream ??= acceptSftp());
        if (sftp === undefined) reject();
        else sftp(() => granted(once), reject);
      });
      session.on('exec', (acceptExec, reject, { command }) => {
        if (exec === undefined) reject();
        else exec(command, acceptExec());
      });
    });
  });
  server.on('error', () => undefined);
  return server;
}

/** By Node.js: of some hundred keys that the library makes itself, it cannot read one. */
function aHostKey(): { key: string; hostKey: string } {
  const { privateKey: key } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  const hash = createHash('sha256').update(parsed.getPublicSSH()).digest('base64');
  return { key, hostKey: `SHA256:${hash.replace(/=+$/u, '')}` };
}

/** Plays a server on loopback until the test ends: no program is needed for it. */
export async function aServerThat(behaves: Play): Promise<PlayedServer> {
  process.env[password] = 'correct horse';
  const { key, hostKey } = aHostKey();
  const ssh = play(behaves, key).listen(0, '127.0.0.1');
  await once(ssh, 'listening');
  const most = behaves.hangsUpAfter ?? Number.POSITIVE_INFINITY;
  const sockets = new Set<Socket>();
  const front = createServer((near) => {
    const far = connect(portOf(ssh), '127.0.0.1');
    let said = 0;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        for (const one of [near, far]) one.destroy();
        sockets.delete(socket);
        front.emit('left');
      });
    }
    near.pipe(far);
    far.on('data', (part) => {
      near.write(part.subarray(0, most - said));
      said += part.length;
      if (said > most) near.end();
    });
  }).listen(0, '127.0.0.1');
  await once(front, 'listening');
  const isLeft = async (): Promise<void> => {
    while (sockets.size > 0) await once(front, 'left');
  };
  const server: PlayedServer = {
    port: portOf(front),
    hostKey,
    isLeft,
    stop: async () => {
      playing.delete(server);
      for (const socket of sockets) socket.destroy();
      await Promise.all([front, ssh].map((one) => new Promise((closed) => one.close(closed))));
    },
  };
  playing.add(server);
  return server;
}
