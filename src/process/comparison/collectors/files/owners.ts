import { readFileSync } from 'node:fs';

/** Turns the numbers of users and groups into names. */
export interface Owners {
  user(id: string | number): string;
  group(id: string | number): string;
}

/** The third field of each line is the number, the first the name. */
function namesIn(path: string): Map<number, string> {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return new Map(
      lines
        .map((line) => line.split(':'))
        .filter(([name, , id]) => name && id)
        .map(([name = '', , id]) => [Number(id), name]),
    );
  } catch {
    return new Map(); // a system without such lists: numbers are told
  }
}

const nameOf =
  (names: ReadonlyMap<number, string>) =>
  (id: string | number): string =>
    typeof id === 'string' ? id : (names.get(id) ?? String(id));

/** The names that this machine knows its users and groups by. */
export function ownersHere(): Owners {
  return { user: nameOf(namesIn('/etc/passwd')), group: nameOf(namesIn('/etc/group')) };
}

/** What another machine tells, as it tells it: the numbers that it has no names for mean somebody else here. */
export const ownersThere: Owners = { user: String, group: String };
