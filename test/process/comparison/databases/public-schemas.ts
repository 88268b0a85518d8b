import { existsSync } from 'node:fs';

/** A change of a schema, and the one difference that it is. */
export type Way = readonly [statement: string, difference: string];

/** A schema that a Debian package brings; the tests read it where the package puts it. */
export interface PublicSchema {
  readonly name: string;
  readonly file: string;
  readonly ways: readonly Way[];
}

/** Why a schema cannot be tested with; undefined when it can. */
export const lacking = ({ name, file }: PublicSchema): string | undefined =>
  existsSync(file) ? undefined : `needs the schema of ${name} (apt-get install ${name})`;

export const icingaPostgresql: PublicSchema = {
  name: 'icingadb',
  file: '/usr/share/icingadb/schema/pgsql/schema.sql',
  ways: [
    ['CREATE SCHEMA archive', 'added schema archive'],
    ['CREATE EXTENSION pg_trgm SCHEMA public', 'added extension pg_trgm'],
    ['CREATE TABLE ticket (id int PRIMARY KEY, subject text)', 'added table public.ticket'],
    ['DROP TABLE zone', 'removed table public.zone'],
    ['ALTER TABLE host ADD COLUMN rack varchar(12)', 'added column public.host.rack'],
    ['ALTER TABLE host DROP COLUMN icon_image_alt', 'removed column public.host.icon_image_alt'],
    [
      'ALTER TABLE host ALTER COLUMN display_name TYPE varchar(255)',
      'changed column public.host.display_name',
    ],
    [`ALTER TABLE host ALTER COLUMN name SET DEFAULT 'unnamed'`, 'changed column public.host.name'],
    ['ALTER TABLE host ALTER COLUMN address DROP NOT NULL', 'changed column public.host.address'],
    [
      'ALTER TABLE icingadb_schema ALTER COLUMN timestamp SET DEFAULT 0',
      'changed column public.icingadb_schema.timestamp',
    ],
    [
      'ALTER TABLE usergroup ADD COLUMN number int GENERATED ALWAYS AS IDENTITY',
      'added column public.usergroup.number',
    ],
    [
      `ALTER TABLE hostgroup ADD COLUMN lowered text GENERATED ALWAYS AS (lower(name::text)) STORED`,
      'added column public.hostgroup.lowered',
    ],
    [
      'ALTER TABLE timeperiod DROP CONSTRAINT pk_timeperiod',
      'removed primary key public.timeperiod.pk_timeperiod',
    ],
    [
      'ALTER TABLE comment ADD CONSTRAINT comment_host FOREIGN KEY (host_id) REFERENCES host (id)',
      'added foreign key public.comment.comment_host',
    ],
    [
      'ALTER TABLE customvar ADD CONSTRAINT customvar_once UNIQUE (environment_id, name)',
      'added unique public.customvar.customvar_once',
    ],
    [
      'ALTER TABLE endpoint ADD CONSTRAINT endpoint_named CHECK (length(name) > 0)',
      'added check public.endpoint.endpoint_named',
    ],
    [
      'ALTER TABLE downtime ADD CONSTRAINT downtime_apart EXCLUDE USING gist (int8range(start_time::bigint, end_time::bigint) WITH &&)',
      'added exclusion public.downtime.downtime_apart',
    ],
    [
      'CREATE INDEX host_named ON host (lower(name::text)) WHERE name IS NOT NULL',
      'added index public.host.host_named',
    ],
    ['DROP INDEX idx_service_display_name', 'removed index public.service.idx_service_display_name'],
    ['CREATE VIEW down AS SELECT host_id FROM host_state WHERE hard_state > 0', 'added view public.down'],
    ['CREATE MATERIALIZED VIEW hosts AS SELECT id, name FROM host', 'added materialised view public.hosts'],
    [
      'DROP FUNCTION anynonarrayliketext(anynonarray, text) CASCADE',
      'removed function public.anynonarrayliketext(anynonarray, text)',
    ],
    ['CREATE PROCEDURE tidy() LANGUAGE sql AS $$ DELETE FROM comment $$', 'added procedure public.tidy()'],
    [
      'CREATE TRIGGER same BEFORE UPDATE ON service FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
      'added trigger public.service.same',
    ],
    ['CREATE SEQUENCE tickets INCREMENT 10', 'added sequence public.tickets'],
    [`ALTER TYPE acked ADD VALUE 'forgotten'`, 'changed enum public.acked'],
    ['ALTER DOMAIN tinyuint SET NOT NULL', 'changed domain public.tinyuint'],
    ['CREATE POLICY own ON usergroup FOR SELECT USING (true)', 'added policy public.usergroup.own'],
    [
      'GRANT SELECT (name) ON checkcommand TO schema_reader',
      'added grant column.public.checkcommand.name.schema_reader',
    ],
    ['ALTER TABLE notification OWNER TO schema_reader', 'changed table public.notification'],
    [`COMMENT ON COLUMN eventcommand.name IS 'what it is called'`, 'changed column public.eventcommand.name'],
    [
      'ALTER DOMAIN smalluint DROP CONSTRAINT between_0_and_65535',
      'removed check public.smalluint.between_0_and_65535',
    ],
  ],
};

