import type { Look, Looked } from './look.js';
import type { ByteName } from './names.js';

/** A look that somebody waits for. */
export interface Ask {
  /** Who waits. */
  readonly of: object;
  readonly source: string;
  readonly folder: ByteName;
  /** Made when its turn comes, because what is known of a folder is read from the disk. */
  readonly look: () => Look;
  readonly done: (looked: Looked) => void;
  readonly failed: (error: unknown) => void;
}

/** Looks that are still to be done. The last comes first, so that of a deep tree few are open at a time. */
export interface Waiting {
  readonly size: () => number;
  add(ask: Ask): void;
  /** The next one, and with it the same source's look at the same folder that somebody else waits for; none when there are none. */
  take(): readonly Ask[];
  /** Takes all that somebody waits for. */
  withdraw(of: object): readonly Ask[];
}

const keyOf = ({ source, folder }: Ask): string => `${source}\0${folder}`;

export function waitingList(): Waiting {
  let stack: Ask[] = [];
  const open = new Map<string, Ask[]>();
  let size = 0;
  /** Undefined when it was taken before. */
  const close = (ask: Ask): Ask | undefined => {
    const key = keyOf(ask);
    const there = open.get(key) ?? [];
    const at = there.lastIndexOf(ask);
    if (at < 0) return undefined;
    there.splice(at, 1);
    if (there.length === 0) open.delete(key);
    size -= 1;
    return ask;
  };
  return {
    size: () => size,
    add: (ask) => {
      stack.push(ask);
      const there = open.get(keyOf(ask));
      if (there === undefined) open.set(keyOf(ask), [ask]);
      else there.push(ask);
      size += 1;
    },
    take: () => {
      for (let last = stack.pop(); last !== undefined; last = stack.pop()) {
        const ask = close(last);
        if (ask === undefined) continue;
        const twin = open.get(keyOf(ask))?.findLast(({ of }) => of !== ask.of);
        if (twin !== undefined) close(twin);
        return twin === undefined ? [ask] : [ask, twin];
      }
      return [];
    },
    withdraw: (whose) => {
      const withdrawn = stack.filter((ask) => ask.of === whose && close(ask) !== undefined);
      stack = stack.filter(({ of }) => of !== whose);
      return withdrawn;
    },
  };
}
