import { diffLines, diffWordsWithSpace } from 'diff';

/** A piece of a line; marked where it differs from the other side's. */
export interface Piece {
  readonly text: string;
  readonly marked: boolean;
}

/** One row of two texts side by side. */
export type Row =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'differs'; readonly from?: readonly Piece[]; readonly to?: readonly Piece[] }
  /** So many lines that are the same on both sides. */
  | { readonly kind: 'skipped'; readonly lines: number };

const around = 3;
/** Beyond these, finding the smallest difference takes long and nobody reads it. */
const mostEdits = 2_000;
const longestLine = 2_000;

/** Two texts side by side, line by line; what is the same far from any difference is left out. */
export function sideBySide(from: string, to: string): Row[] {
  const parts = diffLines(ended(from), ended(to), { maxEditLength: mostEdits });
  if (parts === undefined) return paired(linesOf(ended(from)), linesOf(ended(to)));
  const rows: Row[] = [];
  let gone: string[] = [];
  let come: string[] = [];
  const flush = (): void => {
    rows.push(...paired(gone, come));
    [gone, come] = [[], []];
  };
  for (const { value, added, removed } of parts) {
    if (removed) gone.push(...linesOf(value));
    else if (added) come.push(...linesOf(value));
    else {
      flush();
      rows.push(...linesOf(value).map((text): Row => ({ kind: 'same', text })));
    }
  }
  flush();
  const isSeen = from === to || rows.some(({ kind }) => kind === 'differs');
  // Only the end of the last line differs: the whole texts show it.
  return isSeen ? shortened(rows) : [{ kind: 'differs', ...whole(from, to) }];
}

const whole = (from: string, to: string) => ({
  from: [{ text: from, marked: false }],
  to: [{ text: to, marked: false }],
});

/** A last line without an end would differ from the same line with one. */
const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/u, '').split('\n'));

function paired(gone: readonly string[], come: readonly string[]): Row[] {
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at): Row => {
    const [from, to] = [gone[at], come[at]];
    if (from === undefined) return { kind: 'differs', to: [{ text: to ?? '', marked: false }] };
    if (to === undefined) return { kind: 'differs', from: [{ text: from, marked: false }] };
    return { kind: 'differs', ...marked(from, to) };
  });
}

/** One line against another, with the words that differ marked; nothing is marked where hardly a word is the same. */
function marked(from: string, to: string): { readonly from: Piece[]; readonly to: Piece[] } {
  if (from.length > longestLine || to.length > longestLine) return whole(from, to);
  const words = diffWordsWithSpace(from, to);
  const same = words.reduce(
    (sum, { value, added, removed }) => sum + (added || removed ? 0 : value.trim().length),
    0,
  );
  if (same * 4 < Math.max(from.length, to.length)) return whole(from, to);
  return {
    from: words.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, marked: removed })),
    to: words.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, marked: added })),
  };
}

/** Leaves out what is the same and further than some lines from what differs. */
function shortened(rows: readonly Row[]): Row[] {
  const near = new Set<number>();
  for (const [at, { kind }] of rows.entries()) {
    if (kind !== 'differs') continue;
    for (let by = -around; by <= around; by += 1) near.add(at + by);
  }
  const kept: Row[] = [];
  let skipped = 0;
  for (const [at, row] of rows.entries()) {
    if (!near.has(at)) {
      skipped += 1;
      continue;
    }
    if (skipped > 0) kept.push({ kind: 'skipped', lines: skipped });
    skipped = 0;
    kept.push(row);
  }
  if (skipped > 0) kept.push({ kind: 'skipped', lines: skipped });
  return kept;
}