export const keaPostgresql: PublicSchema = {
  name: 'kea-admin',
  file: '/usr/share/kea/scripts/pgsql/dhcpdb_create.pgsql',
  ways: [
    ['DROP TRIGGER lease4_ains ON lease4', 'removed trigger public.lease4.lease4_ains'],
    ['ALTER TABLE lease6 DISABLE TRIGGER lease6_ains', 'changed trigger public.lease6.lease6_ains'],
    [
      'CREATE OR REPLACE FUNCTION func_lease4_aupd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
      'changed function public.func_lease4_aupd()',
    ],
    ['ALTER SEQUENCE hosts_host_id_seq INCREMENT 5', 'changed sequence public.hosts_host_id_seq'],
    ['DROP TABLE logs', 'removed table public.logs'],
    ['ALTER TABLE lease4 ALTER COLUMN hostname TYPE varchar(200)', 'changed column public.lease4.hostname'],
    ['ALTER TABLE lease4 ADD COLUMN seen timestamptz', 'added column public.lease4.seen'],
    [
      'ALTER TABLE dhcp4_subnet_server DROP CONSTRAINT fk_dhcp4_subnet_server_server_id',
      'removed foreign key public.dhcp4_subnet_server.fk_dhcp4_subnet_server_server_id',
    ],
    [
      'ALTER TABLE dhcp6_subnet DROP CONSTRAINT dhcp6_subnet_subnet_prefix_key',
      'removed unique public.dhcp6_subnet.dhcp6_subnet_subnet_prefix_key',
    ],
    ['CREATE INDEX lease4_seen ON lease4 (hostname, state)', 'added index public.lease4.lease4_seen'],
    ['ALTER TABLE hosts ENABLE ROW LEVEL SECURITY', 'changed table public.hosts'],
    ['GRANT SELECT, UPDATE ON lease4 TO schema_reader', 'added grant table.public.lease4.schema_reader'],
    [
      `REVOKE EXECUTE ON FUNCTION lease4dumpheader() FROM PUBLIC`,
      'removed grant function.public.lease4dumpheader().PUBLIC',
    ],
    ['CREATE RULE keep AS ON DELETE TO lease_state DO INSTEAD NOTHING', 'added rule public.lease_state.keep'],
    [`COMMENT ON TABLE lease6 IS 'what was lent'`, 'changed table public.lease6'],
  ],
};

