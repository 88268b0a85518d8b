import { join } from 'node:path';
import type { Acme } from './acme.js';
import { parameterFiles } from './sites.js';

/** What is compared of one of Acme's environments, as slipway.yaml says it; nothing where Acme has no databases. */
export function comparedOf({ folder, databases }: Acme, name: 'staging' | 'production'): object {
  if (databases === undefined) return {};
  const root = join(folder, name);
  const { variables, settings } = parameterFiles;
  return {
    compare: [
      { name: 'shop', postgresql: { url: databases[name], reference: [{ table: 'public.vat_rate' }] } },
      // Parameters are compared value by value.
      { name: 'site', files: { folder: root, ignore: ['/conf', `/${settings}`] } },
      { name: 'settings', parameters: { folder: root, files: [variables, settings] } },
    ],
  };
}

/** What differs for good between Acme's environments, and why. */
export function expectedOf({ databases }: Acme): object {
  if (databases === undefined) return {};
  return {
    expected: [
      { match: 'parameter *host', reason: 'each environment has servers of its own' },
      { match: 'parameter *password', reason: 'each environment has a password of its own' },
      {
        match: 'parameter *connectionString',
        reason: 'it holds the server and the password of its environment',
      },
    ],
  };
}
