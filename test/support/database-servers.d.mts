export interface PostgresServer {
  readonly port: number;
  /** The address of a database, as the superuser or as somebody else. */
  url(database: string, user?: string): string;
  stop(): Promise<void>;
}

export interface MariadbServer {
  readonly port: number;
  /** Runs statements by the server's own client, which knows DELIMITER; as root, in a database. */
  run(sql: string, database?: string): void;
  stop(): Promise<void>;
}

export function programOf(name: string): string | undefined;
export function freePort(): Promise<number>;
export function startPostgresServer(): Promise<PostgresServer | undefined>;
export function startMariadbServer(password: string): Promise<MariadbServer | undefined>;
