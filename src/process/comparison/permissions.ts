import { keyOf } from './names.js';
import type { Section, Thing, Value } from './snapshot.js';

type Rights = Readonly<Record<string, Value>>;

/** Who may do what with one thing of an environment: a file's owner and mode, a grant, a role. */
export interface Permission {
  readonly source: string;
  readonly kind: string;
  readonly name: readonly string[];
  readonly rights: Rights;
}

/** One thing whose rights are not the same on both sides; a side that has no such grant or role is absent. */
export interface PermissionDifference extends Omit<Permission, 'rights'> {
  readonly production?: Rights;
  readonly staging?: Rights;
}

/** Things that are nothing but rights. */
const rightsAlone = new Set(['grant', 'role', 'user', 'membership', 'policy', 'default privileges']);
/** What says of any other thing who may use it. */
const held = ['owner', 'group', 'mode'];

function rightsOf({ kind, props }: Thing): Rights | undefined {
  if (rightsAlone.has(kind)) return props;
  const rights = Object.entries(props).filter(([prop]) => held.includes(prop));
  return rights.length === 0 ? undefined : Object.fromEntries(rights);
}

/** The rights on everything that these sections tell of, files and databases alike, in the sections' order. */
export function permissionsOf(sections: readonly Section[]): readonly Permission[] {
  return sections.flatMap(({ source, things }) =>
    things.flatMap((thing) => {
      const rights = rightsOf(thing);
      return rights === undefined ? [] : [{ source, kind: thing.kind, name: thing.name, rights }];
    }),
  );
}

function isSame(one: Rights, other: Rights): boolean {
  const text = (rights: Rights): string => JSON.stringify(Object.entries(rights).sort());
  return text(one) === text(other);
}

/**
 * Where the sides differ in rights. A file or table that only one side has is no difference in rights; a grant or role that
 * only one side has is.
 */
export function permissionDifferences(
  production: readonly Section[],
  staging: readonly Section[],
): readonly PermissionDifference[] {
  const key = ({ source, kind, name }: Permission): string => keyOf(source, [kind, ...name]);
  const here = new Map(permissionsOf(production).map((one) => [key(one), one]));
  const there = new Map(permissionsOf(staging).map((one) => [key(one), one]));
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((both): PermissionDifference[] => {
    const [before, after] = [here.get(both), there.get(both)];
    const one = before ?? after;
    if (one === undefined || (before && after && isSame(before.rights, after.rights))) return [];
    if ((!before || !after) && !rightsAlone.has(one.kind)) return [];
    const { source, kind, name } = one;
    return [
      {
        ...{ source, kind, name },
        ...(before && { production: before.rights }),
        ...(after && { staging: after.rights }),
      },
    ];
  });
}
