/** One value of a file: where it stands, from the outermost key to the innermost, and what it is. */
export interface Parameter {
  readonly path: readonly string[];
  readonly value: string | number | boolean | null;
  /** Set for a list or group without anything in it, whose `value` then only names which. */
  readonly empty?: true;
}

/** A file that cannot be parsed. Says where, and never quotes: what stands there may be a secret. */
export class Unparsable extends Error {
  override readonly name = 'Unparsable';
}

/** The sentence for a file that stops being what it should be at a line (counted from 1). */
export function unparsableAt(line: number | undefined, format: string): Unparsable {
  return new Unparsable(
    line === undefined ? `it is not valid ${format}` : `line ${line} is not valid ${format}`,
  );
}

/** The line, counted from 1, that holds this place of a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Files with more are no parameter files; references that refer to references can make a small file as large as one likes. */
const most = 100_000;
const deepest = 100;

/** Keeps a file from growing without end while it is unfolded. */
export function bounded(): { count(depth: number): void } {
  let seen = 0;
  return {
    count: (depth) => {
      seen += 1;
      if (seen > most) throw new Unparsable(`it has more than ${most} values`);
      if (depth > deepest) throw new Unparsable(`it is nested more than ${deepest} deep`);
    },
  };
}
