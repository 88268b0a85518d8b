import { counted, cut, listed } from '../../kernel/text.js';
import {
  type Along,
  type Change,
  type Comparison,
  type Difference,
  type Props,
  type What,
  weights,
} from './differences.js';
import { nameText, visible } from './paths.js';
import type { Value } from './snapshot.js';

/** The sign of each kind of difference, as reports show it. */
export const signs: Readonly<Record<What, string>> = {
  added: '+',
  removed: '−',
  changed: '≠',
  renamed: '→',
  blind: '?',
};

/** `3 breaking, 12 notable and 1 cosmetic difference`; `no differences`. */
export function weightsText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'no differences';
  const parts = weights.flatMap((weight) => {
    const many = differences.filter((one) => one.weight === weight).length;
    return many === 0 ? [] : [`${many} ${weight}`];
  });
  return `${listed(parts)} ${differences.length === 1 ? 'difference' : 'differences'}`;
}

/** How many differences were expected. */
export function expectedCount({ expected }: Comparison): number {
  return expected.reduce((sum, { differences }) => sum + differences.length, 0);
}

/** `with 9 columns, 2 indexes`: what came or went along; empty for nothing. */
export function alongText(along: readonly Along[]): string {
  const kinds = new Map<string, number>();
  for (const { kind } of along) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const parts = [...kinds]
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, many]) => counted(many, kind, plural(kind)));
  return parts.length === 0 ? '' : `with ${listed(parts)}`;
}

function plural(kind: string): string {
  if (/(?:s|x|ch)$/u.test(kind)) return kind === 'default privileges' ? kind : `${kind}es`;
  return /[^aeiou]y$/u.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

/** A value as a report says it. A secret is never told, not even as its hash. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return 'not there';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'a secret' : String(value);
}

/** A value on one line, in which everything can be seen. */
export function lineText(value: Value | undefined): string {
  return typeof value === 'string' ? visible(value) || '(empty)' : valueText(value);
}

const shownOfHash = 12;

/** A change as it is read: of a file's hash no more than tells two apart. */
export function readable(change: Change): Change {
  const [prop, from, to] = change;
  if (prop !== 'sha256' || typeof from !== 'string' || typeof to !== 'string') return change;
  if (from.slice(0, shownOfHash) === to.slice(0, shownOfHash)) return change;
  return [prop, `${from.slice(0, shownOfHash)}…`, `${to.slice(0, shownOfHash)}…`];
}

const telling = ['type', 'value', 'privileges', 'version', 'target', 'definition', 'values'];

/** What says most of a thing that only one side has: a column's type, a parameter's value. */
export function briefText({ what, production, staging }: Difference): string {
  const props = (what === 'added' ? staging : what === 'removed' ? production : undefined) ?? {};
  const prop = telling.find((one) => Object.hasOwn(props, one));
  return prop === undefined ? '' : cut(lineText(props[prop]).replaceAll('\\n', ' '), 90);
}

const shortValue = 40;
/** Says less than the reason of the difference does. */
const untelling = new Set(['sha256', 'definition', 'inode']);

/** What a difference comes to, in a few words for a line: `type: integer → bigint and 1 more`, `varchar(20)`. Empty where its kind says it all. */
export function tellingText(one: Difference): string {
  const { kind, formerly, changed } = one;
  const former = formerly === undefined ? [] : [`formerly ${nameText({ kind, name: formerly })}`];
  const [first, ...others] = changed
    .filter(([prop]) => !untelling.has(prop))
    .toSorted(([prop], [other]) => Number(telling.includes(other)) - Number(telling.includes(prop)));
  if (first === undefined) return [...former, briefText(one)].filter(Boolean).join(', ');
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [...former, `${changeText(first)}${more}`].join(', ');
}

function changeText([prop, from, to]: Change): string {
  if (areSecrets(from, to)) return `${visible(prop)}: a secret that differs`;
  const [before, after] = [from, to].map((value) => cut(lineText(value), shortValue));
  return before === after ? `${visible(prop)} differs` : `${visible(prop)}: ${before} → ${after}`;
}

/** Whether two secrets differ, of which a report says no more than that. */
export const areSecrets = (from: Value | undefined, to: Value | undefined): boolean =>
  [from, to].every((value) => typeof value === 'object' && value !== null);

const untold = (value: Value): Value =>
  typeof value === 'object' && value !== null ? { secret: '' } : value;

function untoldProps(props: Props): Props {
  return Object.fromEntries(Object.entries(props).map(([prop, value]) => [prop, untold(value)]));
}

function untoldSides<Sides extends { readonly production?: Props; readonly staging?: Props }>(
  sides: Sides,
): Sides {
  const { production, staging } = sides;
  return {
    ...sides,
    ...(production && { production: untoldProps(production) }),
    ...(staging && { staging: untoldProps(staging) }),
  };
}

const untoldDifference = (one: Difference): Difference => ({
  ...untoldSides(one),
  changed: one.changed.map(
    ([prop, from, to]) =>
      [prop, from === undefined ? from : untold(from), to === undefined ? to : untold(to)] as const,
  ),
  along: one.along.map(untoldSides),
});

/** The whole comparison as JSON, for programs: secrets are `{ "secret": "" }`, and a side without a property has null there. */
export function reportJson(comparison: Comparison): string {
  const { differences, expected, ...rest } = comparison;
  const told = {
    ...rest,
    equal: differences.length === 0,
    differences: differences.map(untoldDifference),
    expected: expected.map((one) => ({ ...one, differences: one.differences.map(untoldDifference) })),
  };
  return JSON.stringify(told, null, 2);
}
