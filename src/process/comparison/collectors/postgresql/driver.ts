import { createRequire } from 'node:module';

type Driver = typeof import('pg');

/**
 * pg without all of fetch. Where there is no `navigator`, which is before Node.js 21, it asks for `Response` to learn whether it
 * runs at Cloudflare, and Node.js loads its whole HTTP client for the answer: 50 ms for everybody who looks at a database.
 */
export const { Client, DatabaseError, escapeIdentifier, escapeLiteral } = loaded();

function loaded(): Driver {
  const load = (): Driver => createRequire(import.meta.url)('pg');
  if ('navigator' in globalThis) return load();
  const platform = { configurable: true, value: { userAgent: `Node.js/${process.versions.node}` } };
  Object.defineProperty(globalThis, 'navigator', platform);
  try {
    return load();
  } finally {
    Reflect.deleteProperty(globalThis, 'navigator');
  }
}
