import { type Document, ObjectId } from 'mongodb';
import { type Look, seen } from './look.js';

/**
 * The fields that documents of a collection have, and of which types, by the newest and the oldest of them: what is drawn by chance
 * would differ from run to run.
 */
export async function askShapes(
  { db, notes, timeLimit }: Look,
  collection: string,
  sample: number,
): Promise<void> {
  const parent = { kind: 'collection', name: [collection] };
  const half = Math.ceil(sample / 2);
  const ends = [1, -1] as const;
  const documents = await seen(notes, ['field'], [collection], () =>
    Promise.all(
      ends.map((order) =>
        db
          .collection(collection)
          .find({}, { maxTimeMS: timeLimit })
          .sort({ _id: order })
          .limit(half)
          .toArray(),
      ),
    ),
  );
  const types = new Map<string, Set<string>>();
  for (const document of documents?.flat() ?? []) gather(document, [], types);
  for (const [path, found] of types) {
    const name = [collection, ...(JSON.parse(path) as string[])];
    notes.things.push({ kind: 'field', name, parent, props: { type: [...found].sort().join(' or ') } });
  }
}

const deepest = 4;

function gather(document: Document, path: readonly string[], types: Map<string, Set<string>>): void {
  for (const [field, value] of Object.entries(document)) {
    const here = [...path, field];
    const key = JSON.stringify(here);
    const found = types.get(key) ?? new Set();
    types.set(key, found.add(typeOf(value)));
    const inner = Array.isArray(value) ? value.filter(isDocument) : isDocument(value) ? [value] : [];
    if (here.length < deepest) for (const one of inner) gather(one, here, types);
  }
}

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof ObjectId) return 'object id';
  if (typeof value !== 'object') return typeof value;
  const named = value as { _bsontype?: string };
  return named._bsontype ?? 'document';
}
