import type { Value } from '../../snapshot.js';
import type { CollectorTools } from '../collector.js';
import { masked } from '../databases/notes.js';
import { defaultsOf } from './acl.js';
import { aclText, type Catalogue, notOfExtension, props, withComment, yes } from './catalogue.js';
import { type Cell, type Question, question } from './session.js';

/** The database itself. Its name is not compared: staging's is another one. */
export function database(catalogue: Catalogue): Question {
  return question<
    [
      version: string,
      encoding: string,
      collate: string,
      ctype: string,
      owner: string,
      acl: Cell,
      limit: string,
      locale: Cell,
      comment: Cell,
    ]
  >({
    kinds: ['database'],
    // Packages add words of their own to the version.
    sql: `select split_part(current_setting('server_version'), ' ', 1), pg_encoding_to_char(encoding), datcollate, datctype,
        pg_get_userbyid(datdba), ${aclText('datacl')}, datconnlimit,
        coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'), shobj_description(oid, 'pg_database')
      from pg_database d where datname = current_database()`,
    row: ([version, encoding, collate, ctype, owner, acl, limit, locale, comment]) => {
      const connections = limit === '-1' ? undefined : limit;
      const values = { version, encoding, collate, ctype, locale, owner, connections, comment };
      catalogue.grants(catalogue.note('database', ['database'], props(values)), acl, 'database', owner);
    },
  });
}

/** Schemas, and by them what everything else is looked for in. */
export function schemas(catalogue: Catalogue, only: readonly string[] | undefined): Question {
  const oids: string[] = [];
  return question<[oid: string, name: string, owner: string, acl: Cell, ofExtension: string, comment: Cell]>({
    kinds: [],
    sql: `select n.oid, n.nspname, pg_get_userbyid(n.nspowner), ${aclText('n.nspacl')},
        not ${notOfExtension('pg_namespace', 'n.oid')}, d.description
      from pg_namespace n ${withComment('pg_namespace', 'n.oid')}
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`,
    row: ([oid, name, owner, acl, ofExtension, comment]) => {
      if (only !== undefined && !only.includes(name)) return;
      oids.push(oid);
      catalogue.inSchemas = `in (${oids.join(', ')})`;
      if (ofExtension === 't') return;
      catalogue.grants(catalogue.note('schema', [name], props({ owner, comment })), acl, 'schema', owner);
    },
  });
}

export function extensions({ note }: Catalogue): Question {
  return question<[name: string, version: string, schema: string]>({
    kinds: ['extension'],
    sql: `select e.extname, e.extversion, n.nspname
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace`,
    row: ([name, version, schema]) => note('extension', [name], props({ version, schema })),
  });
}

const mayBe = [
  'superuser',
  'inherits',
  'createsRoles',
  'createsDatabases',
  'logsIn',
  'replicates',
  'bypassesRowSecurity',
];

/** Roles and what they are members of; never their passwords. */
export function roles({ note, version }: Catalogue): Question {
  const terms =
    version < 16
      ? ''
      : ` || case when inherit_option then '' else ' without inherit' end || case when set_option then '' else ' without set' end`;
  return question<[name: string, may: string, limit: string, until: Cell, memberOf: Cell, comment: Cell]>({
    kinds: ['role'],
    sql: `select r.rolname,
        concat(r.rolsuper::int, r.rolinherit::int, r.rolcreaterole::int, r.rolcreatedb::int, r.rolcanlogin::int,
          r.rolreplication::int, r.rolbypassrls::int),
        r.rolconnlimit, r.rolvaliduntil, m.groups, shobj_description(r.oid, 'pg_authid')
      from pg_roles r
        left join (select member, string_agg(distinct (quote_ident(pg_get_userbyid(roleid))
              || case when admin_option then ' with admin option' else '' end${terms}) collate "C", ', ') groups
          from pg_auth_members group by member) m on m.member = r.oid
      where r.rolname !~ '^pg_'`,
    row: ([name, may, limit, validUntil, memberOf, comment]) => {
      const can = Object.fromEntries(mayBe.map((right, at) => [right, yes(may[at] === '1' ? 't' : 'f')]));
      const connections = limit === '-1' ? undefined : limit;
      note('role', [name], props({ ...can, connections, validUntil, memberOf, comment }));
    },
  });
}

/** Settings made for this database, for a role, or for both. */
export function settings({ note }: Catalogue, tools: CollectorTools): Question {
  const stored = (name: string, value: string): Value =>
    tools.isSecret(name, value) ? masked(tools.secretKey, value) : value;
  return question<[of: string, setting: string]>({
    kinds: ['setting'],
    sql: `select concat_ws(' ', case s.setrole when 0 then 'all roles' else pg_get_userbyid(s.setrole) end,
          case s.setdatabase when 0 then 'in all databases' end), unnest(s.setconfig)
        from pg_db_role_setting s
        where s.setdatabase in (0, (select oid from pg_database where datname = current_database()))`,
    row: ([of, setting]) => {
      const at = setting.indexOf('=');
      if (at < 0) return;
      const name = setting.slice(0, at);
      note('setting', [of, name], { value: stored(name, setting.slice(at + 1)) });
    },
  });
}

const objectKinds: Readonly<Record<string, 'table' | 'sequence' | 'routine' | 'type' | 'schema'>> = {
  r: 'table',
  S: 'sequence',
  f: 'routine',
  T: 'type',
  n: 'schema',
};

/** What will be granted on objects that are still to be made. */
export function defaultPrivileges({ note }: Catalogue): Question {
  return question<[role: string, schema: Cell, kind: string, acl: string]>({
    kinds: ['default privileges'],
    sql: `select pg_get_userbyid(d.defaclrole), n.nspname, d.defaclobjtype, ${aclText('d.defaclacl')}
      from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace`,
    row: ([role, schema, letter, acl]) => {
      const kind = objectKinds[letter] ?? 'table';
      const place = schema === null ? 'every schema' : `schema ${schema}`;
      for (const [grantee, given] of defaultsOf(acl, kind, role, schema === null))
        note('default privileges', [role, place, kind, grantee], given);
    },
  });
}
