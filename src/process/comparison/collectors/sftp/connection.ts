import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { Client, type FileEntryWithStats, type SFTPWrapper, type Stats } from 'ssh2';
import { couldNotLook, type Secrets, secretsOf } from '../databases/credentials.js';
import { type Ran, runCommand } from './command.js';
import { contentOver, type Opened, openOver } from './content.js';
import { lifelineOf } from './lifeline.js';
import type { SftpServer } from './server.js';

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
  /** Opens a file to read it here and there. */
  open(path: string): Promise<Opened>;
  /** Throws when it was lost. */
  check(): void;
  end(): void;
}

const readyWithin = 20_000;
const aliveEvery = 15_000;

const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/u, '')}`;

/** What went wrong in words, without what was used to sign in. */
function reasonOf(error: unknown, seenKey: string | undefined, hostKey: string): string {
  if (seenKey !== undefined && seenKey !== hostKey) {
    return `the server shows another key than configured, ${seenKey}. Ask its operator which is right.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (/authentication/iu.test(message)) return 'the server refuses the user or its password or key.';
  if (/privateKey|passphrase|key format/iu.test(message))
    return 'the private key cannot be read; is its passphrase right?';
  return `${message.replace(/\.$/u, '')}.`;
}

function credentialsOf({ password, privateKey, passphrase }: SftpServer, { secret }: Secrets) {
  return {
    ...(password !== undefined && { password: secret(password) }),
    ...(privateKey !== undefined && { privateKey: secret(privateKey) }),
    ...(passphrase !== undefined && { passphrase: secret(passphrase) }),
  };
}

/** Opens a connection; the errors that it throws hold no secret. */
export async function connect(source: string, server: SftpServer, signal: AbortSignal): Promise<Connection> {
  signal.throwIfAborted();
  const secrets = secretsOf(source);
  const { host, port, user } = server;
  const credentials = credentialsOf(server, secrets);
  const hostKey = server.hostKey.replace(/=+$/u, '');
  let seenKey: string | undefined;
  const failure = (error: unknown): Error =>
    couldNotLook(source, `${host}: ${secrets.clean(reasonOf(error, seenKey, hostKey))}`);
  const client = new Client();
  const lifeline = lifelineOf(signal, failure, () => client.destroy());
  const { whole, check, lose, release } = lifeline;
  // Both for as long as the client lives: an error that nobody hears would end the program.
  client.on('error', lose);
  client.on('close', () => lose(new Error('the connection was lost')));
  const hostVerifier = (key: Buffer): boolean => {
    seenKey = fingerprint(key);
    return seenKey === hostKey;
  };
  const ready = (done: () => void): void => {
    client.once('ready', done);
    const patience = { readyTimeout: readyWithin, keepaliveInterval: aliveEvery };
    client.connect({ host, port, username: user, ...credentials, hostVerifier, ...patience });
  };
  const end = (): void => {
    release();
    client.destroy();
  };
  const open = async (): Promise<SFTPWrapper> => {
    await whole(new Promise<void>(ready));
    return await whole(promisify<SFTPWrapper>((done) => client.sftp(done))());
  };
  const sftp = await open().catch((error: unknown) => {
    end();
    check();
    throw failure(error);
  });
  // Its own end and its own errors, while the connection lives on: it answers nothing after either.
  sftp.on('error', lose);
  sftp.on('close', () => lose(new Error('the server ended the transfer of files')));
  return {
    run: (command, input = []) => whole(runCommand(client, command, input)),
    list: (path) =>
      whole(promisify<string, FileEntryWithStats[]>((at, done) => sftp.readdir(at, done))(path)),
    linkTarget: (path) => whole(promisify<string, string>((at, done) => sftp.readlink(at, done))(path)),
    stat: (path) => whole(promisify<string, Stats>((at, done) => sftp.stat(at, done))(path)),
    lstat: (path) => whole(promisify<string, Stats>((at, done) => sftp.lstat(at, done))(path)),
    content: (path) => contentOver(sftp, path, lifeline),
    open: (path) => openOver(sftp, path, lifeline),
    check,
    end,
  };
}
