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
  kind: string,
  schema: string,
  name: string,
  owner: string,
  acl: Cell,
  persistence: string,
  rowSecurity: string,
  forced: string,
  identity: Cell,
  options: Cell,
  definition: Cell,
  partitionKey: Cell,
  bound: Cell,
  parents: Cell,
  tablespace: Cell,
  server: Cell,
  populated: string,
  comment: Cell,
  parentSchema: Cell,
  parentName: Cell,
  unusual: Cell,
];

const persistences: Readonly<Record<string, string>> = { u: 'unlogged', t: 'temporary' };

/** Tables, views, materialised views, foreign tables and composite types, with what is granted on them. */
export function relations(catalogue: Catalogue): Question {
  return question<Relation>({
    kinds: ['table', 'view', 'materialised view', 'foreign table', 'composite type'],
    sql: `select c.oid, c.relkind, n.nspname, c.relname, pg_get_userbyid(c.relowner), ${aclText('c.relacl')},
        c.relpersistence, c.relrowsecurity, c.relforcerowsecurity,
        case c.relreplident when 'f' then 'full' when 'n' then 'nothing' when 'i' then (select 'using index ' || quote_ident(ic.relname)
          from pg_index ri join pg_class ic on ic.oid = ri.indexrelid where ri.indrelid = c.oid and ri.indisreplident) end,
        case when c.reloptions is not null or tc.reloptions is not null then (select string_agg(o, ', ' order by o collate "C")
          from (select unnest(c.reloptions) o union all select 'toast.' || unnest(tc.reloptions)) os) end,
        case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
        case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
        case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end,
        i.parents, ts.spcname, s.srvname, c.relispopulated,
        case c.relkind when 'c' then obj_description(c.reltype, 'pg_type') else d.description end,
        pn.nspname, pc.relname, case when am.amname is not null or c.reloftype <> 0 or ft.ftoptions is not null then jsonb_build_array(am.amname,
          case when c.reloftype <> 0 then c.reloftype::regtype::text end, to_jsonb(ft.ftoptions)::text) end
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

function noteRelation(catalogue: Catalogue, row: Relation): void {
  const [oid, letter, schema, name, owner, acl, persistence, rowSecurity, forced, identity, options] = row;
  const [
    definition,
    partitionKey,
    bound,
    parents,
    tablespace,
    server,
    populated,
    comment,
    parentSchema,
    parentName,
    unusual = null,
  ] = row.slice(11);
  const [method, ofType, foreignOptions = null] = unusual === null ? [] : (JSON.parse(unusual) as Cell[]);
  const { intern } = catalogue;
  const kind = kinds[letter] ?? 'table';
  const parent = parentName == null ? undefined : { kind: 'table', name: [parentSchema ?? '', parentName] };
  const object = catalogue.note(
    kind,
    [intern(schema), name],
    props({
      owner: intern(owner),
      persistence: persistences[persistence],
      rowSecurity: yes(rowSecurity),
      rowSecurityForced: yes(forced),
      replicaIdentity: identity,
      options,
      definition,
      partitionBy: partitionKey,
      partition: bound,
      inherits: parents,
      of: ofType,
      method,
      tablespace,
      server,
      populated: letter === 'm' && populated === 'f' ? false : undefined,
      comment,
      ...catalogue.options(foreignOptions),
    }),
    parent,
  );
  catalogue.objects.set(oid, object);
  // The type that a composite type stands for has its list of its own; askTypes notes it.
  if (letter !== 'c') catalogue.grants(object, acl, 'table', owner);
}
