import type { CollectorTools } from '../collector.js';

type IsSecret = CollectorTools['isSecret'];

/** What stands where a secret was. */
const hidden = '…';

/** What people need to know of a connection, by the names that the drivers in use give it, without spaces. */
const openKeys = new Set([
  ...['server', 'datasource', 'host', 'hostname', 'addr', 'address', 'networkaddress', 'port', 'endpoint'],
  ...[
    'database',
    'initialcatalog',
    'db',
    'dbname',
    'user',
    'userid',
    'uid',
    'username',
    'integratedsecurity',
  ],
  ...[
    'trustedconnection',
    'encrypt',
    'trustservercertificate',
    'sslmode',
    'ssl',
    'provider',
    'driver',
    'schema',
  ],
  ...['applicationname', 'connecttimeout', 'connectiontimeout', 'timeout', 'commandtimeout', 'pooling'],
  ...[
    'minpoolsize',
    'maxpoolsize',
    'multipleactiveresultsets',
    'multisubnetfailover',
    'charset',
    'failoverpartner',
  ],
  ...[
    'applicationintent',
    'accountname',
    'defaultendpointsprotocol',
    'endpointsuffix',
    'persistsecurityinfo',
  ],
]);
const plain = /^[\w.:\\/,@()+ -]{1,200}$/u;

/** `Server=db1;Password=…`. Only if nothing in it is quoted, so that it is certain where each value ends. */
function ofConnectionString(text: string): string | undefined {
  if (/["'{}]/u.test(text)) return undefined;
  const parts = text.split(';').filter((part) => part.trim() !== '');
  const told = parts.map((part) => {
    const [, key = '', value = ''] = /^\s*([A-Za-z][A-Za-z ]*?)\s*=(.*)$/su.exec(part) ?? [];
    const isOpen = openKeys.has(key.replaceAll(' ', '').toLowerCase()) && plain.test(value);
    return key === '' ? undefined : { key, value: isOpen ? value.trim() : hidden };
  });
  const keys = new Set(told.map((part) => part?.key.replaceAll(' ', '').toLowerCase()));
  // The same key twice: the second may be a part of the password that stands before it.
  if (told.length < 2 || told.includes(undefined) || keys.size < told.length) return undefined;
  return told.map((part) => `${part?.key}=${part?.value}`).join(';');
}

const address =
  /^([a-z][a-z0-9+.-]{0,30}):\/\/([^\s/?#@:]*):([^\s/?#@]+)@([\w.,:[\]-]+)((?:\/[\w.~-]{0,40}){0,6})(?:\?.*)?$/iu;

/** `postgresql://acme:…@db:5432/shop`. Only with one `@` in it, so that it is certain where the password ends. */
function ofAddress(text: string): string | undefined {
  const [, scheme, user = '', , host, path] = text.split('@').length === 2 ? (address.exec(text) ?? []) : [];
  if (scheme === undefined) return undefined;
  // On the web, what stands before the colon is often a key.
  const isPerson = !/^https?$/iu.test(scheme) && /^[A-Za-z][A-Za-z_.-]{0,30}\d{0,3}$/u.test(user);
  return `${scheme}://${isPerson ? user : hidden}:${hidden}@${host}${path}`;
}

/**
 * Of a value that holds a secret among other things: what may be told, such as the host that it leads to; so that one can see
 * what differs when it is not the password. Undefined when that is not certain, when it looks like a secret itself, or when the
 * name says that all of it is one.
 */
export function openPart(name: string, value: string, isSecret: IsSecret): string | undefined {
  if (value.length > 2_000 || isSecret(name, 'x')) return undefined;
  const open = ofAddress(value) ?? ofConnectionString(value);
  if (open === undefined) return undefined;
  const words = open.split(/[;=/:@?&,]/u).filter((word) => word !== hidden);
  return [open.replaceAll(hidden, ''), ...words].some((word) => isSecret('', word)) ? undefined : open;
}
