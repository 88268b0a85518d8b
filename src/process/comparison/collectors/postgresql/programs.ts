import { aclText, type Catalogue, notOfItself, props, withComment } from './catalogue.js';
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
    'parallel ' || p.proparallel::text, 'kind ' || g.aggkind::text, case when g.aggfinalextra then 'finalfunc_extra' end,
    'finalfunc_modify ' || g.aggfinalmodify::text, 'serialfunc ' || nullif(g.aggserialfn, 0)::regprocedure::text,
    'deserialfunc ' || nullif(g.aggdeserialfn, 0)::regprocedure::text, 'msfunc ' || nullif(g.aggmtransfn, 0)::regprocedure::text,
    'minvfunc ' || nullif(g.aggminvtransfn, 0)::regprocedure::text, 'mstype ' || format_type(nullif(g.aggmtranstype, 0), null),
    'mfinalfunc ' || nullif(g.aggmfinalfn, 0)::regprocedure::text, 'minitcond ' || quote_literal(g.aggminitval))
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

export const firing: Readonly<Record<string, string>> = { D: 'disabled', R: 'on a replica', A: 'always' };

/** Triggers of tables and views; what a partition has from its parent is told of the parent alone, unless it fires otherwise. */
export function triggers({ inSchemas, objects, note }: Catalogue): Question {
  return question<[relation: string, name: string, definition: Cell, enabled: string, comment: Cell]>({
    kinds: ['trigger', 'inherited trigger'],
    sql: `select t.tgrelid, t.tgname, case t.tgparentid when 0 then pg_get_triggerdef(t.oid) end, t.tgenabled, d.description
      from pg_trigger t
        left join pg_trigger above on above.oid = t.tgparentid
        join pg_class c on c.oid = t.tgrelid
        ${withComment('pg_trigger', 't.oid')}
      where c.relnamespace ${inSchemas} and not t.tgisinternal
        and (t.tgparentid = 0 or t.tgenabled <> above.tgenabled)`,
    row: ([relation, name, definition, enabled, comment]) => {
      const parent = objects.get(relation);
      if (parent === undefined) return;
      const kind = definition === null ? 'inherited trigger' : 'trigger';
      const fires = firing[enabled] ?? (definition === null ? 'as usual' : undefined);
      note(kind, [...parent.name, name], props({ definition, fires, comment }), parent);
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
