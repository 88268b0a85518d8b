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
  identity: string,
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
];

const persistences: Readonly<Record<string, string>> = { u: 'unlogged', t: 'temporary' };
const replicaIdentities: Readonly<Record<string, string>> = { f: 'full', i: 'index', n: 'nothing' };

/** Tables, views, materialised views, foreign tables and composite types, with what is granted on them. */
export function relations(catalogue: Catalogue): Question {
  return question<Relation>({
    kinds: ['table', 'view', 'materialised view', 'foreign table', 'composite type'],
    sql: `select c.oid, c.relkind, n.nspname, c.relname, pg_get_userbyid(c.relowner), ${aclText('c.relacl')},
        c.relpersistence, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
        (select string_agg(o, ', ' order by o collate "C") from unnest(c.reloptions) o),
        case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
        case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end,
        case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end,
        i.parents, ts.spcname, s.srvname, c.relispopulated, d.description,
        pn.nspname, pc.relname
      from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        left join (select inhrelid, string_agg(inhparent::regclass::text, ', ' order by inhseqno) parents
          from pg_inherits group by inhrelid) i on i.inhrelid = c.oid
        left join pg_inherits pi on pi.inhrelid = c.oid and c.relispartition
        left join pg_class pc on pc.oid = pi.inhparent
        left join pg_namespace pn on pn.oid = pc.relnamespace
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
  ] = row.slice(11);
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
      replicaIdentity: replicaIdentities[identity],
      options,
      definition,
      partitionBy: partitionKey,
      partition: bound,
      inherits: parents,
      tablespace,
      server,
      populated: letter === 'm' && populated === 'f' ? false : undefined,
      comment,
    }),
    parent,
  );
  catalogue.objects.set(oid, object);
  // The type that a composite type stands for has its list of its own; askTypes notes it.
  if (letter !== 'c') catalogue.grants(object, acl, 'table', owner);
}

type Column = [
  relation: string,
  name: string,
  type: string,
  marks: string,
  value: Cell,
  collation: Cell,
  acl: Cell,
  comment: Cell,
];

// What a partition or an heir has from its parent is told of the parent alone, unless it differs there.
const inheritedAlike = `exists (select from pg_inherits i
    join pg_attribute p on p.attrelid = i.inhparent and p.attname = a.attname
    left join pg_attrdef pd on pd.adrelid = p.attrelid and pd.adnum = p.attnum
  where i.inhrelid = a.attrelid and p.attnotnull = a.attnotnull
    and pg_get_expr(pd.adbin, pd.adrelid) is not distinct from pg_get_expr(ad.adbin, ad.adrelid))`;

const identities: Readonly<Record<string, string>> = { a: 'always', d: 'by default' };
const generations: Readonly<Record<string, string>> = { s: 'stored', v: 'virtual' };

/** Columns of tables and attributes of composite types. Their order is not compared: nothing can change it in place. */
export function columns(catalogue: Catalogue): Question {
  const { intern, objects } = catalogue;
  return question<Column>({
    kinds: ['column'],
    // Only what a generated column is made of speaks of other columns: without the table's number the server need not
    // open the table. Many small cells cost more than one, so three letters come together.
    sql: `select a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod),
        concat(a.attnotnull, coalesce(nullif(a.attidentity, ''), '-'), a.attgenerated),
        pg_get_expr(ad.adbin, case when a.attgenerated = '' then 0 else ad.adrelid end),
        case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end,
        ${aclText('a.attacl')}, d.description
      from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        join pg_type t on t.oid = a.atttypid
        left join pg_attrdef ad on ad.adrelid = a.attrelid and ad.adnum = a.attnum
        left join pg_description d
          on d.classoid = 'pg_class'::regclass and d.objoid = a.attrelid and d.objsubid = a.attnum
      where c.relnamespace ${catalogue.inSchemas} and c.relkind in ('r', 'p', 'f', 'c', 'v', 'm') and a.attnum > 0
        and not a.attisdropped and not (a.attinhcount > 0 and ${inheritedAlike})`,
    row: ([
      relation,
      name,
      type,
      [notNull, identity = '', generated = ''],
      value,
      collation,
      acl,
      comment,
    ]) => {
      const parent = objects.get(relation);
      if (parent === undefined) return;
      const isView = parent.kind === 'view' || parent.kind === 'materialised view';
      if (isView && acl === null && comment === null && value === null) return;
      const column = catalogue.note(
        'column',
        parent.name.concat(intern(name)),
        props({
          type: intern(type),
          nullable: notNull === 'f',
          default: generated === '' ? intern(value) : undefined,
          generated: generated === '' ? undefined : `${value} ${generations[generated]}`,
          identity: identities[identity],
          identityOptions: identity === '-' ? undefined : catalogue.identities.get(`${relation} ${name}`),
          collation,
          comment,
        }),
        parent,
      );
      if (acl !== null) catalogue.grants(column, acl, 'column', '');
    },
  });
}

const constraintKinds: Readonly<Record<string, string>> = {
  p: 'primary key',
  u: 'unique',
  f: 'foreign key',
  c: 'check',
  x: 'exclusion',
};

/** Keys and constraints of tables and domains. */
export function constraints({ inSchemas, objects, note }: Catalogue): Question {
  return question<
    [relation: string, type: string, kind: string, name: string, definition: string, comment: Cell]
  >({
    kinds: Object.values(constraintKinds),
    sql: `select con.conrelid, con.contypid, con.contype, con.conname, pg_get_constraintdef(con.oid), d.description
      from pg_constraint con ${withComment('pg_constraint', 'con.oid')}
      where con.connamespace ${inSchemas} and con.contype in ('p', 'u', 'f', 'c', 'x') and con.coninhcount = 0`,
    row: ([relation, type, letter, name, definition, comment]) => {
      const parent = objects.get(relation === '0' ? `type ${type}` : relation);
      const kind = constraintKinds[letter];
      if (parent === undefined || kind === undefined) return;
      note(kind, parent.name.concat(name), props({ definition, comment }), parent);
    },
  });
}

/** Indexes that no constraint stands for. */
export function indexes({ inSchemas, objects, note }: Catalogue): Question {
  return question<
    [
      relation: string,
      name: string,
      definition: string,
      valid: string,
      clustered: string,
      identity: string,
      comment: Cell,
    ]
  >({
    kinds: ['index'],
    sql: `select i.indrelid, c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered,
        i.indisreplident, d.description
      from pg_index i
        join pg_class c on c.oid = i.indexrelid ${withComment('pg_class', 'i.indexrelid')}
      where c.relnamespace ${inSchemas} and not c.relispartition
        and i.indexrelid not in (select conindid from pg_constraint where contype in ('p', 'u', 'x'))`,
    row: ([relation, name, definition, valid, clustered, identity, comment]) => {
      const parent = objects.get(relation);
      if (parent === undefined) return;
      const states = {
        valid: valid === 'f' ? false : undefined,
        clustered: yes(clustered),
        replicaIdentity: yes(identity),
      };
      note('index', parent.name.concat(name), props({ definition, ...states, comment }), parent);
    },
  });
}
