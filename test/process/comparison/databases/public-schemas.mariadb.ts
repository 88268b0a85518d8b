import type { PublicSchema } from './public-schemas.js';

const reader = `'schema_reader'@'localhost'`;

export const icingadb: PublicSchema = {
  name: 'icingadb',
  file: 'icingadb/schema/mysql/schema.sql',
  both: `
    CREATE VIEW problems AS SELECT host_id, severity FROM host_state WHERE hard_state > 0;
    CREATE VIEW gone AS SELECT id FROM host;
    ALTER TABLE endpoint ADD CONSTRAINT endpoint_named CHECK (length(name) > 0), ADD CONSTRAINT endpoint_zoned CHECK (zone_id <> '');
    ALTER TABLE comment ADD KEY comment_host (host_id), ADD CONSTRAINT comment_host FOREIGN KEY (host_id) REFERENCES host (id);
    ALTER TABLE customvar ADD CONSTRAINT customvar_once UNIQUE (environment_id, name(100)), ADD CONSTRAINT customvar_summed UNIQUE (name_checksum);
    CREATE PROCEDURE tidy() DELETE FROM comment; CREATE PROCEDURE forget() DELETE FROM history;
    CREATE TRIGGER trims BEFORE UPDATE ON host FOR EACH ROW SET NEW.name = trim(NEW.name);
    CREATE TRIGGER names BEFORE INSERT ON zone FOR EACH ROW SET NEW.name = trim(NEW.name);
    CREATE EVENT tidying ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01 03:00:00' DO DELETE FROM comment;
    CREATE EVENT forgetting ON SCHEDULE EVERY 1 YEAR STARTS '2026-01-01 03:00:00' DO DELETE FROM history;
    CREATE SEQUENCE tickets; CREATE SEQUENCE invoices;
    ALTER TABLE action_url ADD COLUMN size int GENERATED ALWAYS AS (length(action_url)) VIRTUAL;
    CREATE TABLE audit (at date NOT NULL, words json) PARTITION BY RANGE (year(at)) (PARTITION p2026 VALUES LESS THAN (2027), PARTITION p2027 VALUES LESS THAN (2028));
    GRANT SELECT ON host TO schema_reader@localhost; GRANT SELECT ON zone TO schema_reader@localhost`,
  ways: [
    ['CREATE TABLE ticket (id int PRIMARY KEY, subject text)', 'added table ticket'],
    ['DROP TABLE hostgroup_customvar', 'removed table hostgroup_customvar'],
    [`ALTER TABLE notification COMMENT 'who is told'`, 'changed table notification: comment'],
    ['ALTER TABLE eventcommand ENGINE = Aria', 'changed table eventcommand: engine, options'],
    ['ALTER TABLE user_customvar ROW_FORMAT = COMPACT', 'changed table user_customvar: options'],
    ['ALTER TABLE timeperiod_range ADD SYSTEM VERSIONING', 'changed table timeperiod_range: versioned'],

    ['ALTER TABLE host ADD COLUMN rack varchar(12) AFTER name', 'added column host.rack'],
    ['ALTER TABLE host DROP COLUMN icon_image_alt', 'removed column host.icon_image_alt'],
    ['ALTER TABLE service CHANGE COLUMN notes remarks text NOT NULL', 'renamed column service.remarks'],
    ['ALTER TABLE host MODIFY COLUMN address varchar(300) NOT NULL', 'changed column host.address: type'],
    [`ALTER TABLE host ALTER COLUMN address6 SET DEFAULT ''`, 'changed column host.address6: default'],
    ['ALTER TABLE service MODIFY COLUMN name varchar(255) NULL', 'changed column service.name: nullable'],
    [
      'ALTER TABLE zone MODIFY COLUMN name varchar(255) COLLATE utf8mb4_general_ci NOT NULL',
      'changed column zone.name: collation',
    ],
    [
      'ALTER TABLE action_url MODIFY COLUMN size int GENERATED ALWAYS AS (length(action_url) + 1) VIRTUAL',
      'changed column action_url.size: generated',
    ],
    [
      'ALTER TABLE usergroup ADD COLUMN lowered varchar(255) GENERATED ALWAYS AS (lower(name)) STORED',
      'added column usergroup.lowered',
    ],
    [
      `ALTER TABLE acknowledgement_history MODIFY COLUMN id binary(20) NOT NULL COMMENT 'ours'`,
      'changed column acknowledgement_history.id: comment',
    ],
    ['ALTER TABLE notes_url ADD COLUMN more json', 'added column notes_url.more'],
    [
      'ALTER TABLE audit MODIFY COLUMN words longtext COLLATE utf8mb4_bin',
      'changed column audit.words: check',
    ],
    ['ALTER TABLE icon_image ADD COLUMN shade int INVISIBLE', 'added column icon_image.shade'],

    ['ALTER TABLE timeperiod DROP PRIMARY KEY', 'removed primary key timeperiod.PRIMARY'],
    [
      'ALTER TABLE history DROP PRIMARY KEY, ADD PRIMARY KEY (id, event_time)',
      'changed primary key history.PRIMARY: definition',
    ],
    [`ALTER TABLE comment DROP FOREIGN KEY comment_host`, 'removed foreign key comment.comment_host'],
    [
      'ALTER TABLE downtime ADD KEY downtime_host (host_id), ADD CONSTRAINT downtime_host FOREIGN KEY (host_id) REFERENCES host (id) ON DELETE CASCADE',
      'added foreign key downtime.downtime_host; added index downtime.downtime_host',
    ],
    ['ALTER TABLE customvar DROP KEY customvar_once', 'removed unique customvar.customvar_once'],
    [
      'ALTER TABLE customvar DROP KEY customvar_summed, ADD UNIQUE customvar_summed (name_checksum, value(20))',
      'changed unique customvar.customvar_summed: definition',
    ],
    [
      'ALTER TABLE checkcommand ADD CONSTRAINT command_once UNIQUE (zone_id, name)',
      'added unique checkcommand.command_once',
    ],
    [
      'ALTER TABLE checkcommand ADD CONSTRAINT command_named CHECK (length(name) > 0)',
      'added check checkcommand.command_named',
    ],
    ['ALTER TABLE endpoint DROP CONSTRAINT endpoint_zoned', 'removed check endpoint.endpoint_zoned'],
    [
      'ALTER TABLE endpoint DROP CONSTRAINT endpoint_named, ADD CONSTRAINT endpoint_named CHECK (length(name) > 1)',
      'changed check endpoint.endpoint_named: definition',
    ],
    ['CREATE INDEX host_icon ON host (icon_image_id, address)', 'added index host.host_icon'],
    [
      'ALTER TABLE service DROP KEY idx_service_display_name',
      'removed index service.idx_service_display_name',
    ],
    [
      'ALTER TABLE host ALTER INDEX idx_host_display_name IGNORED',
      'changed index host.idx_host_display_name: hidden',
    ],

    ['CREATE VIEW down AS SELECT host_id FROM host_state WHERE hard_state > 0', 'added view down'],
    ['DROP VIEW gone', 'removed view gone'],
    [
      'CREATE OR REPLACE SQL SECURITY INVOKER VIEW problems AS SELECT host_id FROM host_state',
      'changed view problems: definition, security',
    ],
    ['DROP FUNCTION get_sla_ok_percent', 'removed function get_sla_ok_percent'],
    ['CREATE FUNCTION days(n int) RETURNS int DETERMINISTIC RETURN n * 86400', 'added function days'],
    [
      'CREATE OR REPLACE PROCEDURE tidy() DELETE FROM comment WHERE false',
      'changed procedure tidy: definition',
    ],
    ['DROP PROCEDURE forget', 'removed procedure forget'],
    [
      'CREATE TRIGGER stamp BEFORE UPDATE ON service FOR EACH ROW SET NEW.name = trim(NEW.name)',
      'added trigger service.stamp',
    ],
    [
      'CREATE OR REPLACE TRIGGER trims BEFORE UPDATE ON host FOR EACH ROW SET NEW.name = rtrim(NEW.name)',
      'changed trigger host.trims: definition',
    ],
    ['DROP TRIGGER names', 'removed trigger zone.names'],
    ['CREATE EVENT counting ON SCHEDULE EVERY 1 HOUR DO DELETE FROM comment', 'added event counting'],
    ['DROP EVENT forgetting', 'removed event forgetting'],
    ['ALTER EVENT tidying DISABLE', 'changed event tidying: status'],
    ['CREATE SEQUENCE receipts INCREMENT 10', 'added sequence receipts'],
    ['DROP SEQUENCE invoices', 'removed sequence invoices'],
    ['ALTER SEQUENCE tickets MAXVALUE 99 CYCLE', 'changed sequence tickets: cycle, most'],
    [
      'ALTER TABLE audit ADD PARTITION (PARTITION p2028 VALUES LESS THAN (2029))',
      'added partition audit.p2028',
    ],
    ['ALTER TABLE audit DROP PARTITION p2026', 'removed partition audit.p2026'],

    [
      'GRANT SELECT (name) ON checkcommand TO schema_reader@localhost',
      `added grant column checkcommand.name to ${reader}`,
    ],
    ['REVOKE SELECT ON host FROM schema_reader@localhost', `removed grant table host to ${reader}`],
    ['GRANT UPDATE ON zone TO schema_reader@localhost', `changed grant table zone to ${reader}: privileges`],
    [
      'GRANT EXECUTE ON PROCEDURE tidy TO schema_reader@localhost WITH GRANT OPTION',
      `added grant procedure tidy to ${reader}`,
    ],
  ],
};

