import { randomUUID } from 'node:crypto';

/** A database of its own on the server that the run started (test/support/global-setup.mjs). */
export function aDatabase(): string {
  const server = process.env.SLIPWAY_TEST_MONGO;
  if (server === undefined) throw new Error('No MongoDB was started for the tests: run them by npm test.');
  const uri = new URL(server);
  uri.pathname = `/t${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  return uri.href;
}
