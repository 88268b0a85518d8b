import { isIP } from 'node:net';
import { couldNotLook, type Secrets } from './credentials.js';
import type { AddressReference, SecretReference } from './source.js';

interface Named {
  readonly url?: AddressReference | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: SecretReference | undefined;
  readonly tls?: 'off' | 'unverified' | 'verified' | undefined;
}

/** Where to connect, with the secrets filled in. */
export interface Reached {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly tls: 'off' | 'unverified' | 'verified';
}

/** What a source names, with its secrets. What stands beside the address wins over what stands in it. */
export function reachedBy(source: string, named: Named, port: number, secrets: Secrets): Reached {
  const inUrl = named.url === undefined ? undefined : partsOf(source, secrets.address(named.url), secrets);
  const host = named.host ?? inUrl?.host ?? 'localhost';
  const database = named.database ?? inUrl?.database ?? '';
  if (database === '') throw couldNotLook(source, 'no database is named.');
  return {
    host,
    port: named.port ?? inUrl?.port ?? port,
    database,
    user: named.user ?? inUrl?.user,
    password: named.password === undefined ? inUrl?.password : secrets.secret(named.password),
    tls: named.tls ?? inUrl?.tls ?? (isHere(host) ? 'off' : 'verified'),
  };
}

/** Whether the host is this machine, by the loopback interface or by a socket's folder. */
function isHere(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host.startsWith('/') ||
    (isIP(host) === 4 && host.startsWith('127.'))
  );
}

function partsOf(source: string, address: string, secrets: Secrets): Partial<Reached> {
  // URL's own error carries the whole address.
  if (!URL.canParse(address))
    throw couldNotLook(source, 'its url is not an address like postgresql://user@host/database.');
  const url = new URL(address);
  const password = decoded(url.password);
  if (password !== undefined) {
    secrets.keepOut(password);
    secrets.keepOut(url.password);
  }
  const host = url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/gu, '');
  const tls = tlsOf(url.searchParams.get('sslmode'));
  const [user, database] = [decoded(url.username), decoded(url.pathname.slice(1))];
  return {
    ...(host === '' ? {} : { host }),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(database === undefined ? {} : { database }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls }),
  };
}

function tlsOf(mode: string | null): Reached['tls'] | undefined {
  if (mode === null) return undefined;
  if (mode === 'disable') return 'off';
  return mode.startsWith('verify') ? 'verified' : 'unverified';
}

function decoded(part: string): string | undefined {
  if (part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A driver's error in words: the server's own sentence, or a code of the network. */
export function wordsOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no reason was given';
  const { message, code, errors } = error as { message?: unknown; code?: unknown; errors?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  // Node tries each address of a name and wraps what came of it.
  if (Array.isArray(errors) && errors.length > 0) return wordsOf(errors[0]);
  return typeof code === 'string' ? code : 'no reason was given';
}