export const keaAdmin: PublicSchema = {
  name: 'kea-admin',
  file: 'kea/scripts/mysql/dhcpdb_create.mysql',
  both: `ALTER TABLE lease6 ADD COLUMN noted json; GRANT SELECT ON hosts TO schema_reader@localhost`,
  ways: [
    ['DROP TRIGGER lease4_AINS', 'removed trigger lease4.lease4_AINS'],
    ['DROP PROCEDURE lease4DumpHeader', 'removed procedure lease4DumpHeader'],
    ['ALTER PROCEDURE lease6DumpHeader SQL SECURITY INVOKER', 'changed procedure lease6DumpHeader: security'],
    ['ALTER TABLE logs RENAME TO audit_log', 'renamed table audit_log'],
    ['ALTER TABLE lease4 MODIFY COLUMN hostname varchar(200)', 'changed column lease4.hostname: type'],
    [
      'ALTER TABLE lease4 ADD COLUMN seen datetime DEFAULT current_timestamp ON UPDATE current_timestamp',
      'added column lease4.seen',
    ],
    [
      'ALTER TABLE ipv6_reservations MODIFY COLUMN reservation_id int unsigned NOT NULL',
      'changed column ipv6_reservations.reservation_id: extra',
    ],
    [
      'ALTER TABLE dhcp4_subnet_server DROP FOREIGN KEY fk_dhcp4_subnet_server_server_id',
      'removed foreign key dhcp4_subnet_server.fk_dhcp4_subnet_server_server_id',
    ],
    [
      `ALTER TABLE ipv6_reservations DROP FOREIGN KEY fk_ipv6_reservations_Host;
       ALTER TABLE ipv6_reservations ADD CONSTRAINT fk_ipv6_reservations_Host FOREIGN KEY (host_id) REFERENCES hosts (host_id) ON DELETE RESTRICT`,
      'changed foreign key ipv6_reservations.fk_ipv6_reservations_Host: definition',
    ],
    ['CREATE INDEX lease4_seen ON lease4 (hostname DESC, state)', 'added index lease4.lease4_seen'],
    [
      'ALTER TABLE hosts RENAME INDEX key_dhcp4_ipv4_address_subnet_id_identifier TO hosts_by_address',
      'renamed index hosts.hosts_by_address',
    ],
    ['GRANT SELECT, UPDATE ON lease4 TO schema_reader@localhost', `added grant table lease4 to ${reader}`],
    [
      'GRANT SELECT ON hosts TO schema_reader@localhost WITH GRANT OPTION',
      `changed grant table hosts to ${reader}: privileges`,
    ],
    [`ALTER TABLE lease6 COMMENT 'what was lent'`, 'changed table lease6: comment'],
    [
      'CREATE OR REPLACE TRIGGER lease6_AINS AFTER INSERT ON lease6 FOR EACH ROW SET @told = 1',
      'changed trigger lease6.lease6_AINS: definition',
    ],
  ],
};
