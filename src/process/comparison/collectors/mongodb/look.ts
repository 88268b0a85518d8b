import { type Db, type Document, MongoServerError } from 'mongodb';
import type { Notes } from '../databases/notes.js';

export interface Look {
  readonly db: Db;
  readonly notes: Notes;
  /** How long one command may take on the server, in milliseconds. */
  readonly timeLimit: number;
}

// Unauthorized; CommandNotFound, from what speaks MongoDB's language and is not MongoDB.
const unseen = new Set([13, 59]);

/** Runs a command that only reads; what this user may not ask is noted as blind. */
export async function read(
  { db, notes, timeLimit }: Look,
  kinds: readonly string[],
  command: Document,
  place: readonly string[] = [],
): Promise<Document | undefined> {
  return seen(notes, kinds, place, () => db.command({ ...command, maxTimeMS: timeLimit }));
}

/** Does something that only reads; undefined, with the kinds noted as blind, when this user may not. */
export async function seen<T>(
  notes: Notes,
  kinds: readonly string[],
  place: readonly string[],
  act: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof MongoServerError) || !unseen.has(Number(error.code))) throw error;
    const why = error.code === 13 ? 'the user may not ask for it' : 'the server does not tell';
    for (const kind of kinds) notes.blind.push({ kind, name: place, why });
    return undefined;
  }
}
