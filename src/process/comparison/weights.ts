import { cut } from '../../kernel/text.js';
import type { Change, Props, Weight, What } from './differences.js';
import { weights } from './differences.js';
import { visible } from './paths.js';
import type { Value } from './snapshot.js';

/** How much something matters, and why. */
export interface Judgement {
  readonly weight: Weight;
  readonly reason: string;
}

const breaking = (reason: string): Judgement => ({ weight: 'breaking', reason });
const notable = (reason: string): Judgement => ({ weight: 'notable', reason });
const cosmetic = (reason: string): Judgement => ({ weight: 'cosmetic', reason });

const uses = breaking('whatever still uses it fails');
const check = notable('it no longer keeps wrong rows out');

const inherited = notable('it differs from what it is inherited from on one side only');

/** When staging has no more of it. */
const gone: Readonly<Record<string, Judgement>> = {
  table: breaking('its rows are lost, and whatever still uses it fails'),
  collection: breaking('its documents are lost, and whatever still uses it fails'),
  column: breaking('its values are lost, and whatever still uses it fails'),
  schema: uses,
  database: uses,
  'foreign table': uses,
  view: uses,
  'materialised view': uses,
  function: uses,
  procedure: uses,
  aggregate: uses,
  sequence: uses,
  enum: uses,
  domain: uses,
  'composite type': uses,
  'range type': uses,
  extension: uses,
  collation: uses,
  file: breaking('whatever still loads it fails'),
  symlink: breaking('whatever still goes through it fails'),
  parameter: breaking('whatever still reads it finds nothing'),
  grant: breaking('who had it is refused'),
  role: breaking('who uses it is refused'),
  user: breaking('who uses it is refused'),
  'primary key': breaking('rows can no longer be told apart by it'),
  unique: check,
  check,
  exclusion: check,
  'foreign key': check,
  index: notable('what it made fast may become slow'),
  trigger: notable('what it did no longer happens'),
  event: notable('what it did no longer happens'),
  rule: notable('what it did no longer happens'),
  policy: notable('it no longer decides who sees which rows'),
  membership: breaking('who had the role through it is refused'),
  partition: breaking('its rows are lost, and rows that would go there are refused'),
  'foreign server': uses,
  operator: uses,
  cast: uses,
  publication: notable('what receives it gets nothing more'),
  'inherited column': inherited,
  'inherited trigger': inherited,
  folder: notable('it is not there any more'),
};

const stricter = breaking('rows that are there already may violate it, and the release would stop');

/** When production has nothing of it. */
const come: Readonly<Record<string, Judgement>> = {
  'primary key': stricter,
  unique: stricter,
  check: stricter,
  exclusion: stricter,
  'foreign key': stricter,
  index: notable('building it takes time on a large table'),
  grant: notable('somebody may do what they may not do in production'),
  role: notable('somebody new may sign in or hold rights'),
  user: notable('somebody new may sign in or hold rights'),
  membership: notable('somebody new may sign in or hold rights'),
  'inherited column': inherited,
  'inherited trigger': inherited,
  parameter: notable('production needs a value for it'),
  policy: notable('it decides anew who sees which rows'),
  extension: notable('it must be installed where production runs'),
  trigger: notable('something new happens by itself'),
  event: notable('something new happens by itself'),
  row: notable('the release must bring this row'),
};

const isNumberedByItself = (extra: Value | undefined): boolean =>
  typeof extra === 'string' && /auto_increment/iu.test(extra);

function added(kind: string, props: Props): Judgement {
  const isFilled = ['default', 'identity', 'generated'].some((prop) => Object.hasOwn(props, prop));
  if (kind === 'column' && props['nullable'] === false && !isFilled && !isNumberedByItself(props['extra']))
    return breaking('rows that are there already have no value for it, and it must have one');
  return come[kind] ?? notable('production has no such thing');
}

const access = notable('who may use it, and how, becomes different');

