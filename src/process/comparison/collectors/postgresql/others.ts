import { aclText, type Catalogue, notOfExtension, props } from './catalogue.js';
import { firing } from './programs.js';
import { type Cell, type Question, question } from './session.js';

type Other = [
  kind: string,
  schema: Cell,
  name: string,
  owner: Cell,
  definition: string,
  state: Cell,
  comment: Cell,
];

/** A question whose arms all give the same cells; a definition is the statement that makes the thing. */
export function madeBy(catalogue: Catalogue, kinds: readonly string[], arms: readonly string[]): Question {
  return question<Other>({
    kinds,
    sql: arms.join('\n      union all\n'),
    row: ([kind, schema, name, owner, definition, state, comment]) => {
      const fires = kind === 'event trigger' ? firing[state ?? ''] : undefined;
      const statistics = kind === 'statistics' ? state : undefined;
      const path = schema === null ? [name] : [schema, name];
      catalogue.note(kind, path, props({ owner, definition, fires, statistics, comment }));
    },
  });
}

/** What stands beside the tables of a database: event triggers, statistics, collations and conversions. */
export function others(catalogue: Catalogue): Question {
  const { inSchemas } = catalogue;
  return madeBy(
    catalogue,
    ['event trigger', 'statistics', 'collation', 'conversion'],
    [
      `select 'event trigger', null, evtname, pg_get_userbyid(evtowner),
        'CREATE EVENT TRIGGER ' || quote_ident(evtname) || ' ON ' || evtevent || coalesce(' WHEN TAG IN ('
          || (select string_agg(quote_literal(tag), ', ' order by tag collate "C") from unnest(evttags) tag) || ')', '')
          || ' EXECUTE FUNCTION ' || evtfoid::regproc || '()',
        evtenabled::text, obj_description(oid, 'pg_event_trigger')
      from pg_event_trigger where ${notOfExtension('pg_event_trigger', 'oid')}`,
      `select 'statistics', n.nspname, s.stxname, pg_get_userbyid(s.stxowner), pg_get_statisticsobjdef(s.oid),
        case when s.stxstattarget >= 0 then s.stxstattarget::text end, obj_description(s.oid, 'pg_statistic_ext')
      from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where s.stxnamespace ${inSchemas}`,
      `select 'collation', n.nspname, c.collname, pg_get_userbyid(c.collowner),
        'CREATE COLLATION ' || quote_ident(n.nspname) || '.' || quote_ident(c.collname) || ' (' || concat_ws(', ',
          'PROVIDER = ' || case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin' else 'default' end,
          'LOCALE = ' || quote_literal(coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale',
            case when c.collprovider = 'i' then c.collcollate end)),
          case when c.collprovider = 'c' then 'LC_COLLATE = ' || quote_literal(c.collcollate) end,
          case when c.collprovider = 'c' then 'LC_CTYPE = ' || quote_literal(c.collctype) end,
          case when not c.collisdeterministic then 'DETERMINISTIC = false' end,
          'RULES = ' || quote_literal(to_jsonb(c) ->> 'collicurules')) || ')',
        null, obj_description(c.oid, 'pg_collation')
      from pg_collation c join pg_namespace n on n.oid = c.collnamespace
      where c.collnamespace ${inSchemas} and ${notOfExtension('pg_collation', 'c.oid')}`,
      `select 'conversion', n.nspname, c.conname, pg_get_userbyid(c.conowner),
        'CREATE ' || case when c.condefault then 'DEFAULT ' else '' end || 'CONVERSION ' || quote_ident(n.nspname) || '.'
          || quote_ident(c.conname) || ' FOR ' || quote_literal(pg_encoding_to_char(c.conforencoding)) || ' TO '
          || quote_literal(pg_encoding_to_char(c.contoencoding)) || ' FROM ' || c.conproc,
        null, obj_description(c.oid, 'pg_conversion')
      from pg_conversion c join pg_namespace n on n.oid = c.connamespace
      where c.connamespace ${inSchemas} and ${notOfExtension('pg_conversion', 'c.oid')}`,
    ],
  );
}

/** How texts are searched: dictionaries, and configurations with what they map. */
export function textSearch(catalogue: Catalogue): Question {
  const { inSchemas } = catalogue;
  const named = (name: string): string => `quote_ident(n.nspname) || '.' || quote_ident(${name})`;
  return madeBy(
    catalogue,
    ['text search dictionary', 'text search configuration'],
    [
      `select 'text search dictionary', n.nspname, d.dictname, pg_get_userbyid(d.dictowner),
        'CREATE TEXT SEARCH DICTIONARY ' || ${named('d.dictname')} || ' (TEMPLATE = ' || quote_ident(tn.nspname) || '.'
          || quote_ident(t.tmplname) || coalesce(', ' || d.dictinitoption, '') || ')',
        null, obj_description(d.oid, 'pg_ts_dict')
      from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
        join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
      where d.dictnamespace ${inSchemas} and ${notOfExtension('pg_ts_dict', 'd.oid')}`,
      `select 'text search configuration', n.nspname, c.cfgname, pg_get_userbyid(c.cfgowner),
        'CREATE TEXT SEARCH CONFIGURATION ' || ${named('c.cfgname')} || ' (PARSER = ' || quote_ident(pn.nspname) || '.'
          || quote_ident(p.prsname) || ');' || coalesce((select string_agg(E'\\nALTER TEXT SEARCH CONFIGURATION '
            || ${named('c.cfgname')} || ' ADD MAPPING FOR ' || m.alias || ' WITH ' || m.dictionaries || ';', '' order by m.alias)
          from (select tt.alias, string_agg(map.mapdict::regdictionary::text, ', ' order by map.mapseqno) dictionaries
            from pg_ts_config_map map join ts_token_type(c.cfgparser) tt on tt.tokid = map.maptokentype
            where map.mapcfg = c.oid group by tt.alias) m), ''),
        null, obj_description(c.oid, 'pg_ts_config')
      from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
        join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
      where c.cfgnamespace ${inSchemas} and ${notOfExtension('pg_ts_config', 'c.oid')}`,
    ],
  );
}

/** What is granted on languages, and from PostgreSQL 15 on settings: things of the server rather than of a schema. */
export function widerGrants({ grants, version }: Catalogue): Question {
  const settings = `union all
      select 'setting', parname, (select rolname from pg_roles where oid = 10), ${aclText('paracl')} from pg_parameter_acl`;
  return question<[kind: 'language' | 'setting', name: string, owner: string, acl: Cell]>({
    kinds: ['grant'],
    sql: `select 'language', lanname, pg_get_userbyid(lanowner), ${aclText('lanacl')} from pg_language where lanispl
      ${version < 15 ? '' : settings}`,
    row: ([kind, name, owner, acl]) => {
      const object = { kind, name: [name] };
      grants(object, acl, kind === 'setting' ? 'parameter' : kind, owner);
    },
  });
}
