import type { Parent } from '../databases/notes.js';
import { aclText, type Catalogue, notOfExtension, props, withComment, yes } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

type Sequence = [
  schema: string,
  name: string,
  owner: string,
  acl: Cell,
  type: string,
  start: string,
  increment: string,
  least: string,
  most: string,
  cache: string,
  cycle: string,
  table: Cell,
  column: Cell,
  dependency: Cell,
  persistence: string,
  usual: string,
  comment: Cell,
];

// An identity column has a sequence of its own, which is told with the column: how it counts, where that is unusual.
const usualIdentity = `own.deptype = 'i' and s.seqstart = 1 and s.seqincrement = 1 and s.seqmin = 1 and s.seqcache = 1
  and not s.seqcycle and s.seqmax = case format_type(s.seqtypid, null) when 'smallint' then 32767
    when 'integer' then 2147483647 else 9223372036854775807 end`;

/** Sequences, without the values they have reached. One that belongs to a column stands and falls with it. */
export function sequences(catalogue: Catalogue): Question {
  return question<Sequence>({
    kinds: ['sequence'],
    sql: `select n.nspname, c.relname, pg_get_userbyid(c.relowner), ${aclText('c.relacl')},
        format_type(s.seqtypid, null), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
        own.refobjid, a.attname, own.deptype, c.relpersistence, (${usualIdentity}), d.description
      from pg_sequence s
        join pg_class c on c.oid = s.seqrelid
        join pg_namespace n on n.oid = c.relnamespace
        left join pg_depend own on own.classid = 'pg_class'::regclass and own.objid = c.oid
          and own.refclassid = 'pg_class'::regclass and own.refobjsubid > 0 and own.deptype in ('a', 'i')
        left join pg_attribute a on a.attrelid = own.refobjid and a.attnum = own.refobjsubid
        ${withComment('pg_class', 'c.oid')}
      where c.relnamespace ${catalogue.inSchemas} and (${usualIdentity} and c.relacl is null) is not true
        and ${notOfExtension('pg_class', 'c.oid')}`,
    row: (row) => noteSequence(catalogue, row),
  });
}

function noteSequence(catalogue: Catalogue, row: Sequence): void {
  const [schema, name, owner, acl, type, start, increment, least, most, cache, cycle, table, column] = row;
  const [dependency, persistence = '', usual, comment] = row.slice(13);
  const relation = table === null ? undefined : catalogue.objects.get(table);
  const parent: Parent | undefined =
    relation === undefined || column === null
      ? undefined
      : { kind: 'column', name: [...relation.name, column] };
  if (dependency === 'i') {
    const options = `START WITH ${start} INCREMENT BY ${increment} MINVALUE ${least} MAXVALUE ${most} CACHE ${cache}`;
    if (usual !== 't')
      catalogue.identities.set(`${table} ${column}`, cycle === 't' ? `${options} CYCLE` : options);
    catalogue.grants({ kind: 'sequence', name: [schema, name] }, acl, 'sequence', owner, parent);
    return;
  }
  const { intern } = catalogue;
  const sequence = catalogue.note(
    'sequence',
    [intern(schema), name],
    props({
      owner: intern(owner),
      type: intern(type),
      start: intern(start),
      increment: intern(increment),
      least: intern(least),
      most: intern(most),
      cache: intern(cache),
      cycle: yes(cycle),
      persistence: persistence === 'u' ? 'unlogged' : undefined,
      ownedBy: parent?.name.join('.'),
      comment,
    }),
    parent,
  );
  catalogue.grants(sequence, acl, 'sequence', owner);
}
