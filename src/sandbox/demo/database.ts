import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { DatabaseSettings } from './database.thread.js';
import { builtProgram } from './program.js';

/** A database that listens: PGlite, in a thread of its own because making one is seconds of work. */
export interface Database {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens a database, and resolves when it listens on loopback. It ends with the signal at the latest, then without being closed. */
export async function openDatabase(settings: DatabaseSettings, signal: AbortSignal): Promise<Database> {
  signal.throwIfAborted();
  const thread = new Worker(builtProgram('database.thread.js'), {
    workerData: settings,
    execArgv: [], // flags of the program that this is part of are not meant for it
  });
  const ended = new Promise<void>((done) => thread.once('exit', () => done()));
  signal.addEventListener('abort', () => void thread.terminate());
  const [port] = (await once(thread, 'message', { signal }).catch(async (error: unknown) => {
    await thread.terminate(); // so that nothing is written any more
    throw error;
  })) as [number];
  thread.on('error', (error) => console.error('A database of the demo has ended:', error));
  return {
    port,
    close: () => {
      thread.postMessage('stop');
      return ended;
    },
  };
}

const host = '127.0.0.1';

/** An address that is known before the database is there. */
export interface Door {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens at once; whoever connects before the database listens on its port waits for it. */
export async function doorTo(opened: Promise<number>): Promise<Door> {
  const known = opened.catch(() => undefined);
  const inside = new Set<Socket>();
  const door = createServer(async (caller) => {
    inside.add(caller);
    caller.on('error', () => undefined).on('close', () => inside.delete(caller));
    const port = await known;
    if (port === undefined) return caller.destroy();
    return pipeline(caller, connect(port, host), caller, () => undefined);
  });
  await new Promise<void>((ready) => door.listen(0, host, ready));
  return {
    url: `postgresql://postgres@${host}:${(door.address() as AddressInfo).port}/postgres`,
    close: async () => {
      for (const caller of inside) caller.destroy();
      await new Promise((done) => door.close(done));
    },
  };
}
