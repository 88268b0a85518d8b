import type { Props, Stated } from '../../differences.js';
import { commentOn, lines, literal, named, roleNamed, textOf, wanted } from './written.js';

const prefix = 'option ';
const optionsOf = (props: Props | undefined): [name: string, value: string][] =>
  Object.entries(props ?? {})
    .filter(([prop]) => prop.startsWith(prefix))
    .map(([prop, value]) => [prop.slice(prefix.length), textOf(value)]);

/** Options as they stand where something is made; empty without any. */
export function given(props: Props | undefined): string {
  const options = optionsOf(props).map(([name, value]) => `${named(name)} ${literal(value)}`);
  return options.length === 0 ? '' : ` OPTIONS (${options.join(', ')})`;
}

/** What is added to, set in and dropped from options; undefined when they are the same. */
export function optionActs({ production, staging }: Stated): string | undefined {
  const [before, after] = [new Map(optionsOf(production)), new Map(optionsOf(staging))];
  const acts = [
    ...[...after]
      .filter(([name, value]) => before.get(name) !== value)
      .map(([name, value]) => `${before.has(name) ? 'SET' : 'ADD'} ${named(name)} ${literal(value)}`),
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `DROP ${named(name)}`),
  ];
  return acts.length === 0 ? undefined : `OPTIONS (${acts.join(', ')})`;
}

/** Servers, tables and users of other databases. */
export function foreignStatement(difference: Stated): string | undefined {
  const { what, kind, name, staging, changed } = difference;
  const [words, object, creation] = wordsOf(difference);
  if (what === 'removed') return lines(`DROP ${words} ${object}`);
  const comment = wanted(difference, 'comment');
  const told = commentOn(`${words} ${object}`, comment);
  if (what === 'added')
    return lines(`CREATE ${words} ${object}${creation}${given(staging)}`, comment === '' ? undefined : told);
  const options = optionActs(difference);
  const [isOwner, isComment] = ['owner', 'comment'].map((prop) => changed.some(([one]) => one === prop));
  return lines(
    options === undefined ? undefined : `ALTER ${words} ${object} ${options}`,
    kind === 'foreign server' && changed.some(([prop]) => prop === 'terms')
      ? `ALTER SERVER ${named(...name)} VERSION ${/VERSION (.*)$/su.exec(wanted(difference, 'terms'))?.[1] ?? 'NULL'}`
      : undefined,
    isOwner ? `ALTER ${words} ${object} OWNER TO ${named(wanted(difference, 'owner'))}` : undefined,
    isComment ? told : undefined,
  );
}

function wordsOf(difference: Stated): [words: string, object: string, creation: string] {
  const { kind, name } = difference;
  const terms = wanted(difference, 'terms');
  const further = terms === '' ? '' : ` ${terms}`;
  switch (kind) {
    case 'foreign server':
      return [
        'SERVER',
        named(...name),
        `${further} FOREIGN DATA WRAPPER ${named(wanted(difference, 'wrapper'))}`,
      ];
    case 'user mapping':
      return ['USER MAPPING', `FOR ${roleNamed(name[1] ?? '')} SERVER ${named(name[0] ?? '')}`, ''];
    case 'foreign table':
      return ['FOREIGN TABLE', named(...name), ` () SERVER ${named(wanted(difference, 'server'))}`];
    default:
      return ['FOREIGN DATA WRAPPER', named(...name), further];
  }
}

/** What is sent to other databases, and its terms. */
export function publicationStatement(difference: Stated): string | undefined {
  const { what, name, changed } = difference;
  const publication = named(...name);
  if (what === 'removed') return lines(`DROP PUBLICATION ${publication}`);
  const [of, publish, comment] = ['of', 'publish', 'comment'].map((prop) => wanted(difference, prop));
  const viaRoot = wanted(difference, 'viaRoot') === 'true';
  const terms = `publish = ${literal(publish ?? '')}, publish_via_partition_root = ${viaRoot}`;
  const isOf = changed.some(([prop]) => prop === 'of');
  const isWhole = [difference.production?.['of'], of].includes('ALL TABLES');
  const create = `CREATE PUBLICATION ${publication}${of === '' ? '' : ` FOR ${of}`} WITH (${terms})`;
  const isNew = what === 'added' || (isOf && (isWhole || of === ''));
  return lines(
    isNew && what === 'changed' ? `DROP PUBLICATION ${publication}` : undefined,
    isNew ? create : undefined,
    isOf && !isNew ? `ALTER PUBLICATION ${publication} SET ${of}` : undefined,
    changed.some(([prop]) => prop === 'publish' || prop === 'viaRoot') && !isNew
      ? `ALTER PUBLICATION ${publication} SET (${terms})`
      : undefined,
    comment !== '' || changed.some(([prop]) => prop === 'comment')
      ? commentOn(`PUBLICATION ${publication}`, comment ?? '')
      : undefined,
  );
}
