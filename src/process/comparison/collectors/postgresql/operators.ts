import { type Catalogue, notOfExtension, notOfItself, props } from './catalogue.js';
import { madeBy } from './others.js';
import { type Cell, type Question, question } from './session.js';

const qualified = (schema: string, name: string): string =>
  `quote_ident(${schema}) || '.' || quote_ident(${name})`;
const operator = (
  oid: string,
): string => `(select 'OPERATOR(' || quote_ident(ron.nspname) || '.' || ro.oprname || ')'
  from pg_operator ro join pg_namespace ron on ron.oid = ro.oprnamespace where ro.oid = ${oid})`;

// Whatever the server brings itself has a lower number (access/transam.h).
const ofUsers = 16_384;

/** What teaches the server new types: casts, operators, transforms, languages and access methods. */
export function operators(catalogue: Catalogue): Question {
  return madeBy(
    catalogue,
    ['cast', 'operator', 'transform', 'language', 'access method'],
    [
      `select 'cast', null, '(' || format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null) || ')', null,
        'CREATE CAST (' || format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null) || ')'
          || case c.castmethod when 'b' then ' WITHOUT FUNCTION' when 'i' then ' WITH INOUT'
            else ' WITH FUNCTION ' || c.castfunc::regprocedure end
          || case c.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT' else '' end,
        null, obj_description(c.oid, 'pg_cast')
      from pg_cast c where c.oid >= ${ofUsers} and ${notOfItself('pg_cast', 'c.oid')}`,
      `select 'operator', n.nspname, o.oprname || '(' || case o.oprleft when 0 then 'NONE' else format_type(o.oprleft, null) end
          || ', ' || format_type(o.oprright, null) || ')', pg_get_userbyid(o.oprowner),
        'CREATE OPERATOR ' || quote_ident(n.nspname) || '.' || o.oprname || ' (' || concat_ws(', ', 'FUNCTION = ' || o.oprcode,
          'LEFTARG = ' || format_type(nullif(o.oprleft, 0), null), 'RIGHTARG = ' || format_type(o.oprright, null),
          'COMMUTATOR = ' || ${operator('o.oprcom')}, 'NEGATOR = ' || ${operator('o.oprnegate')},
          'RESTRICT = ' || nullif(o.oprrest::oid, 0)::regproc, 'JOIN = ' || nullif(o.oprjoin::oid, 0)::regproc,
          case when o.oprcanhash then 'HASHES' end, case when o.oprcanmerge then 'MERGES' end) || ')',
        null, obj_description(o.oid, 'pg_operator')
      from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
      where o.oprnamespace ${catalogue.inSchemas} and o.oprcode <> 0 and ${notOfExtension('pg_operator', 'o.oid')}`,
      `select 'transform', null, 'FOR ' || format_type(t.trftype, null) || ' LANGUAGE ' || quote_ident(l.lanname), null,
        'CREATE TRANSFORM FOR ' || format_type(t.trftype, null) || ' LANGUAGE ' || quote_ident(l.lanname) || ' (' || concat_ws(', ',
          'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql::oid, 0)::regprocedure,
          'TO SQL WITH FUNCTION ' || nullif(t.trftosql::oid, 0)::regprocedure) || ')',
        null, obj_description(t.oid, 'pg_transform')
      from pg_transform t join pg_language l on l.oid = t.trflang where ${notOfExtension('pg_transform', 't.oid')}`,
      `select 'language', null, l.lanname, pg_get_userbyid(l.lanowner), 'CREATE ' || case when l.lanpltrusted then 'TRUSTED ' else '' end
          || 'LANGUAGE ' || quote_ident(l.lanname) || ' HANDLER ' || l.lanplcallfoid::regproc
          || coalesce(' INLINE ' || nullif(l.laninline, 0)::regproc, '') || coalesce(' VALIDATOR ' || nullif(l.lanvalidator, 0)::regproc, ''),
        null, obj_description(l.oid, 'pg_language')
      from pg_language l where l.lanispl and ${notOfExtension('pg_language', 'l.oid')}`,
      `select 'access method', null, a.amname, null, 'CREATE ACCESS METHOD ' || quote_ident(a.amname) || ' TYPE '
          || case a.amtype when 't' then 'TABLE' else 'INDEX' end || ' HANDLER ' || a.amhandler, null, obj_description(a.oid, 'pg_am')
      from pg_am a where a.oid >= ${ofUsers} and ${notOfExtension('pg_am', 'a.oid')}`,
    ],
  );
}

/** Families of operators with all that is in them, and the classes that belong to them. */
export function operatorClasses({ inSchemas, note }: Catalogue): Question {
  type OfOperators = [
    kind: string,
    schema: string,
    name: string,
    owner: string,
    definition: string,
    familySchema: Cell,
    family: Cell,
    comment: Cell,
  ];
  const members = `concat_ws(', ',
    (select string_agg(amopstrategy || ' ' || amopopr::regoperator, ', ' order by amopstrategy, amopopr::regoperator::text collate "C")
      from pg_amop where amopfamily = f.oid),
    (select string_agg(amprocnum || ' ' || amproc::regprocedure, ', ' order by amprocnum, amproc::regprocedure::text collate "C")
      from pg_amproc where amprocfamily = f.oid))`;
  return question<OfOperators>({
    kinds: ['operator family', 'operator class'],
    sql: `select 'operator family', n.nspname, f.opfname || ' USING ' || am.amname, pg_get_userbyid(f.opfowner), ${members},
        null, null, obj_description(f.oid, 'pg_opfamily')
      from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am am on am.oid = f.opfmethod
      where f.opfnamespace ${inSchemas} and ${notOfExtension('pg_opfamily', 'f.oid')}
      union all
      select 'operator class', n.nspname, c.opcname || ' USING ' || am.amname, pg_get_userbyid(c.opcowner),
        concat_ws(' ', case when c.opcdefault then 'default' end, 'for ' || format_type(c.opcintype, null),
          'storage ' || format_type(nullif(c.opckeytype, 0), null), 'in ' || ${qualified('fn.nspname', 'f.opfname')}),
        fn.nspname, f.opfname || ' USING ' || am.amname, obj_description(c.oid, 'pg_opclass')
      from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am am on am.oid = c.opcmethod
        join pg_opfamily f on f.oid = c.opcfamily join pg_namespace fn on fn.oid = f.opfnamespace
      where c.opcnamespace ${inSchemas} and ${notOfExtension('pg_opclass', 'c.oid')}`,
    row: ([kind, schema, name, owner, definition, familySchema, family, comment]) => {
      const parent =
        family === null ? undefined : { kind: 'operator family', name: [familySchema ?? '', family] };
      note(kind, [schema, name], props({ owner, definition, comment }), parent);
    },
  });
}
