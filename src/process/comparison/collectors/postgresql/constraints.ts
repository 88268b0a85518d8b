import { below } from '../../names.js';
import { type Catalogue, props, withComment, yes } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

const constraintKinds: Readonly<Record<string, string>> = {
  p: 'primary key',
  u: 'unique',
  f: 'foreign key',
  c: 'check',
  x: 'exclusion',
};

/** What makes a foreign key work are triggers, and those can be switched off. */
export function unenforcedKeys({ unenforced }: Catalogue): Question {
  return question<[constraint: string]>({
    kinds: ['foreign key'],
    sql: `select tgconstraint from pg_trigger where tgisinternal and tgenabled = 'D'`,
    row: ([constraint]) => void unenforced.add(constraint),
  });
}

/** Keys and constraints of tables and domains. */
export function constraints({ inSchemas, objects, unenforced, note }: Catalogue): Question {
  type Constraint = [of: string, name: string, definition: string, comment: Cell, oid: Cell, ofIndex: Cell];
  return question<Constraint>({
    kinds: Object.values(constraintKinds),
    sql: `select concat(con.contype, case con.conrelid when 0 then 'type ' || con.contypid else con.conrelid::text end), con.conname, pg_get_constraintdef(con.oid), d.description,
        case con.contype when 'f' then con.oid end, x.told
      from pg_constraint con ${withComment('pg_constraint', 'con.oid')}
        left join (select i.indexrelid, jsonb_build_array(array_to_string(c.reloptions, ', '), i.indisclustered::text,
              xd.description, ts.spcname)::text told
            from pg_index i join pg_class c on c.oid = i.indexrelid
              left join pg_description xd on xd.classoid = 'pg_class'::regclass and xd.objoid = c.oid and xd.objsubid = 0
              left join pg_tablespace ts on ts.oid = c.reltablespace
            where c.reloptions is not null or i.indisclustered or xd.description is not null or ts.spcname is not null) x
          on x.indexrelid = con.conindid and con.contype in ('p', 'u', 'x')
      where con.connamespace ${inSchemas} and con.contype in ('p', 'u', 'f', 'c', 'x') and con.coninhcount = 0`,
    row: ([of, name, definition, comment, oid, ofIndex]) => {
      const parent = objects.get(of.slice(1));
      const kind = constraintKinds[of.charAt(0)];
      if (parent === undefined || kind === undefined) return;
      const [options, clustered, indexComment, tablespace] =
        ofIndex === null ? [] : (JSON.parse(ofIndex) as Cell[]);
      const constraint = {
        definition,
        enforced: oid !== null && unenforced.has(oid) ? false : undefined,
        options,
        clustered: clustered === 'true' ? true : undefined,
        indexComment,
        tablespace,
        comment,
      };
      note(kind, below(parent.name, name), props(constraint), parent);
    },
  });
}

/** Indexes that no constraint stands for. */
export function indexes({ inSchemas, objects, note }: Catalogue): Question {
  type Index = [
    relation: string,
    name: string,
    definition: string,
    valid: string,
    clustered: string,
    tablespace: Cell,
    comment: Cell,
  ];
  return question<Index>({
    kinds: ['index'],
    sql: `select i.indrelid, c.relname, pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered,
        ts.spcname, d.description
      from pg_index i
        join pg_class c on c.oid = i.indexrelid ${withComment('pg_class', 'i.indexrelid')}
        left join pg_tablespace ts on ts.oid = c.reltablespace
      where c.relnamespace ${inSchemas} and not c.relispartition
        and i.indexrelid not in (select conindid from pg_constraint where contype in ('p', 'u', 'x'))`,
    row: ([relation, name, definition, valid, clustered, tablespace, comment]) => {
      const parent = objects.get(relation);
      if (parent === undefined) return;
      const states = { valid: valid === 'f' ? false : undefined, clustered: yes(clustered) };
      note('index', below(parent.name, name), props({ definition, ...states, tablespace, comment }), parent);
    },
  });
}
