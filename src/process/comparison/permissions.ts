import type { Change, Difference, What } from './differences.js';

/** Things that are nothing but rights. */
const rightsAlone = new Set(['grant', 'role', 'user', 'membership', 'policy', 'default privileges']);
/** What says of any other thing who may use it. */
const held = new Set(['owner', 'group', 'mode', 'roles', 'rowSecurity', 'rowSecurityForced']);

type Finding = Pick<Difference, 'kind' | 'changed'> & { readonly what: What };

/**
 * Whether a difference is about who may use something, and how: a grant or role that came, went or changed, or another owner
 * or mode of a file or table that is there on both sides. A file that only one side has is no difference in rights.
 */
export function isAboutRights({ what, kind, changed }: Finding): boolean {
  if (what === 'blind') return false;
  return rightsAlone.has(kind) || rightsIn({ kind, changed }).length > 0;
}

/** What of it is about rights: of a file with other content and another mode, the mode. */
export function rightsIn({ kind, changed }: Pick<Difference, 'kind' | 'changed'>): readonly Change[] {
  return rightsAlone.has(kind) ? changed : changed.filter(([prop]) => held.has(prop));
}

/** The differences in rights, files and databases together, by source and name whatever their weight. */
export function inRights(differences: readonly Difference[]): readonly Difference[] {
  const key = ({ source, kind, path }: Difference): string => `${source}\0${kind}\0${path}`;
  return differences
    .filter(({ rights }) => rights)
    .toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
