import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Client, type ClientChannel, type FileEntryWithStats, type SFTPWrapper, type Stats } from 'ssh2';
import { couldNotLook, secretsOf } from '../databases/credentials.js';
import type { SftpServer } from './server.js';

/** What a command of the far side gave: its output as bytes, what it complained of, and how it ended. */
export interface Ran {
  readonly output: Buffer;
  readonly complaints: string;
  /** Undefined when the connection was lost or the command killed. */
  readonly code: number | undefined;
}

/** A connection to a server. Every call fails once it is lost or the collection is ended. */
export interface Connection {
  /** Runs a command that reads `input`; rejects where no commands are allowed. */
  run(command: string, input?: Iterable<Buffer>): Promise<Ran>;
  list(path: string): Promise<readonly FileEntryWithStats[]>;
  linkTarget(path: string): Promise<string>;
  /** Of what a link leads to. */
  stat(path: string): Promise<Stats>;
  /** Of the link itself. */
  lstat(path: string): Promise<Stats>;
  /** The content from beginning to end, in pieces. */
  content(path: string): AsyncIterable<Buffer>;
  /** Throws when it was lost. */
  check(): void;
  end(): void;
}

const readyWithin = 20_000;
const aliveEvery = 15_000;

const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/u, '')}`;

async function run(client: Client, command: string, input: Iterable<Buffer>): Promise<Ran> {
  const channel: ClientChannel = await promisify<string, ClientChannel>((text, done) =>
    client.exec(text, done),
  )(command);
  const [output, complaints]: [Buffer[], Buffer[]] = [[], []];
  let code: number | undefined;
  channel.on('data', (part: Buffer) => output.push(part));
  channel.stderr.on('data', (part: Buffer) => complaints.push(part));
  channel.on('exit', (given: number | null) => {
    code = given ?? undefined;
  });
  const closed = once(channel, 'close');
  for (const part of input) if (!channel.write(part)) await Promise.race([once(channel, 'drain'), closed]);
  channel.end();
  await closed;
  return { output: Buffer.concat(output), complaints: Buffer.concat(complaints).toString('utf8'), code };
}

/** What went wrong in words, without what was used to sign in. */
function reasonOf(error: unknown, seenKey: string | undefined, hostKey: string): string {
  if (seenKey !== undefined && seenKey !== hostKey.replace(/=+$/u, '')) {
    return `the server shows another key than configured, ${seenKey}. Ask its operator which is right.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/authentication/iu.test(message)) return 'the server refuses the user or its password or key.';
  if (/privateKey|passphrase|key format/iu.test(message))
    return 'the private key cannot be read; is its passphrase right?';
  return `${message.replace(/\.$/u, '')}.`;
}

/** Opens a connection; the errors that it throws hold no secret. */
export async function connect(source: string, server: SftpServer, signal: AbortSignal): Promise<Connection> {
  signal.throwIfAborted();
  const secrets = secretsOf(source);
  const { host, port, user, hostKey, password, privateKey, passphrase } = server;
  const credentials = {
    ...(password !== undefined && { password: secrets.secret(password) }),
    ...(privateKey !== undefined && { privateKey: secrets.secret(privateKey) }),
    ...(passphrase !== undefined && { passphrase: secrets.secret(passphrase) }),
  };
  const client = new Client();
  let [seenKey, lost] = [undefined as string | undefined, undefined as Error | undefined];
  const failure = (error: unknown): Error =>
    couldNotLook(source, `${host}: ${secrets.clean(reasonOf(error, seenKey, hostKey))}`);
  const lose = (error: unknown): void => {
    lost ??= failure(error);
  };
  const abort = (): void => void client.destroy();
  signal.addEventListener('abort', abort);
  client.on('error', lose);
  client.on('close', () => {
    lose(new Error('the connection was lost'));
    signal.removeEventListener('abort', abort);
  });
  const check = (): void => {
    signal.throwIfAborted();
    if (lost !== undefined) throw lost;
  };
  /** Nothing that a lost connection gave is believed, and nothing waits for one. */
  const whole = async <T>(work: Promise<T>): Promise<T> => {
    const gone = once(client, 'close').then(() => Promise.reject(lost));
    gone.catch(() => undefined);
    try {
      return await Promise.race([work, gone]);
    } finally {
      check();
    }
  };
  try {
    const ready = once(client, 'ready', { signal });
    client.connect({
      ...{ host, port, username: user, ...credentials },
      hostVerifier: (key: Buffer) => {
        seenKey = fingerprint(key);
        return seenKey === hostKey.replace(/=+$/u, '');
      },
      ...{ readyTimeout: readyWithin, keepaliveInterval: aliveEvery },
    });
    await ready;
  } catch (error) {
    client.destroy();
    signal.throwIfAborted();
    throw failure(error);
  }
  const sftp: SFTPWrapper = await whole(promisify<SFTPWrapper>((done) => client.sftp(done))());
  return {
    run: (command, input = []) => whole(run(client, command, input)),
    list: (path) =>
      whole(promisify<string, FileEntryWithStats[]>((at, done) => sftp.readdir(at, done))(path)),
    linkTarget: (path) => whole(promisify<string, string>((at, done) => sftp.readlink(at, done))(path)),
    stat: (path) => whole(promisify<string, Stats>((at, done) => sftp.stat(at, done))(path)),
    lstat: (path) => whole(promisify<string, Stats>((at, done) => sftp.lstat(at, done))(path)),
    content: (path) => sftp.createReadStream(path),
    check,
    end: () => client.end(),
  };
}
