import { connect, type Socket } from 'node:net';
import { type Connection, createConnection } from 'mysql2';
import { type Reached, wordsOf } from '../databases/connection.js';
import { couldNotLook, type Secrets } from '../databases/credentials.js';

/** A cell as text, whatever its type. */
export type Cell = string | null;

/** What the server is: MariaDB and MySQL keep some of the same things in different places. */
export interface Server {
  readonly isMariadb: boolean;
  /** `10.11.19`. */
  readonly version: string;
  /** `MariaDB 10.11.19`. */
  readonly subject: string;
}

export interface Session {
  readonly server: Server;
  readonly database: string;
  /** Asks one question and gives its rows one by one. */
  ask<Row extends readonly Cell[]>(sql: string, row: (row: Row) => void): Promise<void>;
}

interface Circumstances {
  readonly source: string;
  readonly timeLimit: number;
  readonly signal: AbortSignal;
  readonly secrets: Secrets;
}

/**
 * Runs within one read-only session whose rows of tables are of one instant, and ends the connection whatever happens. Errors come as
 * sentences without secrets.
 */
export async function within<T>(
  reached: Reached,
  { source, timeLimit, signal, secrets }: Circumstances,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = connectionTo(reached, timeLimit);
  // The driver tells a broken or destroyed connection to nobody who only waits for an answer.
  const { broken, stop } = breakOf(connection);
  signal.addEventListener('abort', stop);
  const ask: Session['ask'] = (sql, row) => Promise.race([asked(connection, sql, row), broken]);
  try {
    signal.throwIfAborted();
    await Promise.race([opened(connection), broken]);
    const server = await serverOf(ask);
    for (const statement of opening(server, timeLimit)) await ask(statement, () => undefined);
    const result = await work({ server, database: reached.database, ask });
    // Else tables that were read stay locked against changes until the server sees that the connection is gone.
    await ask('rollback', () => undefined);
    return result;
  } catch (error) {
    if (signal.aborted) throw couldNotLook(source, 'the look at MariaDB was ended.');
    const place = reached.host.startsWith('/') ? reached.host : `${reached.host}:${reached.port}`;
    const why = secrets.clean(wordsOf(error));
    throw couldNotLook(source, `MariaDB at ${place} could not be looked at: ${why}`);
  } finally {
    signal.removeEventListener('abort', stop);
    connection.destroy();
  }
}

function breakOf(connection: Connection): { broken: Promise<never>; stop: () => void } {
  let stop = (): void => undefined;
  const broken = new Promise<never>((_, fail) => {
    connection.on('error', fail);
    connection.on('end', () => fail(new Error('the connection was lost')));
    stop = () => {
      connection.destroy();
      fail(new Error('it was ended'));
    };
  });
  broken.catch(() => undefined);
  return { broken, stop };
}

function connectionTo({ host, port, database, user, password, tls }: Reached, timeLimit: number): Connection {
  const stream = (): Socket => {
    const socket = host.startsWith('/') ? connect(host) : connect(port, host);
    // A server that has vanished does not keep its own time limit; the driver's own timers outlive the connection.
    return socket.setTimeout(timeLimit + 10_000, () =>
      socket.destroy(new Error('it has not answered in time')),
    );
  };
  return createConnection({
    stream,
    host,
    database,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(tls === 'off' ? {} : { ssl: { rejectUnauthorized: tls === 'verified' } }),
    charset: 'utf8mb4',
    // A function of ours for every cell would take longer than the server does.
    supportBigNumbers: true,
    bigNumberStrings: true,
    dateStrings: true,
    jsonStrings: true,
    connectTimeout: 10_000,
    connectAttributes: { program_name: 'slipway' },
    // A server that is not ours must not ask for our files.
    flags: ['-LOCAL_FILES'],
  });
}

const opened = (connection: Connection): Promise<void> =>
  new Promise((done, fail) => {
    connection.connect((error) => (error === null ? done() : fail(error)));
  });

function opening({ isMariadb }: Server, timeLimit: number): string[] {
  const own = isMariadb
    ? [
        `set session max_statement_time = ${timeLimit / 1000}`,
        // Else it reads what it knows of the rows of each table whose indexes it tells of: five times the work.
        `set session use_stat_tables = 'never'`,
      ]
    : [`set session max_execution_time = ${timeLimit}`];
  return [
    ...own,
    // By default it waits a day for whoever alters a table.
    'set session lock_wait_timeout = 5',
    // Definitions are quoted as this says.
    `set session sql_mode = ''`,
    `set session time_zone = '+00:00'`,
    'set session transaction isolation level repeatable read',
    'set session transaction read only',
    'start transaction with consistent snapshot',
  ];
}

async function serverOf(ask: Session['ask']): Promise<Server> {
  let [version, isMariadb] = ['', false];
  await ask<[version: string, comment: string]>('select version(), @@version_comment', ([text, comment]) => {
    version = /^[\d.]+/u.exec(text.replace(/^5\.5\.5-/u, ''))?.[0] ?? text;
    isMariadb = /mariadb/iu.test(`${text} ${comment}`);
  });
  return { isMariadb, version, subject: `${isMariadb ? 'MariaDB' : 'MySQL'} ${version}` };
}

function asked<Row extends readonly Cell[]>(
  connection: Connection,
  sql: string,
  row: (row: Row) => void,
): Promise<void> {
  return new Promise((done, fail) => {
    const query = connection.query({
      sql,
      rowsAsArray: true,
    });
    query.on('error', fail);
    query.on('result', (cells: unknown) => {
      // A statement without rows answers with its own result.
      if (Array.isArray(cells)) row(inTexts(cells) as Row);
    });
    query.on('end', () => done());
  });
}

/** Changes the row in place: there are many, and most cells are texts already. */
function inTexts(cells: unknown[]): unknown {
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at];
    if (typeof cell === 'string' || cell === null) continue;
    cells[at] = Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell);
  }
  return cells;
}
