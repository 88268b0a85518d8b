import { blindnessOf, blindSpots, type Spot } from './blindness.js';
import { namesInOrder } from './canonical.js';
import { whyNot } from './comparable.js';
import type { Along, Difference } from './differences.js';
import { type Pair, pairUp } from './pairing.js';
import { takeRenames } from './renames.js';
import { type Rolled, rollUp } from './roll-up.js';
import type { Section, Thing } from './snapshot.js';

/** What a difference is before it is judged. */
export type Finding = Omit<
  Difference,
  'id' | 'digest' | 'path' | 'weight' | 'reason' | 'rights' | 'statement' | 'source' | 'collector'
>;

/** What differs of one source, from production to staging. */
export function* findings(
  source: string,
  here: Section | undefined,
  there: Section | undefined,
): Generator<Finding> {
  const why = whyNot(source, here, there);
  if (here === undefined || there === undefined || why !== undefined) {
    const reason = why ?? 'it cannot be compared';
    yield blindFinding({ kind: undefined, name: [], production: reason, staging: reason });
    return;
  }
  const { changed, removed, added } = pairUp(here, there, {
    production: blindnessOf(here),
    staging: blindnessOf(there),
  });
  const renames = takeRenames(removed, added);
  for (const pair of [...changed, ...renames.changed])
    yield { what: 'changed', ...pairFinding(pair), along: [] };
  for (const pair of renames.renamed)
    yield { what: 'renamed', ...pairFinding(pair), along: pair.along.map(alongPair) };
  for (const rolled of rollUp(removed)) yield oneSided('removed', 'production', rolled);
  for (const rolled of rollUp(added)) yield oneSided('added', 'staging', rolled);
  for (const spot of blindSpots(here, there)) yield blindFinding(spot);
}

const placeOf = ({ kind, name, parent }: Thing): Pick<Along, 'kind' | 'name' | 'parent'> =>
  parent === undefined ? { kind, name } : { kind, name, parent };

function oneSided(
  what: 'added' | 'removed',
  side: 'production' | 'staging',
  { thing, along }: Rolled,
): Finding {
  const there = along.map((one) => ({ ...placeOf(one), [side]: one.props }));
  return { what, ...placeOf(thing), [side]: thing.props, changed: [], along: there };
}

function alongPair({ production, staging }: Pair): Along {
  const isRenamed = namesInOrder(production.name, staging.name) !== 0;
  const formerly = isRenamed ? { formerly: production.name } : {};
  return { ...placeOf(staging), ...formerly, production: production.props, staging: staging.props };
}

const pairFinding = (pair: Pair) => ({ ...alongPair(pair), changed: pair.changed });

function blindFinding({ kind, name, production, staging }: Spot): Finding {
  const blind = {
    ...(production === undefined ? {} : { production }),
    ...(staging === undefined ? {} : { staging }),
  };
  return { what: 'blind', kind: kind ?? 'anything', name, changed: [], along: [], blind };
}
