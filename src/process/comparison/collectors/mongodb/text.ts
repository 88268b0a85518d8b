import { BSON, type Document } from 'mongodb';

/** A value as text, in the order in which its fields stand: in an index or a pipeline that means something. */
export const textOf = (value: unknown): string => BSON.EJSON.stringify(value as Document, { relaxed: true });

/** The same with fields in order of their names, where their order means nothing. */
export function sortedText(value: unknown): string {
  return textOf(inOrder(value));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
