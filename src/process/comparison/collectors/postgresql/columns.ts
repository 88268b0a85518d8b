import { below } from '../../names.js';
import type { Props } from '../databases/notes.js';
import { aclText, type Catalogue, props } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

type Column = [
  relation: string,
  name: string,
  facts: string,
  value: Cell,
  collation: Cell,
  acl: Cell,
  comment: Cell,
  unusual: Cell,
];

const identities: Readonly<Record<string, string>> = { a: 'always', d: 'by default' };
const generations: Readonly<Record<string, string>> = { s: 'stored', v: 'virtual' };

/** Columns of tables and attributes of composite types. Their order is not compared: nothing can change it in place. */
export function columns(catalogue: Catalogue): Question {
  const compression = catalogue.version < 14 ? `''` : 'a.attcompression';
  // What a partition or an heir has from its parent is told of the parent alone, unless it differs there.
  const inheritedAlike = `d.description is null and exists (select from pg_inherits i
      join pg_attribute p on p.attrelid = i.inhparent and p.attname = a.attname
      left join pg_attrdef pd on pd.adrelid = p.attrelid and pd.adnum = p.attnum
    where i.inhrelid = a.attrelid and p.attnotnull = a.attnotnull and p.attstorage = a.attstorage
      and pg_get_expr(pd.adbin, pd.adrelid) is not distinct from pg_get_expr(ad.adbin, ad.adrelid))`;
  const alike: Alike = new Map();
  return question<Column>({
    kinds: ['column', 'inherited column', 'view column'],
    // Only what a generated column is made of speaks of other columns: without the table's number the server need not
    // open the table. Many small cells cost more than one, so four letters come with the type, and what is seldom set together.
    sql: `select a.attrelid, a.attname,
        concat(a.attnotnull, coalesce(nullif(a.attidentity, ''), '-'), coalesce(nullif(a.attgenerated, ''), '-'),
          case when a.attinhcount = 0 then 'f' when ${inheritedAlike} then 'g' else 't' end, format_type(a.atttypid, a.atttypmod)),
        pg_get_expr(ad.adbin, case when a.attgenerated = '' then 0 else ad.adrelid end),
        case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
        ${aclText('a.attacl')}, d.description,
        case when a.attstorage <> t.typstorage or ${compression} <> '' or a.attstattarget >= 0 or a.attoptions is not null
            or a.attfdwoptions is not null then jsonb_build_array(
          case when a.attstorage <> t.typstorage then a.attstorage end, nullif(${compression}, ''),
          case when a.attstattarget >= 0 then a.attstattarget::text end, array_to_string(a.attoptions, ', '),
          to_jsonb(a.attfdwoptions)::text) end
      from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        join pg_type t on t.oid = a.atttypid
        left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
        left join pg_description d
          on d.classoid = 'pg_class'::regclass and d.objoid = a.attrelid and d.objsubid = a.attnum
      where c.relnamespace ${catalogue.inSchemas} and c.relkind in ('r', 'p', 'f', 'c', 'v', 'm') and a.attnum > 0
        and not a.attisdropped and not (a.attinhcount > 0 and a.attacl is null and ${inheritedAlike})`,
    row: (row) => noteColumn(catalogue, alike, row),
  });
}

/** What columns are that are made alike, by their facts and their default: most are, and one copy serves them all. */
type Alike = Map<string, Map<Cell, Props>>;

function noteColumn(catalogue: Catalogue, alike: Alike, row: Column): void {
  const [relation, name, facts, value, collation, acl, comment, unusual] = row;
  const parent = catalogue.objects.get(relation);
  if (parent === undefined) return;
  const path = below(parent.name, catalogue.intern(name));
  const isView = parent.kind === 'view' || parent.kind === 'materialised view';
  const inherited = facts[3];
  if (isView) {
    // The rest of it stands in the view's own text.
    const { nullable, type, generated, collation: _, ...further } = propsOf(catalogue, row);
    if (Object.keys(further).length > 0) catalogue.note('view column', path, further, parent);
  } else if (inherited === 't') {
    const { type, generated, collation: _, ...own } = propsOf(catalogue, row);
    catalogue.note('inherited column', path, own, parent);
  } else if (inherited === 'f') {
    const isAlike = facts.startsWith('--', 1) && collation === null && comment === null && unusual === null;
    const whole = isAlike
      ? shared(alike, facts, value, () => propsOf(catalogue, row))
      : propsOf(catalogue, row);
    catalogue.note('column', path, whole, parent);
  }
  if (acl === null) return;
  const column = { kind: 'column', name: path };
  catalogue.grants(column, acl, 'column', '', isView || inherited !== 'f' ? parent : column);
}

function shared(alike: Alike, facts: string, value: Cell, make: () => Props): Props {
  const withDefault = alike.get(facts) ?? new Map<Cell, Props>();
  if (withDefault.size === 0) alike.set(facts, withDefault);
  const before = withDefault.get(value);
  if (before !== undefined) return before;
  const made = make();
  withDefault.set(value, made);
  return made;
}

function propsOf(
  catalogue: Catalogue,
  [relation, name, facts, value, collation, , comment, unusual]: Column,
): Props {
  const [notNull, identity = '', generated = ''] = facts;
  const isGenerated = generated !== '-';
  return props({
    type: catalogue.intern(facts.slice(4)),
    nullable: notNull === 'f',
    default: isGenerated ? undefined : catalogue.intern(value),
    identity: identities[identity],
    identityOptions: identity === '-' ? undefined : catalogue.identities.get(`${relation} ${name}`),
    comment,
    ...(unusual === null ? {} : seldom(catalogue, unusual)),
    generated: isGenerated ? `${value} ${generations[generated]}` : undefined,
    collation,
  });
}

const storages: Readonly<Record<string, string>> = { p: 'plain', e: 'external', m: 'main', x: 'extended' };
const compressions: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' };

function seldom(catalogue: Catalogue, unusual: string): Props {
  const [storage, compression, statistics, options, foreign] = JSON.parse(unusual) as Cell[];
  return props({
    storage: storages[storage ?? ''],
    compression: compressions[compression ?? ''],
    statistics,
    options,
    ...catalogue.options(foreign ?? null),
  });
}
