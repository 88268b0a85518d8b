import { aclText, type Catalogue, notOfExtension, props, yes } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

/** Foreign data wrappers and servers, and as whom their tables are read; passwords are kept as hashes. */
export function foreign(catalogue: Catalogue): Question {
  const { notes, note, grants, options } = catalogue;
  type Foreign = [
    kind: string,
    name: string,
    user: Cell,
    owner: Cell,
    acl: Cell,
    wrapper: Cell,
    terms: Cell,
    options: Cell,
    seen: string,
    comment: Cell,
  ];
  return question<Foreign>({
    kinds: ['foreign data wrapper', 'foreign server', 'user mapping'],
    sql: `select 'foreign data wrapper', w.fdwname, null, pg_get_userbyid(w.fdwowner), ${aclText('w.fdwacl')}, null,
        concat_ws(' ', 'HANDLER ' || nullif(w.fdwhandler, 0)::regproc, 'VALIDATOR ' || nullif(w.fdwvalidator, 0)::regproc),
        to_jsonb(w.fdwoptions), not ${notOfExtension('pg_foreign_data_wrapper', 'w.oid')}, obj_description(w.oid, 'pg_foreign_data_wrapper')
      from pg_foreign_data_wrapper w
      union all
      select 'foreign server', s.srvname, null, pg_get_userbyid(s.srvowner), ${aclText('s.srvacl')}, w.fdwname,
        concat_ws(' ', 'TYPE ' || quote_literal(s.srvtype), 'VERSION ' || quote_literal(s.srvversion)),
        to_jsonb(s.srvoptions), false, obj_description(s.oid, 'pg_foreign_server')
      from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
      where ${notOfExtension('pg_foreign_server', 's.oid')}
      union all
      select 'user mapping', m.srvname, case m.umuser when 0 then 'PUBLIC' else m.usename end, null, null, null, null,
        to_jsonb(m.umoptions), m.umoptions is not null or current_setting('is_superuser') = 'on', null
      from pg_user_mappings m`,
    row: ([kind, name, user, owner, acl, wrapper, terms, listed, flag, comment]) => {
      const told = props({ owner, wrapper, terms: terms || undefined, comment, ...options(listed) });
      if (kind === 'user mapping') {
        const path = [name, user ?? ''];
        note(kind, path, told, { kind: 'foreign server', name: [name] });
        // The server hides the options of others without a word.
        if (flag === 'f') notes.blind.push({ kind, name: path, why: 'the user may not see its options' });
        return;
      }
      const object = { kind, name: [name] };
      const isOfExtension = kind === 'foreign data wrapper' && flag === 't';
      if (!isOfExtension) note(kind, [name], told);
      const as = kind === 'foreign server' ? 'server' : 'wrapper';
      grants(object, acl, as, owner ?? '');
    },
  });
}

/** What is sent to other databases. */
export function publications({ note, version }: Catalogue): Question {
  const [columns, rows] =
    version < 15
      ? [`''`, `''`]
      : [
          `coalesce(' (' || (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
            where attrelid = r.prrelid and attnum = any(r.prattrs)) || ')', '')`,
          `coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')`,
        ];
  const schemas =
    version < 15
      ? 'null'
      : `(select 'TABLES IN SCHEMA ' || string_agg(quote_ident(nspname), ', ' order by nspname collate "C")
          from pg_publication_namespace pn join pg_namespace n on n.oid = pn.pnnspid where pn.pnpubid = p.oid)`;
  type Publication = [
    name: string,
    owner: string,
    of: string,
    publish: string,
    viaRoot: string,
    comment: Cell,
  ];
  return question<Publication>({
    kinds: ['publication'],
    sql: `select p.pubname, pg_get_userbyid(p.pubowner), case when p.puballtables then 'ALL TABLES' else concat_ws(', ',
          (select 'TABLE ' || string_agg(r.prrelid::regclass || ${columns} || ${rows}, ', ' order by r.prrelid::regclass::text collate "C")
            from pg_publication_rel r where r.prpubid = p.oid), ${schemas}) end,
        concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
          case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end),
        p.pubviaroot, obj_description(p.oid, 'pg_publication')
      from pg_publication p`,
    row: ([name, owner, of, publish, viaRoot, comment]) =>
      note(
        'publication',
        [name],
        props({ owner, of: of || undefined, publish, viaRoot: yes(viaRoot), comment }),
      ),
  });
}

/** What is received from other databases; never where from, which holds a password. */
export function subscriptions({ note }: Catalogue): Question {
  return question<[name: string, owner: string, enabled: string, slot: Cell, of: string]>({
    kinds: ['subscription'],
    sql: `select s.subname, pg_get_userbyid(s.subowner), s.subenabled, s.subslotname,
        (select string_agg(quote_ident(one), ', ' order by one collate "C") from unnest(s.subpublications) one)
      from pg_subscription s where s.subdbid = (select oid from pg_database where datname = current_database())`,
    row: ([name, owner, enabled, slot, of]) =>
      note('subscription', [name], props({ owner, enabled: enabled === 't', slot, of })),
  });
}
