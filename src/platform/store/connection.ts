import mongoose, { type Connection } from 'mongoose';

/** The store did not answer in time: nothing was recorded by the request that met it. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** A write was sent and its answer never came: it may have been recorded or not. */
export class StoreUncertain extends Error {
  override readonly name = 'StoreUncertain';
}

/** How long an operation waits for a server, in milliseconds: a person waits at the other end. */
const patience = 1_500;

/**
 * Opens a connection that fails fast (a person waits at the other end) and mends itself when MongoDB comes back.
 * Nothing is buffered: what cannot be written now is refused now.
 */
export async function connectStore(uri: string): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    bufferCommands: false,
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: patience,
    connectTimeoutMS: patience,
    socketTimeoutMS: 20_000,
    heartbeatFrequencyMS: 1_000,
    maxPoolSize: 20,
    appName: 'slipway',
    writeConcern: { w: 'majority', journal: true },
  });
  connection.on('error', () => undefined); // a failed operation says so itself; unheard, the event would end the process
  await connection.asPromise();
  return connection;
}

const unavailable =
  /MongoServerSelectionError|MongoNetwork|MongoNotConnected|MongoTopologyClosed|MongoPool|MongoWaitQueueTimeout|MongooseError|MongoExpiredSession|MongoOperationTimeout|DisconnectedError/;
const unavailableCodes = new Set([91, 189, 11600, 11602, 10107, 13435, 50]);

/** Whether this error says that MongoDB is out of reach, rather than that it disagrees. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof StoreUnavailable) return true;
  const code = 'code' in error && typeof error.code === 'number' ? error.code : undefined;
  return unavailable.test(error.name) || (code !== undefined && unavailableCodes.has(code));
}

/** Whether an operation failed before it was sent to any server. */
export function neverSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return /StoreUnavailable|ServerSelection|MongoPool|WaitQueue|NotConnected|TopologyClosed/.test(error.name);
}

/** Whether a unique index said no. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
