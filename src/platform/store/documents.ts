import { type Connection, Schema } from 'mongoose';
import type { By } from '../../kernel/by.js';
import type { Instant } from '../../kernel/instants.js';
import { Refusal } from '../../kernel/refusal.js';
import { isDuplicate } from './connection.js';
import { afterwards, written } from './patience.js';

/** One line of a document's audit trail, written in the same breath as the change that it tells of. */
export interface Entry {
  readonly version: number;
  readonly at: Instant;
  readonly by: By;
  /** What was done, as the end of a sentence that starts with the person's name: "accepted the date". */
  readonly did: string;
  /** It shows in a message of its own, so that it needs no line in the thread. */
  readonly quiet?: true;
}

/** A state as it stands in the store, with its version and its whole history. */
export interface Stored<T> {
  readonly id: string;
  readonly version: number;
  readonly state: T;
  readonly history: readonly Entry[];
}

/** What a decision comes to: the next state, and the line for the history. `undefined` instead means: nothing to do. */
export interface Decision<T> {
  readonly next: T;
  readonly did: string;
  readonly quiet?: true;
}

/** Who decides, and when. */
export interface Occasion {
  readonly by: By;
  readonly now: Instant;
}

/** An index over fields of the state, or over the document's own. */
export interface Index {
  readonly name: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
  readonly where?: Readonly<Record<string, unknown>>;
}

/**
 * Versioned documents of one kind. A change is one write, guarded by the version it was decided on, which carries
 * its history entry with it; whoever loses a race decides again on what is true now.
 */
export interface Documents<T> {
  readonly kind: string;
  find(id: string): Promise<Stored<T> | undefined>;
  /** Stores a new document. Resolves to undefined when its id, or a unique index, says that it is there already. */
  insert(id: string, state: T, did: string, occasion: Occasion): Promise<Stored<T> | undefined>;
  /** Loads, decides, saves; decides again when somebody was faster. Refuses an id that is not there. */
  change(id: string, occasion: Occasion, decide: (state: T) => Decision<T> | undefined): Promise<Stored<T>>;
  /** Documents that match, by the store's named queries only. */
  where(
    filter: Readonly<Record<string, unknown>>,
    sort?: Readonly<Record<string, 1 | -1>>,
    most?: number,
  ): Promise<Stored<T>[]>;
  /** Ids of what was changed and not yet followed, oldest first. */
  unsettled(): Promise<string[]>;
  /** Notes that everything which follows from this version is done; a later version stays unsettled. */
  settle(id: string, version: number): Promise<void>;
  /** Makes the indexes that this kind relies on. */
  prepare(): Promise<void>;
  /** Hears of every change made through this process, after it is saved. */
  onChange(listener: (id: string) => void): void;
}

interface DocumentRecord {
  _id: string;
  version: number;
  unsettled: boolean;
  state: unknown;
  history: Entry[];
}

const tries = 12;

/** Gives the documents of one kind, kept in the collection of that name. */
export function documents<T>(
  connection: Connection,
  kind: string,
  indexes: readonly Index[] = [],
): Documents<T> {
  const schema = new Schema<DocumentRecord>(
    {
      _id: String,
      version: Number,
      unsettled: Boolean,
      state: Schema.Types.Mixed,
      history: [Schema.Types.Mixed],
    },
    { versionKey: false, minimize: false, collection: kind },
  );
  const model = connection.model<DocumentRecord>(kind, schema);
  const listeners: ((id: string) => void)[] = [];
  const told = (stored: Stored<T>): Stored<T> => {
    afterwards(() => {
      for (const listener of listeners) listener(stored.id);
    });
    return stored;
  };

  const find = async (id: string): Promise<Stored<T> | undefined> => {
    const record = await model.findById(id).lean<DocumentRecord>().exec();
    return record === null ? undefined : read<T>(record);
  };

  const save = async (
    before: Stored<T>,
    decision: Decision<T>,
    { by, now }: Occasion,
  ): Promise<Stored<T> | undefined> => {
    const version = before.version + 1;
    const entry: Entry = {
      version,
      at: now,
      by,
      did: decision.did,
      ...(decision.quiet ? { quiet: true } : {}),
    };
    const { matchedCount } = await written(async () =>
      model.updateOne(
        { _id: before.id, version: before.version },
        { $set: { version, unsettled: true, state: decision.next }, $push: { history: entry } },
      ),
    );
    if (matchedCount === 0) return undefined;
    return { id: before.id, version, state: decision.next, history: [...before.history, entry] };
  };

  return {
    kind,
    find,
    insert: async (id, state, did, { by, now }) => {
      const history: Entry[] = [{ version: 1, at: now, by, did }];
      try {
        await written(() => model.create({ _id: id, version: 1, unsettled: true, state, history }));
      } catch (error) {
        if (isDuplicate(error)) return undefined;
        throw error;
      }
      return told({ id, version: 1, state, history });
    },
    change: async (id, occasion, decide) => {
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const before = await find(id);
        if (before === undefined) throw new Refusal('not-found', `There is no ${id}.`);
        const decision = decide(before.state);
        if (decision === undefined) return before;
        const saved = await save(before, decision, occasion);
        if (saved !== undefined) return told(saved);
      }
      throw new Refusal(
        'busy',
        `${id} is being changed by several people at once. Nothing was recorded; please try again.`,
      );
    },
    where: async (filter, sort = { _id: 1 }, most = 500) => {
      const records = await model.find(filter).sort(sort).limit(most).lean<DocumentRecord[]>().exec();
      return records.map((record) => read<T>(record));
    },
    unsettled: async () => {
      const records = await model
        .find({ unsettled: true })
        .select({ _id: 1 })
        .sort({ _id: 1 })
        .limit(500)
        .lean()
        .exec();
      return records.map((record) => String(record._id));
    },
    settle: async (id, version) => {
      await model.updateOne({ _id: id, version }, { $set: { unsettled: false } });
    },
    prepare: async () => {
      await makeIndexes(connection, kind, [
        { name: 'unsettled', keys: { unsettled: 1 }, where: { unsettled: true } },
        ...indexes,
      ]);
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

// The one place where what MongoDB gives back is taken for what this code once put there.
function read<T>(record: DocumentRecord): Stored<T> {
  return { id: record._id, version: record.version, state: record.state as T, history: record.history };
}

/** Makes indexes by name; MongoDB leaves alone those that are there already. */
export async function makeIndexes(
  connection: Connection,
  collection: string,
  indexes: readonly Index[],
): Promise<void> {
  for (const { name, keys, unique, where } of indexes) {
    await connection
      .collection(collection)
      .createIndex(
        { ...keys },
        { name, ...(unique ? { unique } : {}), ...(where ? { partialFilterExpression: { ...where } } : {}) },
      );
  }
}
