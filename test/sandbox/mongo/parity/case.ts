import type { Collection, Db, Document, Filter, FindOptions, UpdateFilter, UpdateOptions } from 'mongodb';

/** A document of any kind, with an `_id` of any type. */
export interface Thing extends Document {
  readonly _id: number | string;
}

type Things = Collection<Thing>;

/** What is done to the collection `things` of a database of its own. */
export type Run = (things: Things, db: Db) => Promise<unknown>;

/** One line of the table: documents that are there, what is done, and what MongoDB answers. */
export interface Case {
  readonly name: string;
  readonly documents: readonly Thing[];
  readonly run: Run;
  readonly answer: unknown;
}

/** Any filter, also those that the driver's types would not let pass. */
export const filter = (given: Document): Filter<Thing> => given;

/** The `_id`s that a filter finds, in the order of the answer. */
export const finds =
  (given: Document, options: FindOptions = {}): Run =>
  async (things) =>
    (await things.find(filter(given), options).toArray()).map(({ _id }) => _id);

/** The documents that a filter finds. */
export const shows =
  (given: Document, options: FindOptions = {}): Run =>
  (things) =>
    things.find(filter(given), options).toArray();

/** What all documents are after one of them was updated. */
export const updates =
  (given: Document, update: Document | Document[], options: UpdateOptions = {}): Run =>
  async (things) => {
    await things.updateOne(filter(given), update as UpdateFilter<Thing>, options);
    return things.find().toArray();
  };

export const aggregates =
  (...pipeline: Document[]): Run =>
  (things) =>
    things.aggregate(pipeline).toArray();

/** The value of one expression over the first document. */
export const evaluates =
  (expression: unknown): Run =>
  async (things) => {
    const [result] = await things
      .aggregate([{ $limit: 1 }, { $project: { _id: 0, value: expression } }])
      .toArray();
    return result?.value;
  };

/** The code of the error that something ends in, and for duplicates what was there twice. */
export const fails =
  (run: Run): Run =>
  async (things, db) => {
    try {
      return { unexpected: await run(things, db) };
    } catch (error) {
      const { code, keyPattern, keyValue } = error as {
        code?: number;
        keyPattern?: unknown;
        keyValue?: unknown;
      };
      return keyPattern === undefined ? { code } : { code, keyPattern, keyValue };
    }
  };
