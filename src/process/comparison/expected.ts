import type { Difference, Expectation, Expected } from './differences.js';

/** Sorts out what slipway.yaml declares as expected; the first expectation that fits takes a difference. */
export function setExpectedAside(
  differences: readonly Difference[],
  expectations: readonly Expectation[],
): { readonly open: Difference[]; readonly expected: Expected[] } {
  const takers = expectations.map((expectation) => ({
    expectation,
    fits: fitting(expectation.match),
    differences: [] as Difference[],
  }));
  const open: Difference[] = [];
  for (const difference of differences) {
    const taker = takers.find(({ expectation, fits }) => isExpected(difference, expectation, fits));
    (taker?.differences ?? open).push(difference);
  }
  return { open, expected: takers.map(({ expectation, differences }) => ({ expectation, differences })) };
}

function isExpected(
  { what, kind, path, changed }: Difference,
  { only, blind }: Expectation,
  fits: (text: string) => boolean,
): boolean {
  if (what === 'blind' && blind !== true) return false;
  if (only !== undefined && (what !== 'changed' || changed.some(([prop]) => !only.includes(prop))))
    return false;
  return fits(`${kind} ${path}`);
}

/** Whether a text fits a pattern as a whole, `*` standing for anything; without one, whether it holds the pattern. Cases are the same. */
export function fitting(pattern: string): (text: string) => boolean {
  const parts = pattern.trim().toLowerCase().split('*');
  if (parts.length === 1) return (text) => text.toLowerCase().includes(parts[0] ?? '');
  return (text) => fitsInOrder(text.toLowerCase(), parts);
}

/** Looks for the parts one after the other, without ever going back: no pattern can make this slow. */
function fitsInOrder(text: string, parts: readonly string[]): boolean {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
