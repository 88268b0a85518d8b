import type { Document } from 'mongodb';
import type { CollectorTools } from '../collector.js';
import { type Reference, rowsInto } from '../databases/reference.js';
import { type Look, seen } from './look.js';
import { textOf } from './text.js';

interface RowReference extends Reference {
  readonly collection: string;
}

/** Documents one by one on their key (`_id` when none is named), a property for each of their outer fields. */
export async function askRows(
  { db, notes, timeLimit }: Look,
  reference: RowReference,
  tools: CollectorTools,
): Promise<void> {
  const { collection, key = ['_id'], leaveOut, most } = reference;
  const documents = await seen(notes, ['row'], [collection], () =>
    db
      .collection(collection)
      .find({}, { maxTimeMS: timeLimit, limit: most + 1 })
      .toArray(),
  );
  if (documents === undefined) return;
  // Made anew for each environment, an ObjectId says nothing; whoever names it as a key wants it.
  const skipped = new Set([
    ...leaveOut.filter((field) => !key.includes(field)),
    ...(key.includes('_id') ? [] : ['_id']),
  ]);
  const fields = new Set(
    documents.flatMap((document) => Object.keys(document)).filter((field) => !skipped.has(field)),
  );
  const columns = [...key, ...[...fields].filter((field) => !key.includes(field)).sort()];
  const rows = rowsInto(
    notes,
    { parent: { kind: 'collection', name: [collection] }, columns, key },
    reference,
    tools,
  );
  for (const document of documents) rows.row(columns.map((field) => cellOf(document, field)));
  rows.end();
}

function cellOf(document: Document, field: string): string | null {
  const value: unknown = document[field];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : textOf(value);
}
