import { Refusal } from '../../src/kernel/refusal.js';

/** The refusal that this work ends in. Fails when it ends otherwise, or when the sentence does not read like one. */
export function refused(work: () => unknown): Refusal {
  const refusal = refusalOf(work);
  if (refusal === undefined) throw new Error('it was not refused');
  return refusal;
}

/** The refusal that this work ends in, if it does; every sentence begins like one and ends with a full stop, a mark or a command. */
export function refusalOf(work: () => unknown): Refusal | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reads =
      /^[\p{Lu}\p{N}"<].{8,}\S$/su.test(error.message) && !/undefined|null|\[object|NaN/u.test(error.message);
    if (!reads) throw new Error(`this refusal is no sentence: ${error.message}`);
    return error;
  }
}

/** The same value, in which nothing can be changed any more: whoever tries throws. */
export function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const held of Object.values(value)) frozen(held);
  }
  return value;
}
