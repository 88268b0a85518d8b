import { Socket } from 'node:net';
import type pg from 'pg';
import type { Blind } from '../../snapshot.js';
import { type Reached, wordsOf } from '../databases/connection.js';
import { couldNotLook, type Secrets } from '../databases/credentials.js';
import { Client, DatabaseError } from './driver.js';

/** A cell is the server's text; no type is interpreted on the way. */
export type Cell = string | null;

/** One question to the catalogue, and which kinds of things stay unseen when it may not be asked. */
export interface Question {
  readonly kinds: readonly string[];
  /** Where they would be; everywhere when absent. */
  readonly place?: readonly string[];
  /** One SELECT. */
  readonly sql: string;
  readonly row: (cells: readonly Cell[]) => void;
}

/** A question whose rows have these cells. */
export function question<Row extends readonly Cell[]>(
  asked: Omit<Question, 'row'> & { readonly row: (row: Row) => void },
): Question {
  // The columns stand beside the type in each question; the protocol carries no more than text.
  return asked as unknown as Question;
}

export interface Session {
  /** Asks one after the other; what this user may not ask is noted as blind instead. */
  ask(...questions: readonly Question[]): Promise<void>;
}

// PgBouncer refuses settings it does not know at the start of a connection, so they are made in the transaction.
const opening = (timeLimit: number): string => `
  begin isolation level repeatable read read only;
  set local search_path = '';
  set local statement_timeout = ${timeLimit};
  set local lock_timeout = ${Math.min(timeLimit, 5_000)};
  set local idle_in_transaction_session_timeout = ${timeLimit};
  set local row_security = off;
  set local quote_all_identifiers = off;
  set local datestyle = 'ISO, YMD';
  set local intervalstyle = 'postgres';
  set local timezone = 'UTC';
  set local bytea_output = 'hex';
  set local extra_float_digits = 1;
  set local xmloption = 'content';
  set local jit = off;
  savepoint questions`;

interface Circumstances {
  readonly source: string;
  readonly timeLimit: number;
  readonly signal: AbortSignal;
  readonly secrets: Secrets;
  readonly blind: Blind[];
}

/**
 * Runs within one read-only transaction that sees one instant, and ends the connection whatever happens. Errors come as
 * sentences without secrets.
 */
export async function within<T>(
  reached: Reached,
  { source, timeLimit, signal, secrets, blind }: Circumstances,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const socket = new Socket();
  const client = clientOf(reached, socket);
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop);
  // A server that has vanished does not keep its own time limit.
  socket.setTimeout(timeLimit + 10_000, () => socket.destroy(new Error('it has not answered in time')));
  // What breaks between two questions is told by the next one.
  client.on('error', () => undefined);
  try {
    signal.throwIfAborted();
    await client.connect();
    await client.query(opening(timeLimit));
    const result = await work({ ask: (...questions) => ask(client, questions, blind) });
    await client.query('rollback');
    return result;
  } catch (error) {
    if (signal.aborted) throw couldNotLook(source, 'the look at PostgreSQL was ended.');
    const place = reached.host.startsWith('/') ? reached.host : `${reached.host}:${reached.port}`;
    throw couldNotLook(
      source,
      secrets.clean(`PostgreSQL at ${place} could not be looked at: ${wordsOf(error)}`),
    );
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function clientOf(reached: Reached, socket: Socket): pg.Client {
  return new Client({
    host: reached.host,
    port: reached.port,
    database: reached.database,
    user: reached.user,
    password: reached.password,
    ssl: reached.tls === 'off' ? false : { rejectUnauthorized: reached.tls === 'verified' },
    application_name: 'slipway',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    stream: () => socket,
  });
}

const notPermitted = '42501';

// All questions travel at once, so that the server works on the next while the rows of the last are written down.
async function ask(client: pg.Client, questions: readonly Question[], blind: Blind[]): Promise<void> {
  let next = 0;
  while (next < questions.length) {
    try {
      await streamed(client, questions.slice(next), () => {
        next += 1;
      });
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== notPermitted) throw error;
      for (const kind of questions[next]?.kinds ?? [])
        blind.push({ kind, name: questions[next]?.place ?? [], why: error.message });
      next += 1;
      await client.query('rollback to savepoint questions');
    }
  }
}

/**
 * Gives each row as the protocol carries it. The driver's own query would build an object a row and keep them all; its
 * client takes anything with these methods instead (that is how pg-cursor works).
 */
function streamed(client: pg.Client, questions: readonly Question[], answered: () => void): Promise<void> {
  return new Promise((done, fail) => {
    let at = 0;
    let trouble: unknown;
    const query = {
      submit: (connection: pg.Connection): void =>
        connection.query(questions.map(({ sql }) => sql).join(';\n')),
      handleRowDescription: (): void => undefined,
      handleDataRow: ({ fields }: { fields: readonly Cell[] }): void => {
        if (trouble !== undefined) return;
        try {
          questions[at]?.row(fields);
        } catch (error) {
          trouble = error;
        }
      },
      handleCommandComplete: (): void => {
        at += 1;
        answered();
      },
      handleEmptyQuery: (): void => undefined,
      handleReadyForQuery: (): void => (trouble === undefined ? done() : fail(trouble)),
      handleError: (error: unknown): void => fail(error),
    };
    client.query(query);
  });
}