/** What a change of one property means. */
const changes: Readonly<Record<string, Judgement>> = {
  comment: cosmetic('only its comment differs'),
  indexComment: cosmetic('only its comment differs'),
  statistics: cosmetic('only what the server knows of its values differs'),
  definer: access,
  security: access,
  type: breaking('values are stored in another type'),
  identity: breaking('its values are made in another way'),
  generated: breaking('its values are made in another way'),
  default: notable('new rows get another value'),
  collation: notable('texts compare and sort otherwise'),
  owner: access,
  group: access,
  mode: access,
  roles: access,
  sha256: notable('its content differs'),
  size: notable('it has another size'),
  target: notable('it leads elsewhere'),
  value: notable('its value differs'),
  clustered: cosmetic('only its order on disk differs'),
  position: cosmetic('only its place among the columns differs'),
};

function ofChange([prop, from, to]: Change): Judgement {
  if (prop === 'nullable' && from === true && to === false)
    return breaking('rows without a value are there perhaps, and it must have one');
  if (prop === 'nullable') return notable('it may be without a value');
  if (prop === 'version') return notable(`it is another version: ${versionText(from)} → ${versionText(to)}`);
  if (prop === 'privileges') return lost(from, to, 'who had a right loses it', 'somebody gains a right');
  if (prop === 'values')
    return lost(from, to, 'rows may hold a value that is no longer allowed', 'it allows new values');
  if (isBlank(from, to)) return cosmetic('only white space differs');
  return changes[prop] ?? notable(`its ${prop} differs`);
}

const versionText = (version: Value | undefined): string =>
  typeof version === 'string' ? cut(visible(version), 40) : 'none';

/** Lists of words in one text: heavy when a word went. */
function lost(from: Value | undefined, to: Value | undefined, went: string, came: string): Judgement {
  const words = (list: Value | undefined): string[] =>
    typeof list === 'string' ? list.split(', ').filter(Boolean) : [];
  const kept = new Set(words(to));
  return words(from).some((word) => !kept.has(word)) ? breaking(went) : notable(came);
}

const squeezed = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const isBlank = (from: Value | undefined, to: Value | undefined): boolean =>
  typeof from === 'string' && typeof to === 'string' && squeezed(from) === squeezed(to);

const quiet = new Set([
  'index',
  'primary key',
  'unique',
  'check',
  'exclusion',
  'foreign key',
  'trigger',
  'policy',
  'rule',
]);

/** What each change means; a new version says more than that the content differs. */
const ofChanges = (changed: readonly Change[]): Judgement[] =>
  changed.toSorted(([one], [other]) => Number(other === 'version') - Number(one === 'version')).map(ofChange);

function heaviest(judgements: readonly Judgement[]): Judgement | undefined {
  return weights
    .map((weight) => judgements.find((one) => one.weight === weight))
    .find((one) => one !== undefined);
}

interface Judged {
  readonly what: What;
  readonly kind: string;
  readonly name: readonly string[];
  readonly staging?: Props;
  readonly changed: readonly Change[];
}

/** How much a difference matters, and the reason in words that follow its name. */
export function judge({ what, kind, name, staging, changed }: Judged): Judgement {
  switch (what) {
    case 'removed':
      return gone[kind] ?? notable('staging has no such thing any more');
    case 'added':
      return added(kind, staging ?? {});
    case 'changed':
      return heaviest(ofChanges(changed)) ?? cosmetic('nothing that matters differs');
    case 'renamed': {
      const called = quiet.has(kind)
        ? cosmetic('only its name differs')
        : breaking('whatever uses its old name fails');
      return heaviest([called, ...ofChanges(changed)]) ?? called;
    }
    case 'blind':
      return name.length === 0
        ? breaking('nobody can tell what differs in all of it')
        : notable('nobody can tell whether it differs');
    default:
      return what satisfies never;
  }
}
