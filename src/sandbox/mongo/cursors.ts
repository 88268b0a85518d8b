import { calculateObjectSize, Long } from 'bson';
import { CommandError } from './errors.js';
import type { Doc } from './values.js';

interface Cursor {
  readonly namespace: string;
  readonly documents: readonly Doc[];
  next: number;
  usedAt: number;
}

/** Answers that come in batches. A cursor is the finished answer: what is written meanwhile does not show in it. */
export interface Cursors {
  /** The first batch, and the cursor's id when there is more (else 0). */
  open(namespace: string, documents: readonly Doc[], batch: number, single: boolean): Doc;
  more(id: bigint, namespace: string, batch: number | undefined): Doc;
  /** Whether there was such a cursor. */
  kill(id: bigint): boolean;
  /** Forgets cursors nobody has asked for in ten minutes. */
  sweep(now: number): void;
}

const mostBytes = 16 * 1024 * 1024;
const idleFor = 10 * 60_000;

export function createCursors(): Cursors {
  const cursors = new Map<bigint, Cursor>();
  let lastId = BigInt(Date.now()) * 1000n;

  const batchOf = (cursor: Cursor, most: number): Doc[] => {
    const batch: Doc[] = [];
    let bytes = 0;
    while (cursor.next < cursor.documents.length && batch.length < most) {
      const document = cursor.documents[cursor.next];
      if (document === undefined) break;
      bytes += calculateObjectSize(document, { ignoreUndefined: true });
      if (bytes > mostBytes && batch.length > 0) break;
      batch.push(document);
      cursor.next += 1;
    }
    cursor.usedAt = Date.now();
    return batch;
  };

  return {
    open(namespace, documents, batch, single) {
      const cursor: Cursor = { namespace, documents, next: 0, usedAt: 0 };
      const firstBatch = batchOf(cursor, batch);
      if (single || cursor.next >= documents.length) return { firstBatch, id: Long.ZERO, ns: namespace };
      lastId += 1n;
      cursors.set(lastId, cursor);
      return { firstBatch, id: Long.fromBigInt(lastId), ns: namespace };
    },
    more(id, namespace, batch) {
      const cursor = cursors.get(id);
      if (cursor === undefined) throw new CommandError(43, `cursor id ${id} not found`);
      if (cursor.namespace !== namespace) {
        throw new CommandError(
          13,
          `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
        );
      }
      const nextBatch = batchOf(cursor, batch ?? Number.POSITIVE_INFINITY);
      if (cursor.next < cursor.documents.length) return { nextBatch, id: Long.fromBigInt(id), ns: namespace };
      cursors.delete(id);
      return { nextBatch, id: Long.ZERO, ns: namespace };
    },
    kill: (id) => cursors.delete(id),
    sweep(now) {
      for (const [id, cursor] of cursors) if (now - cursor.usedAt > idleFor) cursors.delete(id);
    },
  };
}
