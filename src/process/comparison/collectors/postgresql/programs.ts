import { aclText, type Catalogue, notOfExtension, notOfItself, props, withComment } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

const routineKinds: Readonly<Record<string, string>> = { p: 'procedure', a: 'aggregate' };

type Routine = [
  kind: string,
  schema: string,
  name: string,
  parameters: string,
  owner: string,
  acl: Cell,
  definition: Cell,
  comment: Cell,
];

// pg_get_functiondef does not speak of aggregates.
const aggregateText = `select concat_ws(', ', 'returns ' || format_type(p.prorettype, null),
    'sfunc ' || g.aggtransfn::regprocedure::text, 'stype ' || format_type(g.aggtranstype, null),
    'finalfunc ' || nullif(g.aggfinalfn, 0)::regprocedure::text, 'combinefunc ' || nullif(g.aggcombinefn, 0)::regprocedure::text,
    'sortop ' || nullif(g.aggsortop, 0)::regoperator::text, 'initcond ' || quote_literal(g.agginitval),
    'parallel ' || p.proparallel::text, 'kind ' || g.aggkind::text)
  from pg_aggregate g where g.aggfnoid = p.oid`;

/** Functions, procedures and aggregates, told apart by the types of what they take. */
export function routines(catalogue: Catalogue): Question {
  return question<Routine>({
    kinds: ['function', 'procedure', 'aggregate'],
    sql: `select p.prokind, n.nspname, p.proname, oidvectortypes(p.proargtypes), pg_get_userbyid(p.proowner),
        ${aclText('p.proacl')},
        case when p.prokind = 'a' then (${aggregateText}) else pg_get_functiondef(p.oid) end, d.description
      from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        ${withComment('pg_proc', 'p.oid')}
      where p.pronamespace ${catalogue.inSchemas} and ${notOfItself('pg_proc', 'p.oid')}`,
    row: ([letter, schema, name, parameters, owner, acl, definition, comment]) => {
      const routine = catalogue.note(
        routineKinds[letter] ?? 'function',
        [schema, `${name}(${parameters})`],
        props({ owner, definition, comment }),
      );
      catalogue.grants(routine, acl, 'routine', owner);
    },
  });
}

const firing: Readonly<Record<string, string>> = { D: 'disabled', R: 'on a replica', A: 'always' };

/** Triggers of tables and views; what a partition has from its parent is told of the parent alone. */
export function triggers({ inSchemas, objects, note }: Catalogue): Question {
  return question<[relation: string, name: string, definition: string, enabled: string, comment: Cell]>({
    kinds: ['trigger'],
    sql: `select t.tgrelid, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled, d.description
      from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        ${withComment('pg_trigger', 't.oid')}
      where c.relnamespace ${inSchemas} and not t.tgisinternal and t.tgparentid = 0`,
    row: ([relation, name, definition, enabled, comment]) => {
      const parent = objects.get(relation);
      if (parent === undefined) return;
      note('trigger', [...parent.name, name], props({ definition, fires: firing[enabled], comment }), parent);
    },
  });
}

/** Rewrite rules, but for the one that each view is. */
export function rules({ inSchemas, objects, note }: Catalogue): Question {
  return question<[relation: string, name: string, definition: string, enabled: string, comment: Cell]>({
    kinds: ['rule'],
    sql: `select r.ev_class, r.rulename, pg_get_ruledef(r.oid), r.ev_enabled, d.description
      from pg_rewrite r
        join pg_class c on c.oid = r.ev_class
        ${withComment('pg_rewrite', 'r.oid')}
      where c.relnamespace ${inSchemas} and r.rulename <> '_RETURN'`,
    row: ([relation, name, definition, enabled, comment]) => {
      const parent = objects.get(relation);
      if (parent === undefined) return;
      note('rule', [...parent.name, name], props({ definition, fires: firing[enabled], comment }), parent);
    },
  });
}

const commands: Readonly<Record<string, string>> = { r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE' };

/** Row security policies. */
export function policies({ inSchemas, objects, note }: Catalogue): Question {
  type Policy = [
    relation: string,
    name: string,
    command: string,
    permissive: string,
    roles: string,
    using: Cell,
    check: Cell,
    comment: Cell,
  ];
  return question<Policy>({
    kinds: ['policy'],
    sql: `select p.polrelid, p.polname, p.polcmd, p.polpermissive,
        (select string_agg(case role when 0 then 'public' else quote_ident(pg_get_userbyid(role)) end, ', '
          order by case role when 0 then 'public' else pg_get_userbyid(role) end collate "C")
          from unnest(p.polroles) role),
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid), d.description
      from pg_policy p
        join pg_class c on c.oid = p.polrelid
        ${withComment('pg_policy', 'p.oid')}
      where c.relnamespace ${inSchemas}`,
    row: ([relation, name, command, permissive, roles, using, check, comment]) => {
      const parent = objects.get(relation);
      if (parent === undefined) return;
      const policy = props({
        command: commands[command] ?? 'ALL',
        restrictive: permissive === 'f' ? true : undefined,
        roles,
        using,
        check,
        comment,
      });
      note('policy', [...parent.name, name], policy, parent);
    },
  });
}

/** What stands beside the tables of a database: event triggers, publications, statistics and collations. */
export function others({ inSchemas, note }: Catalogue): Question {
  return question<[kind: string, schema: Cell, name: string, owner: string, definition: Cell, state: Cell]>({
    kinds: ['event trigger', 'publication', 'statistics', 'collation'],
    sql: `select 'event trigger', null, evtname, pg_get_userbyid(evtowner),
          concat_ws(' ', evtevent, array_to_string(evttags, ', '), evtfoid::regprocedure), evtenabled
        from pg_event_trigger where ${notOfExtension('pg_event_trigger', 'oid')}
      union all
      select 'publication', null, p.pubname, pg_get_userbyid(p.pubowner),
          concat_ws(' ', case when p.puballtables then 'all tables' else (select string_agg(pr.prrelid::regclass::text, ', '
            order by pr.prrelid::regclass::text collate "C") from pg_publication_rel pr where pr.prpubid = p.oid) end,
            'for', nullif(concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
            case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end), '')), null
        from pg_publication p
      union all
      select 'statistics', n.nspname, s.stxname, pg_get_userbyid(s.stxowner), pg_get_statisticsobjdef(s.oid), null
        from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace where s.stxnamespace ${inSchemas}
      union all
      select 'collation', n.nspname, c.collname, pg_get_userbyid(c.collowner),
          concat_ws(' ', c.collprovider, c.collcollate, c.collctype, to_jsonb(c) ->> 'colliculocale',
            to_jsonb(c) ->> 'colllocale', case when not c.collisdeterministic then 'nondeterministic' end), null
        from pg_collation c join pg_namespace n on n.oid = c.collnamespace
        where c.collnamespace ${inSchemas} and ${notOfExtension('pg_collation', 'c.oid')}`,
    row: ([kind, schema, name, owner, definition, state]) => {
      const fires = state === null ? undefined : firing[state];
      note(kind, schema === null ? [name] : [schema, name], props({ owner, definition, fires }));
    },
  });
}
