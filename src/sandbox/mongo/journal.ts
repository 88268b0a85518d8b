import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Catalog, Change } from './catalog.js';
import { type IndexSpec, idOf } from './indexes.js';
import { asDoc, type Doc, decode, encode } from './values.js';

/**
 * The data directory: one file of changes, each with its length and checksum. Every change is handed to the operating system
 * before the client hears of it, so a killed process loses nothing; it is on the disk within a tenth of a second, as with
 * mongod's own journal, or before the answer when the write concern asks for `j: true`.
 */
export interface Journal {
  append(change: Change): void;
  /** Writes out what was appended; called before a command is answered. */
  flush(toDisk: boolean): void;
  close(): void;
}

const syncEvery = 100;
const fileIn = (directory: string): string => join(directory, 'slipway.journal');

/** Reads what an earlier run left into the catalog. A torn last record, which no client was told of, is left out. */
export function replay(directory: string, catalog: Catalog): void {
  if (!existsSync(fileIn(directory))) return;
  const bytes = readFileSync(fileIn(directory));
  for (let at = 0; at + 8 <= bytes.length; ) {
    const [length, checksum] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    const record = bytes.subarray(at + 8, at + 8 + length);
    if (record.length < length || crc32(record) !== checksum) return;
    apply(decode(record), catalog);
    at += 8 + length;
  }
}

function apply(change: Doc, catalog: Catalog): void {
  const [database, name] = [String(change.db), String(change.collection)];
  switch (change.kind) {
    case 'create':
      catalog.ensure(database, name);
      return;
    case 'drop':
      catalog.drop(database, name);
      return;
    case 'index':
      catalog.addIndex(database, name, asDoc(change.spec) as IndexSpec);
      return;
    case 'unindex':
      catalog.dropIndex(database, name, String(change.name));
      return;
    default:
      applyToDocument(change, catalog);
  }
}

function applyToDocument(change: Doc, catalog: Catalog): void {
  const collection = catalog.ensure(String(change.db), String(change.collection));
  const document = asDoc(change.document);
  const id = change.kind === 'remove' ? change.id : idOf(document);
  const [record] = collection.indexes.get('_id_')?.read({ equal: [id] }, false) ?? [];
  if (change.kind === 'remove') {
    if (record !== undefined) collection.remove(record);
  } else if (record === undefined) collection.insert(document);
  else collection.replace(record, document);
}

/** Opens the journal for writing, rewritten to just what the catalog holds so that it does not grow from run to run. */
export function openJournal(directory: string, catalog: Catalog): Journal {
  const fresh = `${fileIn(directory)}.new`;
  const file = openSync(fresh, 'w');
  for (const change of everything(catalog)) writeAll(file, frame(change));
  fsyncSync(file);
  renameSync(fresh, fileIn(directory));
  syncDirectory(directory);
  return writer(file);
}

function writer(file: number): Journal {
  let pending: Buffer[] = [];
  let dirty = false;
  let closed = false;
  const flush = (toDisk: boolean): void => {
    if (pending.length > 0) writeAll(file, Buffer.concat(pending));
    dirty = pending.length > 0 || dirty;
    pending = [];
    if (toDisk && dirty) fsyncSync(file);
    if (toDisk) dirty = false;
  };
  const timer = setInterval(() => {
    if (!dirty) return;
    dirty = false;
    fdatasync(file, (error) => {
      if (error !== null && !closed) throw error;
    });
  }, syncEvery);
  timer.unref();
  return {
    append: (change) => pending.push(frame(change)),
    flush,
    close: () => {
      clearInterval(timer);
      flush(true);
      closed = true;
      closeSync(file);
    },
  };
}

function frame(change: Change): Buffer {
  const record = encode({ ...change });
  const bytes = Buffer.allocUnsafe(8 + record.length);
  bytes.writeUInt32LE(record.length, 0);
  bytes.writeUInt32LE(crc32(record), 4);
  bytes.set(record, 8);
  return bytes;
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

/** Makes the renamed file's name as durable as its content; Windows has no such call. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function* everything(catalog: Catalog): Iterable<Change> {
  for (const db of catalog.databases()) {
    for (const collection of catalog.collections(db)) {
      const place = { db, collection: collection.name };
      yield { kind: 'create', ...place };
      for (const { spec } of collection.indexes.values()) {
        if (spec.name !== '_id_') yield { kind: 'index', ...place, spec };
      }
      for (const [, document] of collection.records()) yield { kind: 'save', ...place, document };
    }
  }
}
