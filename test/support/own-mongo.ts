import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mongo, startMongo } from '../../src/sandbox/mongo/engine.js';

/** A line to a MongoDB, at an address that stays: it can fall silent, break, and lead to another server later. */
export interface Line {
  readonly uri: string;
  /** Where it leads; undefined: nowhere, every connection breaks. */
  leadsTo(uri: string | undefined): void;
  /** Connections stay open, and nothing comes through. */
  fallsSilent(): void;
  speaksAgain(): void;
  ends(): Promise<void>;
}

export async function aLineTo(uri: string): Promise<Line> {
  let target: URL | undefined = new URL(uri);
  let silent = false;
  const sockets = new Set<Socket>();
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (bytes) => {
      if (!silent) to.write(bytes);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      sockets.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    if (target === undefined) return void near.destroy();
    const far = connect(Number(target.port || 27017), target.hostname);
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const mine = new URL(uri);
  mine.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    uri: mine.href,
    leadsTo: (next) => {
      target = next === undefined ? undefined : new URL(next);
      breakAll();
    },
    fallsSilent: () => {
      silent = true;
    },
    speaksAgain: () => {
      silent = false;
      // What was swallowed is lost, so the connections that were open are of no use to anybody.
      breakAll();
    },
    ends: async () => {
      breakAll();
      await new Promise((done) => server.close(done));
    },
  };
}

/** A MongoDB of a test's own that keeps its data and its address, so that it can go away and come back. */
export interface OwnMongo {
  readonly uri: string;
  goesAway(): Promise<void>;
  comesBack(): Promise<void>;
  ends(): Promise<void>;
}

export async function anOwnMongo(): Promise<OwnMongo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-mongo-'));
  let running: Mongo | undefined = await startOwn(dataDir);
  const line = await aLineTo(running.uri);
  const goesAway = async (): Promise<void> => {
    line.leadsTo(undefined);
    await running?.stop();
    running = undefined;
  };
  return {
    uri: line.uri,
    goesAway,
    comesBack: async () => {
      running = await startOwn(dataDir);
      line.leadsTo(running.uri);
    },
    ends: async () => {
      await goesAway();
      await line.ends();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Never the server that MONGODB_URI names: what is somebody else's must not be stopped. */
async function startOwn(dataDir: string): Promise<Mongo> {
  const { MONGODB_URI } = process.env;
  delete process.env.MONGODB_URI;
  try {
    return await startMongo({ dataDir });
  } finally {
    if (MONGODB_URI !== undefined) process.env.MONGODB_URI = MONGODB_URI;
  }
}