export const icingaMariadb: PublicSchema = {
  name: 'icingadb',
  file: '/usr/share/icingadb/schema/mysql/schema.sql',
  ways: [
    ['CREATE TABLE ticket (id int PRIMARY KEY, subject text)', 'added table ticket'],
    ['DROP TABLE zone', 'removed table zone'],
    ['ALTER TABLE host ADD COLUMN rack varchar(12) AFTER name', 'added column host.rack'],
    ['ALTER TABLE host DROP COLUMN icon_image_alt', 'removed column host.icon_image_alt'],
    ['ALTER TABLE host MODIFY COLUMN address varchar(300) NOT NULL', 'changed column host.address'],
    [`ALTER TABLE host ALTER COLUMN address6 SET DEFAULT ''`, 'changed column host.address6'],
    [
      `ALTER TABLE usergroup ADD COLUMN lowered varchar(255) GENERATED ALWAYS AS (lower(name)) VIRTUAL`,
      'added column usergroup.lowered',
    ],
    [
      `ALTER TABLE acknowledgement_history MODIFY COLUMN id binary(20) NOT NULL COMMENT 'ours'`,
      'changed column acknowledgement_history.id',
    ],
    ['ALTER TABLE timeperiod DROP PRIMARY KEY', 'removed primary key timeperiod.PRIMARY'],
    [
      'ALTER TABLE comment ADD CONSTRAINT comment_host FOREIGN KEY (host_id) REFERENCES host (id), ADD KEY comment_host (host_id)',
      'added foreign key comment.comment_host; added index comment.comment_host',
    ],
    [
      'ALTER TABLE customvar ADD CONSTRAINT customvar_once UNIQUE (environment_id, name(100))',
      'added unique customvar.customvar_once',
    ],
    [
      'ALTER TABLE endpoint ADD CONSTRAINT endpoint_named CHECK (length(name) > 0)',
      'added check endpoint.endpoint_named',
    ],
    ['CREATE INDEX host_icon ON host (icon_image_id, address)', 'added index host.host_icon'],
    [
      'ALTER TABLE service DROP KEY idx_service_display_name',
      'removed index service.idx_service_display_name',
    ],
    ['CREATE VIEW down AS SELECT host_id FROM host_state WHERE hard_state > 0', 'added view down'],
    ['DROP FUNCTION get_sla_ok_percent', 'removed function get_sla_ok_percent'],
    ['CREATE PROCEDURE tidy() DELETE FROM comment', 'added procedure tidy'],
    [
      'CREATE TRIGGER stamp BEFORE UPDATE ON service FOR EACH ROW SET NEW.name = trim(NEW.name)',
      'added trigger service.stamp',
    ],
    [`CREATE EVENT tidying ON SCHEDULE EVERY 1 DAY DO DELETE FROM comment`, 'added event tidying'],
    ['CREATE SEQUENCE tickets INCREMENT 10', 'added sequence tickets'],
    [
      'GRANT SELECT (name) ON checkcommand TO schema_reader@localhost',
      `added grant column.checkcommand.name.'schema_reader'@'localhost'`,
    ],
    [`ALTER TABLE notification COMMENT 'who is told'`, 'changed table notification'],
    ['ALTER TABLE eventcommand ENGINE = Aria', 'changed table eventcommand'],
  ],
};

export const keaMariadb: PublicSchema = {
  name: 'kea-admin',
  file: '/usr/share/kea/scripts/mysql/dhcpdb_create.mysql',
  ways: [
    ['DROP TRIGGER lease4_AINS', 'removed trigger lease4.lease4_AINS'],
    ['DROP PROCEDURE lease4DumpHeader', 'removed procedure lease4DumpHeader'],
    ['DROP TABLE logs', 'removed table logs'],
    ['ALTER TABLE lease4 MODIFY COLUMN hostname varchar(200)', 'changed column lease4.hostname'],
    ['ALTER TABLE lease4 ADD COLUMN seen datetime', 'added column lease4.seen'],
    [
      'ALTER TABLE dhcp4_subnet_server DROP FOREIGN KEY fk_dhcp4_subnet_server_server_id',
      'removed foreign key dhcp4_subnet_server.fk_dhcp4_subnet_server_server_id',
    ],
    ['CREATE INDEX lease4_seen ON lease4 (hostname, state)', 'added index lease4.lease4_seen'],
    [
      'GRANT SELECT, UPDATE ON lease4 TO schema_reader@localhost',
      `added grant table.lease4.'schema_reader'@'localhost'`,
    ],
    [`ALTER TABLE lease6 COMMENT 'what was lent'`, 'changed table lease6'],
  ],
};
