import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../../kernel/clock.js';
import { between, type Instant } from '../../kernel/instants.js';
import { isDuplicate } from '../store/connection.js';

/** A moment at which an aggregate wants to be looked at, and what for. */
export interface Appointment {
  readonly kind: string;
  readonly at: Instant;
}

/**
 * Agenda as an alarm clock. A job carries an aggregate's id and nothing else; it is only a hint to look at that
 * aggregate, whose document decides whether anything is due. A job that runs twice, early or not at all costs only time.
 */
export interface Jobs {
  /** What is done when an appointment comes: look at the aggregate. */
  onWaking(look: (aggregate: string) => Promise<void>): void;
  /** Brings the aggregate's jobs in line: missing ones are made, moved ones moved, the rest removed. */
  keep(aggregate: string, appointments: readonly Appointment[]): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Tools {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often Agenda looks for due jobs, in milliseconds. */
  readonly processEvery: number;
}

const name = 'look';

/** Jobs on Mongoose's own connection, in the collection `jobs`. */
export async function agendaJobs({ connection, clock, log, processEvery }: Tools): Promise<Jobs> {
  const { db } = connection;
  if (db === undefined) throw new Error('the store is not connected');
  // Not a unique index of Agenda's: without this one, two processes that book at once would make twins.
  await db
    .collection('jobs')
    .createIndex({ name: 1, 'data.aggregate': 1, 'data.kind': 1 }, { name: 'one-job-a-kind', unique: true });
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db, collection: 'jobs' }),
    processEvery,
    defaultLockLifetime: 60_000,
    removeOnComplete: true,
  });
  agenda.on('error', (error) => log.warn({ err: error }, 'Agenda could not work'));
  // Its indexes are made here, not while somebody waits; and should that fail, it does so at boot.
  await agenda.ready;
  let look: (aggregate: string) => Promise<void> = async () => undefined;
  agenda.define(name, async (job: { attrs: { data: { aggregate: string } } }) =>
    look(job.attrs.data.aggregate),
  );

  const onRealClock = (at: Instant): Date =>
    new Date(Date.parse(systemClock.now()) + Math.max(0, between(clock.now(), at)));

  return {
    onWaking: (waking) => {
      look = waking;
    },
    keep: async (aggregate, appointments) => {
      const booked = await db.collection('jobs').find({ name, 'data.aggregate': aggregate }).toArray();
      const kept = new Map(booked.map((job) => [`${job['data'].kind} ${job['data'].at}`, job]));
      for (const job of booked) {
        const wanted = appointments.some(
          ({ kind, at }) => `${kind} ${at}` === `${job['data'].kind} ${job['data'].at}`,
        );
        // Cancelled and made anew, never moved: within its look-ahead Agenda 6.2 runs a moved job at its old time.
        if (!wanted) await agenda.cancel({ name, data: job['data'] });
      }
      for (const { kind, at } of appointments) {
        if (kept.has(`${kind} ${at}`)) continue;
        await agenda.schedule(onRealClock(at), name, { aggregate, kind, at }).catch((error: unknown) => {
          if (!isDuplicate(error)) throw error;
          log.debug({ aggregate, kind }, 'another process has booked this job');
        });
      }
    },
    start: async () => {
      await agenda.start();
    },
    stop: async () => {
      await agenda.stop(true);
    },
  };
}
