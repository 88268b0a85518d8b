import type { Document } from 'mongodb';
import { known } from '../databases/notes.js';
import { type Look, seen } from './look.js';
import { sortedText, textOf } from './text.js';

const isTold = (value: unknown): boolean => value !== undefined && value !== null;

/** Collections with their options and validators, views and indexes. Gives the names of collections that hold documents. */
export async function askCollections(look: Look): Promise<string[]> {
  const { db, notes, timeLimit } = look;
  const kinds = ['collection', 'view', 'index'];
  const listed = await seen(notes, kinds, [], () =>
    db.listCollections({}, { nameOnly: false, maxTimeMS: timeLimit }).toArray(),
  );
  const names: string[] = [];
  for (const { name, type, options = {} } of listed ?? []) {
    // The server's own: system.views holds the views, buckets those of time series.
    if (name.startsWith('system.')) continue;
    const isView = type === 'view';
    notes.things.push({
      kind: isView ? 'view' : 'collection',
      name: [name],
      props: known(optionsOf(options)),
    });
    if (!isView) names.push(name);
  }
  // One question a collection is all that MongoDB offers; a few travel at once.
  const waiting = [...names];
  const ask = async (): Promise<void> => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) await askIndexes(look, name);
  };
  await Promise.all(Array.from({ length: 4 }, ask));
  return names;
}

function optionsOf(options: Document): Record<string, string | boolean | undefined> {
  const { validator, validationLevel, validationAction, viewOn, pipeline, capped, ...further } =
    options as Document;
  const told = Object.entries(further).map(([option, value]) => [option, sortedText(value)] as const);
  return {
    ...Object.fromEntries(told),
    validator: isTold(validator) ? sortedText(validator) : undefined,
    // What is left out means these.
    validationLevel: validationLevel === 'strict' ? undefined : validationLevel,
    validationAction: validationAction === 'error' ? undefined : validationAction,
    capped: capped === true ? true : undefined,
    definition: isTold(pipeline) ? textOf(pipeline) : undefined,
    on: viewOn,
  };
}

async function askIndexes({ db, notes, timeLimit }: Look, collection: string): Promise<void> {
  const parent = { kind: 'collection', name: [collection] };
  const indexes = await seen(notes, ['index'], [collection], () =>
    db.collection(collection).listIndexes({ maxTimeMS: timeLimit }).toArray(),
  );
  // How it was built is no property of it: servers keep the word and pay no heed to it.
  for (const { name, key, v: _version, ns: _namespace, background: _built, ...options } of indexes ?? []) {
    const told = Object.entries(options).map(([option, value]) => [option, sortedText(value)] as const);
    const props = { ...Object.fromEntries(told), definition: textOf(key) };
    notes.things.push({ kind: 'index', name: [collection, String(name)], parent, props });
  }
}
