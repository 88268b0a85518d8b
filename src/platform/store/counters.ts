import type { Connection } from 'mongoose';

/** Numbers that are given out once each: 1, 2, 3, … per name. */
export interface Counters {
  next(name: string): Promise<number>;
}

/** Counters in MongoDB; two processes that ask at once get two numbers. A number given out and not used leaves a gap. */
export function counters(connection: Connection): Counters {
  return {
    next: async (name) => {
      const counted = await connection
        .collection<{ _id: string; value: number }>('counters')
        .findOneAndUpdate({ _id: name }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' });
      if (counted === null) throw new Error(`the counter ${name} gave no number`);
      return counted.value;
    },
  };
}
