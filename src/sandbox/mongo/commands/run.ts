import { CommandError } from '../errors.js';
import type { Doc } from '../values.js';
import { collectionCommands } from './collections.js';
import type { Command, Engine } from './command.js';
import { findAndModifyCommands } from './find-and-modify.js';
import { indexCommands } from './indexes.js';
import { readCommands } from './reads.js';
import { serverCommands } from './server.js';
import { writeCommands } from './writes.js';

const commands: Readonly<Record<string, Command>> = {
  ...serverCommands,
  ...collectionCommands,
  ...indexCommands,
  ...readCommands,
  ...writeCommands,
  ...findAndModifyCommands,
};

/** Answers a command document; what goes wrong is told as MongoDB tells it. Never throws for a client's fault. */
export function runCommand(fields: Doc, connection: number, engine: Engine): Doc {
  const name = Object.keys(fields)[0] ?? '';
  try {
    refuseTransactions(fields);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw new CommandError(59, `no such command: '${name}'`);
    const db = typeof fields.$db === 'string' ? fields.$db : 'admin';
    return { ...command({ name, db, fields, connection }, engine), ok: 1 };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra };
  }
}

function refuseTransactions(fields: Doc): void {
  if (
    fields.startTransaction === undefined &&
    fields.autocommit === undefined &&
    fields.txnNumber === undefined
  )
    return;
  throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}
