import { mkdirSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { type Catalog, type Change, createCatalog } from './catalog.js';
import type { Engine } from './commands/command.js';
import { runCommand } from './commands/run.js';
import { createCursors } from './cursors.js';
import { type Journal, openJournal, replay } from './journal.js';
import { lockDirectory } from './lock.js';
import { deleteExpired } from './ttl.js';
import { asDoc, type Doc } from './values.js';
import { createReader, type Message, readMessage, writeAnswer } from './wire.js';

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the journal lives; without it everything is gone with the process. */
  readonly directory: string | undefined;
  readonly version: string;
  readonly ttlSeconds: number;
  readonly log: (line: string) => void;
}

export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/** Serves the MongoDB wire protocol. Commands run one at a time and each to its end, so every one of them is atomic. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { engine, journal } = openEngine(options);
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    connections += 1;
    serve(socket, connections, engine, journal, options.log);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const ttl = setInterval(() => {
    deleteExpired(engine.catalog, Date.now());
    engine.cursors.sweep(Date.now());
    journal?.flush(false);
  }, options.ttlSeconds * 1000);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    stop: async () => {
      clearInterval(ttl);
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      journal?.close();
    },
  };
}

function openEngine({ directory, version }: ServerOptions): { engine: Engine; journal: Journal | undefined } {
  let record: (change: Change) => void = () => undefined;
  const catalog: Catalog = createCatalog((change) => record(change));
  const engine: Engine = { catalog, cursors: createCursors(), version, started: new Date() };
  if (directory === undefined) return { engine, journal: undefined };
  mkdirSync(directory, { recursive: true });
  const unlock = lockDirectory(directory);
  replay(directory, catalog);
  const journal = openJournal(directory, catalog);
  record = journal.append;
  const close = (): void => {
    journal.close();
    unlock();
  };
  return { engine, journal: { ...journal, close } };
}

function serve(
  socket: Socket,
  connection: number,
  engine: Engine,
  journal: Journal | undefined,
  log: (line: string) => void,
): void {
  const read = createReader();
  let answers = 0;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    for (const message of messagesIn(chunk)) {
      const answer = answerTo(message, connection, engine, log);
      // Not caught: a server that cannot write its journal must end, not go on and forget.
      journal?.flush(asDoc(message.command.writeConcern).j === true);
      answers += 1;
      if (message.wantsAnswer) socket.write(writeAnswer(message, answer, answers));
    }
  });

  function messagesIn(chunk: Buffer): Message[] {
    try {
      return read(chunk).map(readMessage);
    } catch (error) {
      log(`connection ${connection} closed: ${error instanceof Error ? error.message : String(error)}`);
      socket.destroy();
      return [];
    }
  }
}

/** A fault of this engine is answered as one, so that whoever asked is not left waiting. */
function answerTo(
  { command }: Message,
  connection: number,
  engine: Engine,
  log: (line: string) => void,
): Doc {
  try {
    return runCommand(command, connection, engine);
  } catch (error) {
    log(
      `${Object.keys(command)[0] ?? 'a command'} failed: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return {
      ok: 0,
      code: 1,
      codeName: 'InternalError',
      errmsg: error instanceof Error ? error.message : String(error),
    };
  }
}
