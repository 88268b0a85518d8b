import type { Parent, Props } from '../databases/notes.js';
import { aclText, type Catalogue, notOfExtension, props, withComment, yes } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

const kinds: Readonly<Record<string, string>> = {
  r: 'table',
  p: 'table',
  f: 'foreign table',
  v: 'view',
  m: 'materialised view',
  c: 'composite type',
};

type Relation = [
  oid: string,
  marks: string,
  schema: string,
  name: string,
  owner: string,
  acl: Cell,
  definition: Cell,
  comment: Cell,
  unusual: Cell,
];

/** What few relations have, by the names of their properties; and what is no property as it is. */
type Unusual = Readonly<Record<'serverOptions' | 'parentSchema' | 'parentName', Cell>> &
  Readonly<Record<string, Cell>>;

const identities: Readonly<Record<string, string>> = { f: 'full', n: 'nothing' };
const persistences: Readonly<Record<string, string>> = { u: 'unlogged', t: 'temporary' };

/** Tables, views, materialised views, foreign tables and composite types, with what is granted on them. */
export function relations(catalogue: Catalogue): Question {
  const identity = `case c.relreplident when 'i' then (select 'using index ' || quote_ident(ic.relname)
      from pg_index ri join pg_class ic on ic.oid = ri.indexrelid where ri.indrelid = c.oid and ri.indisreplident) end`;
  const options = `case when c.reloptions is not null or tc.reloptions is not null then (select string_agg(o, ', ' order by o collate "C")
      from (select unnest(c.reloptions) o union all select 'toast.' || unnest(tc.reloptions)) os) end`;
  return question<Relation>({
    kinds: ['table', 'view', 'materialised view', 'foreign table', 'composite type'],
    // Many small cells cost more than one: six letters come together, and what is seldom set too.
    sql: `select c.oid, concat(c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relispopulated, c.relreplident),
        n.nspname, c.relname, pg_get_userbyid(c.relowner), ${aclText('c.relacl')},
        case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
        case c.relkind when 'c' then obj_description(c.reltype, 'pg_type') else d.description end,
        case when c.relreplident = 'i' or c.reloptions is not null
            or tc.reloptions is not null or c.relkind = 'p' or c.relispartition or i.parents is not null or c.reloftype <> 0
            or am.amname is not null or ts.spcname is not null or ft.ftrelid is not null
          then jsonb_build_object('replicaIdentity', ${identity}, 'options', ${options},
            'partitionBy', case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
            'partition', case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end, 'inherits', i.parents,
            'of', case when c.reloftype <> 0 then c.reloftype::regtype::text end, 'method', am.amname,
            'tablespace', ts.spcname, 'server', s.srvname, 'serverOptions', to_jsonb(ft.ftoptions)::text,
            'parentSchema', pn.nspname, 'parentName', pc.relname) end
      from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        left join (select inhrelid, string_agg(inhparent::regclass::text, ', ' order by inhseqno) parents
          from pg_inherits group by inhrelid) i on i.inhrelid = c.oid
        left join pg_inherits pi on pi.inhrelid = c.oid and c.relispartition
        left join pg_class pc on pc.oid = pi.inhparent
        left join pg_namespace pn on pn.oid = pc.relnamespace
        left join (select oid, reloptions from pg_class where relkind = 't' and reloptions is not null) tc on tc.oid = c.reltoastrelid
        left join pg_am am on am.oid = c.relam and am.amname <> 'heap'
        left join pg_tablespace ts on ts.oid = c.reltablespace
        left join pg_foreign_table ft on ft.ftrelid = c.oid
        left join pg_foreign_server s on s.oid = ft.ftserver
        ${withComment('pg_class', 'c.oid')}
      where c.relnamespace ${catalogue.inSchemas} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
        and ${notOfExtension('pg_class', 'c.oid')}`,
    row: (row) => noteRelation(catalogue, row),
  });
}

function noteRelation(
  catalogue: Catalogue,
  [oid, marks, schema, name, owner, acl, definition, comment, unusual]: Relation,
): void {
  const [letter = '', persistence = '', rowSecurity = '', forced = '', populated, identity = ''] = marks;
  const { intern } = catalogue;
  const kind = kinds[letter] ?? 'table';
  const [further, parent] = unusual === null ? [] : seldom(catalogue, JSON.parse(unusual) as Unusual);
  const object = catalogue.note(
    kind,
    [intern(schema), name],
    props({
      owner: intern(owner),
      persistence: persistences[persistence],
      rowSecurity: yes(rowSecurity),
      rowSecurityForced: yes(forced),
      replicaIdentity: identities[identity],
      definition,
      populated: letter === 'm' && populated === 'f' ? false : undefined,
      comment,
      ...further,
    }),
    parent,
  );
  catalogue.objects.set(oid, object);
  // The type that a composite type stands for has its list of its own; askTypes notes it.
  if (letter !== 'c') catalogue.grants(object, acl, 'table', owner);
}

function seldom(
  catalogue: Catalogue,
  { serverOptions, parentSchema, parentName, ...further }: Unusual,
): [Props, Parent | undefined] {
  const parent = parentName === null ? undefined : { kind: 'table', name: [parentSchema ?? '', parentName] };
  return [props({ ...further, ...catalogue.options(serverOptions) }), parent];
}
