import { aclText, type Catalogue, notOfExtension, props, withComment } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

const kinds: Readonly<Record<string, string>> = {
  e: 'enum',
  d: 'domain',
  r: 'range type',
  c: 'composite type',
};

type Type = [
  oid: string,
  kind: string,
  relation: string,
  schema: string,
  name: string,
  owner: string,
  acl: Cell,
  labels: Cell,
  base: Cell,
  notNull: string,
  value: Cell,
  collation: Cell,
  range: Cell,
  comment: Cell,
];

/** What stands between the parentheses of a range type. */
function rangeText(version: number): string {
  const many =
    version < 14
      ? 'null'
      : `(select 'MULTIRANGE_TYPE_NAME = ' || quote_ident(mn.nspname) || '.' || quote_ident(mt.typname)
          from pg_type mt join pg_namespace mn on mn.oid = mt.typnamespace where mt.oid = r.rngmultitypid)`;
  return `concat_ws(', ', 'SUBTYPE = ' || format_type(r.rngsubtype, null),
    (select 'SUBTYPE_OPCLASS = ' || quote_ident(opn.nspname) || '.' || quote_ident(op.opcname)
      from pg_opclass op join pg_namespace opn on opn.oid = op.opcnamespace where op.oid = r.rngsubopc and not op.opcdefault),
    (select 'COLLATION = ' || r.rngcollation::regcollation from pg_type st
      where st.oid = r.rngsubtype and r.rngcollation <> st.typcollation),
    'CANONICAL = ' || nullif(r.rngcanonical::oid, 0)::regproc, 'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff::oid, 0)::regproc, ${many})`;
}

/** Enums, domains, ranges and what is granted on composite types. A domain's constraints follow with those of tables. */
export function types(catalogue: Catalogue): Question {
  return question<Type>({
    kinds: ['enum', 'domain', 'range type'],
    sql: `select t.oid, t.typtype, t.typrelid, n.nspname, t.typname, pg_get_userbyid(t.typowner), ${aclText('t.typacl')},
        (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid),
        case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end, t.typnotnull,
        case when t.typtype = 'd' then coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) end,
        case when t.typtype = 'd' and t.typcollation <> b.typcollation then t.typcollation::regcollation::text end,
        case t.typtype when 'r' then (${rangeText(catalogue.version)}) end, d.description
      from pg_type t
        join pg_namespace n on n.oid = t.typnamespace
        left join pg_type b on b.oid = t.typbasetype
        left join pg_class c on c.oid = t.typrelid
        left join pg_range r on r.rngtypid = t.oid
        ${withComment('pg_type', 't.oid')}
      where t.typnamespace ${catalogue.inSchemas} and (t.typtype in ('e', 'd', 'r') or c.relkind = 'c')
        and ${notOfExtension('pg_type', 't.oid')}`,
    row: (row) => noteType(catalogue, row),
  });
}

function noteType(catalogue: Catalogue, row: Type): void {
  const [oid, letter, relation, schema, name, owner, acl, labels, base, notNull, value] = row;
  const [collation, range, comment] = row.slice(11);
  if (letter === 'c') {
    const composite = catalogue.objects.get(relation);
    if (composite !== undefined) catalogue.grants(composite, acl, 'type', owner);
    return;
  }
  const type = catalogue.note(
    kinds[letter] ?? 'type',
    [schema, name],
    props({
      owner,
      values: labels,
      type: base,
      nullable: letter === 'd' ? notNull === 'f' : undefined,
      default: value,
      collation,
      definition: range,
      comment,
    }),
  );
  catalogue.objects.set(`type ${oid}`, type);
  catalogue.grants(type, acl, 'type', owner);
}
